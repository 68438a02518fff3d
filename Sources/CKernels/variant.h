#ifndef CKERNELS_VARIANT_H
#define CKERNELS_VARIANT_H

#include "CKernels.h"

/// What one instruction set provides; the functions are those of CKernels.h without `kernel_isa`.
typedef struct {
  double (*peak)(size_t repetitions);
  void (*forward)(const kernel_network *network, const float *parameters, const float *input, size_t rows,
                  float *output, float *scratch);
  void (*forward_tangents)(const kernel_network *network, const float *parameters, const float *input,
                           const float *tangents, size_t rows, size_t row, float *output, float *derivatives,
                           float *scratch);
  void (*backward)(const kernel_network *network, const kernel_round *round, size_t row, float *scratch);
  double (*weight_gradient)(const kernel_network *network, const kernel_round *round, size_t block, bool add,
                            float *gradient);
  void (*adamw)(kernel_adamw_step step, float *parameters, float *moment1, float *moment2, const float *gradient,
                size_t count, bool shared);
  void (*average)(float share, float *average, const float *parameters, size_t count);
  void (*normals)(uint64_t state, float *pairs, size_t count);
  void (*posterior)(const float *xs, const float *ys, size_t count, const kernel_query *query, kernel_sums *sums);
  void (*nearest)(const float *xs, const float *ys, size_t first, size_t end, float x, float y, int32_t keep,
                  kernel_nearest_two *found);
  void (*linearize)(const kernel_network *network, const kernel_linearization *at, size_t tile, float *scratch);
  void (*gram)(const kernel_network *network, const kernel_linearization *at, size_t a, size_t b);
  void (*combine)(const kernel_network *network, const kernel_linearization *at, const float *coefficients,
                  size_t tile);
  void (*natural_update)(kernel_natural_step step, float *parameters, float *before, float *direction,
                         const float *gradient, size_t count);
  bool (*cholesky_diagonal)(float *matrix, size_t count, size_t column);
  void (*cholesky_block)(float *matrix, size_t count, size_t column, size_t row);
  void (*cholesky_solve)(const float *matrix, size_t count, float *x);
  double (*quadratic_form)(const float *matrix, size_t count, const float *x);
  void (*matrix_product)(const kernel_product *product, size_t tile, float *scratch);
} kernel_variant;

extern const kernel_variant kernel_baseline;
#if defined(__x86_64__)
extern const kernel_variant kernel_avx2;
extern const kernel_variant kernel_avx512;
#endif

enum {
  TILE = KERNEL_TILE,
  STRIP = 48,  // outputs that are computed between two visits to the tape: a multiple of TILE and of every OUTPUTS
};

/// A number of rows or features, rounded up to whole tiles.
static inline size_t padded(size_t count) { return (count + TILE - 1) / TILE * TILE; }

/// Outputs of a layer that make one block of parameters: whole strips, and about 12,000 weights.
static inline int32_t block_outputs(int32_t inputs) { return (12288 / inputs + STRIP - 1) / STRIP * STRIP; }

/// Blocks of a layer.
static inline size_t blocks_of(int32_t inputs, int32_t outputs) {
  return (size_t)(outputs + block_outputs(inputs) - 1) / block_outputs(inputs);
}

/// Floats of the largest tile that a layer reads or writes.
static inline size_t largest_tile(const kernel_network *network) {
  int32_t widest = 0;
  for (int32_t l = 0; l <= network->layers; l++)
    if (network->widths[l] > widest) widest = network->widths[l];
  return padded(widest) * TILE;
}

/// Floats that a linearization keeps of a tile: inputs, slopes, and the deltas of each output.
static inline size_t linearized_tile(const kernel_network *network) {
  size_t features = 0;
  for (int32_t l = 0; l < network->layers; l++)
    features += network->widths[l] + (size_t)network->widths[l + 1] * (1 + network->widths[network->layers]);
  return features * TILE;
}

/// The first cache line at or after `p`.
static inline float *align(float *p) { return (float *)(((uintptr_t)p + 63) & ~(uintptr_t)63); }

#endif
