// Times the gradient of Roulade's default network with oneDNN, the library behind PyTorch's own layers on a CPU, called as
// somebody would who wants nothing but speed: every primitive is made once, all memory is allocated before, and weights
// and their gradients stay in whatever layouts the library likes best. Forward, weighted squared error, backward to all
// weights and biases; nothing is drawn, and no optimizer moves the weights.
//
//     onednn_gradient BATCH SECONDS      prints "ready", then how many milliseconds a gradient takes, as JSON
//
// OMP_NUM_THREADS says how many threads there are. compare.py builds it.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <vector>

#include "dnnl.hpp"

using namespace dnnl;
using tag = memory::format_tag;

static const std::vector<memory::dim> widths = {4, 128, 256, 256, 256, 128, 2};
static const engine cpu(engine::kind::cpu, 0);

static memory::desc described(memory::dims dims, tag layout) { return {dims, memory::data_type::f32, layout}; }

static float *numbers(const memory &values) { return static_cast<float *>(values.get_data_handle()); }

/// A call of a primitive with its memory.
struct Call {
  primitive what;
  std::unordered_map<int, memory> with;
};

/// The memory itself where the layout is the wanted one, else a copy that a reorder in `calls` renews each time.
static memory laid_out(const memory &values, const memory::desc &wanted, std::vector<Call> &calls) {
  if (values.get_desc() == wanted) return values;
  memory copy(wanted, cpu);
  calls.push_back({reorder(values, copy), {{DNNL_ARG_FROM, values}, {DNNL_ARG_TO, copy}}});
  return copy;
}

struct Network {
  std::vector<Call> forward, backward;
  memory input, output, delta;

  explicit Network(memory::dim rows) {
    const size_t layers = widths.size() - 1;
    std::vector<inner_product_forward::primitive_desc> layer(layers);
    std::vector<eltwise_forward::primitive_desc> activation(layers);
    std::vector<memory> inputs(layers), sums(layers), weights(layers);
    std::mt19937 random(0);
    memory below(described({rows, widths[0]}, tag::ab), cpu);
    input = below;

    for (size_t l = 0; l < layers; l++) {
      const auto in = widths[l], out = widths[l + 1];
      const auto free_in = described({rows, in}, l == 0 ? tag::ab : tag::any);
      const auto free_out = described({rows, out}, l == layers - 1 ? tag::ab : tag::any);
      layer[l] = {cpu, prop_kind::forward_training, free_in, described({out, in}, tag::any), described({out}, tag::a),
                  free_out};
      inputs[l] = laid_out(below, layer[l].src_desc(), forward);
      weights[l] = memory(layer[l].weights_desc(), cpu);
      memory bias(layer[l].bias_desc(), cpu);
      std::uniform_real_distribution<float> uniform(-1 / std::sqrt(float(in)), 1 / std::sqrt(float(in)));
      for (auto *each : {&weights[l], &bias})
        for (size_t i = 0; i < each->get_desc().get_size() / sizeof(float); i++) numbers(*each)[i] = uniform(random);
      sums[l] = memory(layer[l].dst_desc(), cpu);
      forward.push_back({inner_product_forward(layer[l]),
                         {{DNNL_ARG_SRC, inputs[l]}, {DNNL_ARG_WEIGHTS, weights[l]}, {DNNL_ARG_BIAS, bias},
                          {DNNL_ARG_DST, sums[l]}}});
      below = sums[l];
      if (l == layers - 1) break;
      activation[l] = {cpu, prop_kind::forward_training, algorithm::eltwise_swish, sums[l].get_desc(),
                       sums[l].get_desc(), 1.0f};
      below = memory(activation[l].dst_desc(), cpu);
      forward.push_back({eltwise_forward(activation[l]), {{DNNL_ARG_SRC, sums[l]}, {DNNL_ARG_DST, below}}});
    }
    output = sums[layers - 1];
    delta = memory(output.get_desc(), cpu);

    memory above = delta;
    for (size_t l = layers; l-- > 0;) {
      const auto in = widths[l], out = widths[l + 1];
      const auto any = described({rows, in}, tag::any), any_out = described({rows, out}, tag::any);
      inner_product_backward_weights::primitive_desc to_weights(
          cpu, any, described({out, in}, tag::any), described({out}, tag::a), any_out, layer[l]);
      memory gradient(to_weights.diff_weights_desc(), cpu), bias(to_weights.diff_bias_desc(), cpu);
      memory source = laid_out(inputs[l], to_weights.src_desc(), backward);
      memory change = laid_out(above, to_weights.diff_dst_desc(), backward);
      backward.push_back({inner_product_backward_weights(to_weights),
                          {{DNNL_ARG_SRC, source}, {DNNL_ARG_DIFF_DST, change}, {DNNL_ARG_DIFF_WEIGHTS, gradient},
                           {DNNL_ARG_DIFF_BIAS, bias}}});
      // An optimizer wants them where the weights are.
      laid_out(gradient, weights[l].get_desc(), backward);
      if (l == 0) break;

      inner_product_backward_data::primitive_desc to_data(cpu, any, described({out, in}, tag::any), any_out, layer[l]);
      memory turned = laid_out(weights[l], to_data.weights_desc(), backward);
      memory again = laid_out(above, to_data.diff_dst_desc(), backward);
      memory reached(to_data.diff_src_desc(), cpu);
      backward.push_back({inner_product_backward_data(to_data),
                          {{DNNL_ARG_DIFF_DST, again}, {DNNL_ARG_WEIGHTS, turned}, {DNNL_ARG_DIFF_SRC, reached}}});
      memory there = laid_out(reached, sums[l - 1].get_desc(), backward);
      eltwise_backward::primitive_desc derivative(cpu, algorithm::eltwise_swish, there.get_desc(), there.get_desc(),
                                                  sums[l - 1].get_desc(), 1.0f, activation[l - 1]);
      backward.push_back({eltwise_backward(derivative),
                          {{DNNL_ARG_SRC, sums[l - 1]}, {DNNL_ARG_DIFF_DST, there}, {DNNL_ARG_DIFF_SRC, there}}});
      above = there;
    }
  }
};

int main(int count, char **arguments) {
  if (count != 3) return std::fprintf(stderr, "usage: onednn_gradient BATCH SECONDS\n"), 64;
  const long rows = std::atol(arguments[1]);
  const double seconds = std::atof(arguments[2]);
  Network network(rows);
  stream queue(cpu);
  std::mt19937 random(1);
  std::normal_distribution<float> normal;
  std::vector<float> target(2 * rows), weight(rows, 1);
  for (long i = 0; i < 4 * rows; i++) numbers(network.input)[i] = normal(random);
  for (auto &each : target) each = normal(random);

  auto gradient = [&] {
    for (auto &call : network.forward) call.what.execute(queue, call.with);
    queue.wait();
    double loss = 0;
    const float *output = numbers(network.output);
    float *delta = numbers(network.delta);
    for (long i = 0; i < 2 * rows; i++) {
      const float error = output[i] - target[i], scale = weight[i / 2] / rows;
      loss += scale * error * error;
      delta[i] = 2 * scale * error;
    }
    for (auto &call : network.backward) call.what.execute(queue, call.with);
    queue.wait();
    return loss;
  };
  using clock = std::chrono::steady_clock;
  auto since = [](clock::time_point start) { return std::chrono::duration<double>(clock::now() - start).count(); };
  double loss = gradient();
  std::puts("ready");
  std::fflush(stdout);
  for (auto begin = clock::now(); since(begin) < 0.3 * seconds;) gradient();
  std::vector<double> times;
  for (auto begin = clock::now(); since(begin) < seconds || times.size() < 3;) {
    auto start = clock::now();
    loss = gradient();
    times.push_back(since(start));
  }
  std::nth_element(times.begin(), times.begin() + times.size() / 2, times.end());
  const dnnl_version_t *version = dnnl_version();
  std::printf("{\"version\": \"%d.%d.%d\", \"ms\": %g, \"last\": %g}\n", version->major, version->minor, version->patch,
              1000 * times[times.size() / 2], loss);
}
