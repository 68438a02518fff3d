#include "CKernels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static double activate(kernel_activation activation, double z) {
  return activation == KERNEL_SILU ? z / (1 + exp(-z)) : z * 0.5 * (1 + erf(z * M_SQRT1_2));
}

static double activate_derivative(kernel_activation activation, double z) {
  if (activation == KERNEL_SILU) {
    double s = 1 / (1 + exp(-z));
    return s * (1 + z * (1 - s));
  }
  return 0.5 * (1 + erf(z * M_SQRT1_2)) + z * exp(-0.5 * z * z) * 0.5 * M_2_SQRTPI * M_SQRT1_2;
}

// Neurons of all the layers, the inputs among them.
static size_t neurons(const kernel_network *network) {
  size_t sum = 0;
  for (int32_t l = 0; l <= network->layers; l++) sum += (size_t)network->widths[l];
  return sum;
}

static size_t parameter_count(const kernel_network *network) {
  size_t count = 0;
  for (int32_t l = 0; l < network->layers; l++) count += (size_t)(network->widths[l] + 1) * network->widths[l + 1];
  return count;
}

// One row: z[l] = weight[l] h[l-1] + bias[l], h[l] = activation(z[l]); the last layer is linear.
// `z` and `h` hold the neurons of all layers one after the other; h starts with the input.
static void forward_row(const kernel_network *network, const float *parameters, const float *input, double *z,
                        double *h) {
  for (int32_t i = 0; i < network->widths[0]; i++) h[i] = input[i];
  for (int32_t l = 0; l < network->layers; l++) {
    int32_t in = network->widths[l], out = network->widths[l + 1];
    const float *weight = parameters, *bias = weight + (size_t)in * out;
    for (int32_t o = 0; o < out; o++) {
      double sum = bias[o];
      for (int32_t i = 0; i < in; i++) sum += (double)weight[(size_t)o * in + i] * h[i];
      z[in + o] = sum;
      h[in + o] = l + 1 < network->layers ? activate(network->activation, sum) : sum;
    }
    parameters = bias + out;
    z += in;
    h += in;
  }
}

void kernel_reference_forward(kernel_network network, const float *parameters, const float *input, size_t rows,
                              float *output) {
  size_t n = neurons(&network), outputs = (size_t)network.widths[network.layers];
  double *z = malloc(2 * n * sizeof(double)), *h = z + n;
  for (size_t row = 0; row < rows; row++) {
    forward_row(&network, parameters, input + row * network.widths[0], z, h);
    for (size_t o = 0; o < outputs; o++) output[row * outputs + o] = (float)h[n - outputs + o];
  }
  free(z);
}

// Adds to `sum` (the layout of the parameters) the derivative of what changes by `delta` of the last layer's neurons per
// unit of theirs; z, h and delta hold the neurons of all layers.
static void backward_row(const kernel_network *network, const float *parameters, const double *z, const double *h,
                         double *delta, double *sum) {
  const int32_t *widths = network->widths;
  size_t here = neurons(network) - widths[network->layers], at = parameter_count(network);
  for (int32_t l = network->layers - 1; l >= 0; l--) {
    int32_t in = widths[l], out = widths[l + 1];
    size_t previous = here - in;
    at -= (size_t)(in + 1) * out;
    for (int32_t o = 0; o < out; o++) {
      for (int32_t i = 0; i < in; i++) sum[at + (size_t)o * in + i] += delta[here + o] * h[previous + i];
      sum[at + (size_t)in * out + o] += delta[here + o];
    }
    for (int32_t i = 0; i < in && l > 0; i++) {
      double back = 0;
      for (int32_t o = 0; o < out; o++) back += parameters[at + (size_t)o * in + i] * delta[here + o];
      delta[previous + i] = back * activate_derivative(network->activation, z[previous + i]);
    }
    here = previous;
  }
}

double kernel_reference_gradient(kernel_network network, const float *parameters, const float *input,
                                 const float *target, const float *weight, size_t rows, float *gradient) {
  const int32_t outputs = network.widths[network.layers];
  const size_t n = neurons(&network), count = parameter_count(&network);
  double *z = malloc((3 * n + count) * sizeof(double)), *h = z + n, *delta = h + n, *sum = delta + n, loss = 0;
  memset(sum, 0, count * sizeof(double));

  for (size_t row = 0; row < rows; row++) {
    forward_row(&network, parameters, input + row * network.widths[0], z, h);
    for (int32_t o = 0; o < outputs; o++) {
      double difference = h[n - outputs + o] - target[row * outputs + o];
      loss += weight[row] * difference * difference;
      delta[n - outputs + o] = 2 * weight[row] * difference;
    }
    backward_row(&network, parameters, z, h, delta, sum);
  }
  for (size_t i = 0; i < count; i++) gradient[i] = (float)sum[i];
  free(z);
  return loss;
}

void kernel_reference_jacobian(kernel_network network, const float *parameters, const float *input,
                               const float *weight, size_t rows, double *jacobian) {
  const int32_t outputs = network.widths[network.layers];
  const size_t n = neurons(&network), count = parameter_count(&network);
  double *z = malloc(3 * n * sizeof(double)), *h = z + n, *delta = h + n;
  memset(jacobian, 0, rows * outputs * count * sizeof(double));
  for (size_t row = 0; row < rows; row++) {
    forward_row(&network, parameters, input + row * network.widths[0], z, h);
    for (int32_t o = 0; o < outputs; o++) {
      for (int32_t other = 0; other < outputs; other++) delta[n - outputs + other] = other == o ? sqrt(weight[row]) : 0;
      backward_row(&network, parameters, z, h, delta, jacobian + (row * outputs + o) * count);
    }
  }
  free(z);
}

void kernel_reference_adamw(kernel_adamw_step step, float *parameters, float *moment1, float *moment2,
                            const float *gradient, size_t count) {
  for (size_t i = 0; i < count; i++) {
    double g = (double)step.scale * gradient[i];
    moment1[i] = (float)(step.beta1 * (double)moment1[i] + (1 - (double)step.beta1) * g);
    moment2[i] = (float)(step.beta2 * (double)moment2[i] + (1 - (double)step.beta2) * g * g);
    double ratio = (moment1[i] / step.bias1) / (sqrt(moment2[i] / step.bias2) + step.epsilon);
    parameters[i] = (float)(parameters[i] * (1 - (double)step.rate * step.weight_decay) - step.rate * ratio);
  }
}
