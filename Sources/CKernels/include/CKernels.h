#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The arithmetic of the multilayer perceptron and its optimizer, in C so that vector types can be used.
//
// Shapes: B = rows of the batch, L = number of linear layers, widths = [inputs, hidden..., outputs] (L + 1 numbers).
// Matrices are row-major float32. Parameters are one flat buffer, layer by layer: weight [out, in], then bias [out].
//
// A training step goes through the batch in rounds of at most KERNEL_ROUND rows. Each round is two loops, both of whose
// iterations are independent, so that they can be shared among threads:
//
//   for each tile of KERNEL_TILE rows   kernel_backward          forward, loss, and back to every layer's delta
//   for each block of parameters        kernel_weight_gradient   sums over the rows of the round, in their order
//
// Every sum is made in one order by one thread: the same bits for any number of threads.

// MARK: Instruction sets

/// The instruction sets that the kernels are built for, each better than those before it.
typedef enum {
  KERNEL_BASELINE = 0,  // SSE2, or NEON
  KERNEL_AVX2 = 1,      // x86-64-v3: AVX2 and FMA
  KERNEL_AVX512 = 2,    // x86-64-v4: AVX-512 F, BW, DQ, VL
} kernel_isa;

bool kernel_isa_available(kernel_isa isa);
const char *kernel_isa_name(kernel_isa isa);

/// The version of the C library, whose logarithm, sine and cosine take part: "2.36" of glibc.
const char *kernel_c_library(void);

/// Runs `repetitions` times a fixed number of multiply-adds on registers, and returns how many FLOPs they were: divided
/// by its time, the machine's peak.
double kernel_peak(kernel_isa isa, size_t repetitions);

// MARK: Threads

/// Processors of this machine.
size_t kernel_processors(void);

/// Tells the processor that a thread is waiting for another; if the wait is long, the system too.
void kernel_pause(bool is_long);

// MARK: Network

enum { KERNEL_MAX_LAYERS = 16, KERNEL_TILE = 16, KERNEL_ROUND = 256 };

/// The non-linearity after each hidden layer: x / (1 + e^-x), or the exact GELU.
typedef enum { KERNEL_SILU = 0, KERNEL_GELU = 1 } kernel_activation;

/// The shape of a network, and how to compute it.
typedef struct {
  kernel_isa isa;
  kernel_activation activation;
  int32_t layers;  // L, 1...KERNEL_MAX_LAYERS
  int32_t widths[KERNEL_MAX_LAYERS + 1];
} kernel_network;

kernel_network kernel_network_make(kernel_isa isa, kernel_activation activation, const int32_t *widths,
                                   int32_t layers);

/// Floats of scratch memory that each thread needs for `kernel_forward` and `kernel_backward`.
size_t kernel_scratch_size(kernel_network network);

/// output [rows, out] = network(input [rows, in]).
void kernel_forward(kernel_network network, const float *parameters, const float *input, size_t rows,
                    float *output, float *scratch);

/// The directions that `kernel_forward_tangents` follows: the two of the plane.
enum { KERNEL_DIRECTIONS = 2 };

/// Floats of scratch memory that each thread needs for `kernel_forward_tangents`.
size_t kernel_tangent_scratch_size(kernel_network network);

/// output [rows, out] = network(input [rows, in]), and derivatives [KERNEL_DIRECTIONS, rows, out] of it along tangents
/// [KERNEL_DIRECTIONS, rows, in] of the input (forward-mode differentiation): the tile of rows that begins at `row`, a
/// multiple of KERNEL_TILE.
void kernel_forward_tangents(kernel_network network, const float *parameters, const float *input,
                             const float *tangents, size_t rows, size_t row, float *output, float *derivatives,
                             float *scratch);

/// At most KERNEL_ROUND rows of a batch, and what the backward pass leaves for the weight gradients.
/// The loss is the sum over rows of weight · |output - target|^2.
typedef struct {
  const float *parameters;
  const float *input;   // [rows, in]
  const float *target;  // [rows, out]
  const float *weight;  // [rows]
  size_t rows;
  bool shared;   // whether several threads take part
  float *tape;   // kernel_tape_size floats: each layer's inputs and deltas
  double *loss;  // [rows]: each row's share of the loss
} kernel_round;

/// Floats of the tape of a round.
size_t kernel_tape_size(kernel_network network);

/// Tiles of a round, and blocks that the parameters are divided into: some outputs of one layer each.
size_t kernel_tiles(kernel_round round);
size_t kernel_blocks(kernel_network network);

/// Forward and backward for the rows of one tile of a round.
void kernel_backward(kernel_network network, kernel_round round, size_t tile, float *scratch);

/// Sets one block of `gradient` (the layout of the parameters), or adds to it, from a round whose tiles have all gone
/// backward. Returns the sum of the squares of the block.
double kernel_weight_gradient(kernel_network network, kernel_round round, size_t block, bool add,
                              float *gradient);

// MARK: Optimizer

/// The numbers of one AdamW step (decoupled weight decay, Loshchilov and Hutter 2019, as PyTorch computes it).
typedef struct {
  float scale;  // multiplies the gradient first (clipping)
  float rate, beta1, beta2, epsilon, weight_decay;
  float bias1, bias2;  // 1 - beta^t
} kernel_adamw_step;

/// `shared`: whether several threads take part.
void kernel_adamw(kernel_isa isa, kernel_adamw_step step, float *parameters, float *moment1, float *moment2,
                  const float *gradient, size_t count, bool shared);

/// average += share (parameters - average)
void kernel_average(kernel_isa isa, float share, float *average, const float *parameters, size_t count);

// MARK: Natural gradient

// A batch's outputs as a linear function of the parameters: what Gauss and Newton's step needs of the network. The
// numbers are the outputs, each times the root of its row's weight, in tiles: number (row n, output o) is at
// [((n / TILE)·O + o)·TILE + n % TILE], O being the number of outputs; those of rows beyond the batch are zero. J is their
// derivative with respect to the parameters, which is never written down.
//
//   for each tile of rows               kernel_linearize         residuals, J · direction, what the others need
//   for each pair of tiles              kernel_gram              J Jᵀ
//   for each tile of rows               kernel_combine           with coefficients: what goes before the next
//   for each block of parameters        kernel_weight_gradient   Jᵀ · coefficients
//
// All iterations of a loop are independent, and every sum is made in one order by one thread.

/// Where a linearization is kept. The round may have any number of rows; its tape has kernel_linearization_tape_size
/// floats, and its loss is the sum of the squares of the residuals.
typedef struct {
  kernel_round round;
  const float *direction;  // in the layout of the parameters
  float *tiles;            // kernel_linearization_size floats
  float *residual;         // [N] scaled outputs less scaled targets
  float *tangent;          // [N] J · direction
  float *gram;             // [N / TILE, N, TILE] J Jᵀ, its lower triangle, as the Cholesky factorization has it
} kernel_linearization;

size_t kernel_linearization_tape_size(kernel_network network, size_t rows);
size_t kernel_linearization_size(kernel_network network, size_t rows);
/// N, a multiple of KERNEL_TILE.
size_t kernel_linearization_numbers(kernel_network network, size_t rows);

/// Forward, back from every output by itself, and along the direction, for one tile of rows.
void kernel_linearize(kernel_network network, kernel_linearization at, size_t tile, float *scratch);

/// Pairs of so many tiles, each tile with itself and with those before it.
size_t kernel_gram_pairs(size_t tiles);

/// The products of J's rows that belong to one pair of tiles, once all tiles have been linearized.
void kernel_gram(kernel_network network, kernel_linearization at, size_t pair);

/// Makes of one tile of rows the deltas by which kernel_weight_gradient sums up Jᵀ · coefficients [N].
void kernel_combine(kernel_network network, kernel_linearization at, const float *coefficients, size_t tile);

/// direction = keep · direction + gradient; parameters -= rate · direction. What the parameters were goes to `before`.
typedef struct {
  float keep, rate;
} kernel_natural_step;

void kernel_natural_update(kernel_isa isa, kernel_natural_step step, float *parameters, float *before,
                           float *direction, const float *gradient, size_t count);

// A symmetric matrix [n, n] whose lower triangle stands in tiles of rows, [n / TILE, n, TILE], n a multiple of
// KERNEL_TILE. It is factored in place into L Lᵀ (Cholesky), block column by block column:
//
//   for each column
//     kernel_cholesky_diagonal
//     for each row below it (independent)   kernel_cholesky_block

/// Factors the block on the diagonal; false if the matrix is not positive definite in single precision.
bool kernel_cholesky_diagonal(kernel_isa isa, float *matrix, size_t count, size_t column);
void kernel_cholesky_block(kernel_isa isa, float *matrix, size_t count, size_t column, size_t row);

/// x [n] = (L Lᵀ)⁻¹ x.
void kernel_cholesky_solve(kernel_isa isa, const float *matrix, size_t count, float *x);

/// xᵀ A x, for a matrix that has not been factored.
double kernel_quadratic_form(kernel_isa isa, const float *matrix, size_t count, const float *x);

// MARK: Matrices

/// result [rows, columns] = keep · result + scale · left [rows, depth] · right [depth, columns]. Number (m, k) of an
/// operand stands at m · row + k · column, so that each may be transposed; the result is row-major.
typedef struct {
  const float *left;
  ptrdiff_t left_row, left_column;
  const float *right;
  ptrdiff_t right_row, right_column;
  float *result;
  size_t rows, columns, depth;
  float keep, scale;
} kernel_product;

/// Tiles of columns, which are independent.
size_t kernel_product_tiles(kernel_product product);

/// Computes one tile of columns. `scratch` has depth · KERNEL_TILE floats.
void kernel_multiply(kernel_isa isa, kernel_product product, size_t tile, float *scratch);

// MARK: Random numbers

/// `count` pairs of independent standard normals, [count, 2], a 64-bit number of SplitMix64 each, from counter `state`.
void kernel_normals(kernel_isa isa, uint64_t state, float *pairs, size_t count);

#include "KernelPoints.h"

// MARK: Reference

// The same as plain loops in double: what every variant is tested against.

void kernel_reference_forward(kernel_network network, const float *parameters, const float *input, size_t rows,
                              float *output);

/// Sets the gradient of the loss over `rows` rows and returns the loss.
double kernel_reference_gradient(kernel_network network, const float *parameters, const float *input,
                                 const float *target, const float *weight, size_t rows, float *gradient);

/// Sets the derivative [rows, O, parameters] of the outputs, each times the root of its row's weight.
void kernel_reference_jacobian(kernel_network network, const float *parameters, const float *input,
                               const float *weight, size_t rows, double *jacobian);

void kernel_reference_adamw(kernel_adamw_step step, float *parameters, float *moment1, float *moment2,
                            const float *gradient, size_t count);

#endif
