#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>
#include <stdint.h>

// The arithmetic of the multilayer perceptron, in C so that vector types can be used.
//
// Shapes: B = rows of the batch, L = number of linear layers, widths = [inputs, hidden..., outputs] (L + 1 numbers).
// All matrices are row-major float32. Parameters are one flat buffer, layer by layer: weight [out, in], then bias [out].

/// The non-linearity after each hidden layer.
typedef enum { KERNEL_SILU = 0, KERNEL_GELU = 1 } kernel_activation;

/// Floats of scratch memory that `kernel_forward` and `kernel_gradient` need for a network of these widths.
size_t kernel_scratch_size(const int32_t *widths, int32_t layers);

/// output [B, out] = network(input [B, in]).
void kernel_forward(const int32_t *widths, int32_t layers, kernel_activation activation, const float *parameters,
                    const float *input, size_t rows, float *output, float *scratch);

/// Adds the gradient of `loss = sum over B of weight[b] * |output[b] - target[b]|^2` to `gradient` (the layout of the
/// parameters), and returns that loss.
double kernel_gradient(const int32_t *widths, int32_t layers, kernel_activation activation, const float *parameters,
                       const float *input, const float *target, const float *weight, size_t rows, float *gradient,
                       float *scratch);

/// One AdamW step (decoupled weight decay, Loshchilov & Hutter 2019, as PyTorch computes it) over `count` parameters.
/// `scale` multiplies the gradient first (clipping); `bias1` and `bias2` are 1 - beta^t.
void kernel_adamw(float *parameters, float *moment1, float *moment2, const float *gradient, size_t count, float scale,
                  float rate, float beta1, float beta2, float epsilon, float weight_decay, float bias1, float bias2);

// The same functions as plain loops in double: what every other variant is tested against, and never fast.

void kernel_reference_forward(const int32_t *widths, int32_t layers, kernel_activation activation,
                              const float *parameters, const float *input, size_t rows, float *output);

double kernel_reference_gradient(const int32_t *widths, int32_t layers, kernel_activation activation,
                                 const float *parameters, const float *input, const float *target, const float *weight,
                                 size_t rows, float *gradient);

void kernel_reference_adamw(float *parameters, float *moment1, float *moment2, const float *gradient, size_t count,
                            float scale, float rate, float beta1, float beta2, float epsilon, float weight_decay,
                            float bias1, float bias2);

/// Weights, and weighted offsets, summed over points.
typedef struct {
  double weight, x, y;
} kernel_sums;

/// Adds to `sums`: e, e (xs - px) and e (ys - py) of the points first..<end (multiples of 16), where
/// e = 2^((|x - p|^2 - |x - point|^2) scale) is the weight of a point beside that of p, the nearest.
void kernel_posterior(const float *xs, const float *ys, size_t first, size_t end, float x, float y, float px,
                      float py, float scale, kernel_sums *sums);

/// The nearest and the second nearest point found so far: squared distances, and places in xs and ys.
typedef struct {
  float square[2];
  int32_t place[2];
} kernel_nearest_two;

/// Looks among the points first..<end (multiples of 16) for some nearer to (x, y) than the `keep` (1 or 2) in `found`.
void kernel_nearest(const float *xs, const float *ys, size_t first, size_t end, float x, float y, int32_t keep,
                    kernel_nearest_two *found);

#endif
