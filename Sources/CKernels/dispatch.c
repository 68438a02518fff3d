#include "variant.h"

#include <sched.h>
#include <unistd.h>
#if defined(__GLIBC__)
#include <gnu/libc-version.h>
#endif

// The compiler's own detection also asks whether the system saves the wider registers.
bool kernel_isa_available(kernel_isa isa) {
  switch (isa) {
#if defined(__x86_64__)
    case KERNEL_AVX2:
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    case KERNEL_AVX512:
      return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
             __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
#endif
    default:
      return isa == KERNEL_BASELINE;
  }
}

const char *kernel_isa_name(kernel_isa isa) {
  switch (isa) {
    case KERNEL_AVX2:
      return "AVX2";
    case KERNEL_AVX512:
      return "AVX-512";
    default:
#if defined(__x86_64__)
      return "SSE2";
#else
      return "NEON";
#endif
  }
}

const char *kernel_c_library(void) {
#if defined(__GLIBC__)
  return gnu_get_libc_version();
#elif defined(__APPLE__)
  return "system";
#else
  return "unknown";
#endif
}

static const kernel_variant *variant(kernel_isa isa) {
#if defined(__x86_64__)
  if (isa == KERNEL_AVX512) return &kernel_avx512;
  if (isa == KERNEL_AVX2) return &kernel_avx2;
#endif
  (void)isa;
  return &kernel_baseline;
}

double kernel_peak(kernel_isa isa, size_t repetitions) { return variant(isa)->peak(repetitions); }

kernel_network kernel_network_make(kernel_isa isa, kernel_activation activation, const int32_t *widths,
                                   int32_t layers) {
  kernel_network network = {.isa = isa, .activation = activation, .layers = layers};
  for (int32_t l = 0; l <= layers; l++) network.widths[l] = widths[l];
  return network;
}

size_t kernel_processors(void) {
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? (size_t)count : 1;
}

void kernel_pause(bool is_long) {
  if (is_long) {
    sched_yield();
  } else {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
  }
}

// A layer's input and output, every layer's delta, and room to align them.
size_t kernel_scratch_size(kernel_network network) {
  size_t deltas = 0;
  for (int32_t l = 0; l < network.layers; l++) deltas += (size_t)network.widths[l + 1] * TILE;
  return 2 * largest_tile(&network) + deltas + 16;
}

size_t kernel_tape_size(kernel_network network) {
  size_t features = 0;
  for (int32_t l = 0; l < network.layers; l++) features += padded(network.widths[l]) + network.widths[l + 1];
  return features * KERNEL_ROUND + 16;
}

size_t kernel_linearization_tape_size(kernel_network network, size_t rows) {
  return kernel_tape_size(network) / KERNEL_ROUND * padded(rows) + 16;
}

size_t kernel_linearization_size(kernel_network network, size_t rows) {
  return padded(rows) / TILE * linearized_tile(&network) + 16;
}

size_t kernel_linearization_numbers(kernel_network network, size_t rows) {
  return padded(rows) * network.widths[network.layers];
}

size_t kernel_tiles(kernel_round round) { return padded(round.rows) / TILE; }

size_t kernel_blocks(kernel_network network) {
  size_t blocks = 0;
  for (int32_t l = 0; l < network.layers; l++) blocks += blocks_of(network.widths[l], network.widths[l + 1]);
  return blocks;
}

void kernel_forward(kernel_network network, const float *parameters, const float *input, size_t rows, float *output,
                    float *scratch) {
  variant(network.isa)->forward(&network, parameters, input, rows, output, scratch);
}

size_t kernel_tangent_scratch_size(kernel_network network) {
  return (2 * (KERNEL_DIRECTIONS + 1) + 1) * largest_tile(&network) + 16;
}

void kernel_forward_tangents(kernel_network network, const float *parameters, const float *input,
                             const float *tangents, size_t rows, size_t row, float *output, float *derivatives,
                             float *scratch) {
  variant(network.isa)->forward_tangents(&network, parameters, input, tangents, rows, row, output, derivatives,
                                         scratch);
}

void kernel_backward(kernel_network network, kernel_round round, size_t tile, float *scratch) {
  variant(network.isa)->backward(&network, &round, tile * TILE, scratch);
}

double kernel_weight_gradient(kernel_network network, kernel_round round, size_t block, bool add, float *gradient) {
  return variant(network.isa)->weight_gradient(&network, &round, block, add, gradient);
}

void kernel_adamw(kernel_isa isa, kernel_adamw_step step, float *parameters, float *moment1, float *moment2,
                  const float *gradient, size_t count, bool shared) {
  variant(isa)->adamw(step, parameters, moment1, moment2, gradient, count, shared);
}

void kernel_average(kernel_isa isa, float share, float *average, const float *parameters, size_t count) {
  variant(isa)->average(share, average, parameters, count);
}

void kernel_normals(kernel_isa isa, uint64_t state, float *pairs, size_t count) {
  variant(isa)->normals(state, pairs, count);
}

void kernel_posterior(kernel_isa isa, const float *xs, const float *ys, size_t count, kernel_query query,
                      kernel_sums *sums) {
  variant(isa)->posterior(xs, ys, count, &query, sums);
}

void kernel_nearest(kernel_isa isa, const float *xs, const float *ys, size_t first, size_t end, float x, float y,
                    int32_t keep, kernel_nearest_two *found) {
  variant(isa)->nearest(xs, ys, first, end, x, y, keep, found);
}

void kernel_linearize(kernel_network network, kernel_linearization at, size_t tile, float *scratch) {
  variant(network.isa)->linearize(&network, &at, tile, scratch);
}

size_t kernel_gram_pairs(size_t tiles) { return tiles * (tiles + 1) / 2; }

void kernel_gram(kernel_network network, kernel_linearization at, size_t pair) {
  size_t a = 0;
  while (kernel_gram_pairs(a + 1) <= pair) a++;
  variant(network.isa)->gram(&network, &at, a, pair - kernel_gram_pairs(a));
}

void kernel_combine(kernel_network network, kernel_linearization at, const float *coefficients, size_t tile) {
  variant(network.isa)->combine(&network, &at, coefficients, tile);
}

void kernel_natural_update(kernel_isa isa, kernel_natural_step step, float *parameters, float *before,
                           float *direction, const float *gradient, size_t count) {
  variant(isa)->natural_update(step, parameters, before, direction, gradient, count);
}

bool kernel_cholesky_diagonal(kernel_isa isa, float *matrix, size_t count, size_t column) {
  return variant(isa)->cholesky_diagonal(matrix, count, column);
}

void kernel_cholesky_block(kernel_isa isa, float *matrix, size_t count, size_t column, size_t row) {
  variant(isa)->cholesky_block(matrix, count, column, row);
}

void kernel_cholesky_solve(kernel_isa isa, const float *matrix, size_t count, float *x) {
  variant(isa)->cholesky_solve(matrix, count, x);
}

size_t kernel_product_tiles(kernel_product product) { return padded(product.columns) / TILE; }

void kernel_multiply(kernel_isa isa, kernel_product product, size_t tile, float *scratch) {
  variant(isa)->matrix_product(&product, tile, scratch);
}

double kernel_quadratic_form(kernel_isa isa, const float *matrix, size_t count, const float *x) {
  return variant(isa)->quadratic_form(matrix, count, x);
}
