#include "CKernels.h"

size_t kernel_scratch_size(const int32_t *widths, int32_t layers) {
  (void)widths;
  (void)layers;
  return 0;
}

void kernel_forward(const int32_t *widths, int32_t layers, kernel_activation activation, const float *parameters,
                    const float *input, size_t rows, float *output, float *scratch) {
  (void)scratch;
  kernel_reference_forward(widths, layers, activation, parameters, input, rows, output);
}

double kernel_gradient(const int32_t *widths, int32_t layers, kernel_activation activation, const float *parameters,
                       const float *input, const float *target, const float *weight, size_t rows, float *gradient,
                       float *scratch) {
  (void)scratch;
  return kernel_reference_gradient(widths, layers, activation, parameters, input, target, weight, rows, gradient);
}

void kernel_adamw(float *parameters, float *moment1, float *moment2, const float *gradient, size_t count, float scale,
                  float rate, float beta1, float beta2, float epsilon, float weight_decay, float bias1, float bias2) {
  kernel_reference_adamw(parameters, moment1, moment2, gradient, count, scale, rate, beta1, beta2, epsilon,
                         weight_decay, bias1, bias2);
}
