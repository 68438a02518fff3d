// The network's derivative on a batch: forward, back from each output by itself, and along a direction of the
// parameters; and the products of the derivatives of any two rows.

// What is kept of a tile at one layer, feature-major.
typedef struct {
  float *input;   // h [in, TILE]
  float *slope;   // the activation's derivative at each output [out, TILE]
  float *deltas;  // d (scaled output o) / d (outputs before activation) [O, out, TILE]
} tile_layer;

static void lay_out_tile(const kernel_network *network, const kernel_linearization *at, size_t tile,
                         tile_layer *layers) {
  const int32_t outputs = network->widths[network->layers];
  float *from = align(at->tiles) + tile * linearized_tile(network);
  for (int32_t l = 0; l < network->layers; l++) {
    size_t in = network->widths[l], out = network->widths[l + 1];
    layers[l] = (tile_layer){from, from + in * TILE, from + (in + out) * TILE};
    from = layers[l].deltas + outputs * out * TILE;
  }
}

// below [count, TILE] = slope [count, TILE] · weightᵀ delta [out, TILE].
INLINE void delta_below_tile(int count, const float *weight, int32_t in, int32_t out, const float *delta,
                             const float *slope, float *below) {
  sums sum;
  EACH_SUM(m, v, count) sum.at[m][v] = (vec){0};
  multiply_add(&sum, count, weight, 1, in, delta, out);
  EACH_SUM(m, v, count) {
    size_t at = m * TILE + v * LANES;
    store(below + at, load(slope + at) * sum.at[m][v]);
  }
}

static void delta_below(const linear_layer *layer, const float *delta, const float *slope, float *below) {
#define DELTA_BELOW(count, m)                                                                                       \
  delta_below_tile(count, layer->weight + (m), layer->in, layer->out, delta, slope + (m) * TILE, below + (m) * TILE)
  EACH_OUTPUT_TILE(0, layer->in, DELTA_BELOW);
}

// y' [count, TILE] = slope · (weight x' + change x + change of the bias), with x' [in, TILE] null where it is zero and
// slope null for the last layer.
INLINE void tangent_tile(int count, const float *weight, const float *change, const float *bias, int32_t in,
                         const float *x, const float *dx, const float *slope, float *dy) {
  sums sum;
  EACH_SUM(m, v, count) sum.at[m][v] = splat(bias[m]);
  multiply_add(&sum, count, change, in, 1, x, in);
  if (dx) multiply_add(&sum, count, weight, in, 1, dx, in);
  EACH_SUM(m, v, count) {
    size_t at = m * TILE + v * LANES;
    store(dy + at, slope ? sum.at[m][v] * load(slope + at) : sum.at[m][v]);
  }
}

static void tangent(const linear_layer *layer, const linear_layer *change, const tile_layer *at, bool is_last,
                    const float *dx, float *dy) {
#define TANGENT(count, m)                                                                                      \
  tangent_tile(count, layer->weight + (size_t)(m) * layer->in, change->weight + (size_t)(m) * layer->in,       \
               change->bias + (m), layer->in, at->input, dx, is_last ? NULL : at->slope + (m) * TILE, dy + (m) * TILE)
  EACH_OUTPUT_TILE(0, layer->out, TANGENT);
}

// A row's scale is the root of its weight, so that the loss is the sum of the squares of the residuals. Numbers of rows
// beyond the batch are zero.
INLINE float row_scale(const kernel_round *round, size_t row) {
  return row < round->rows ? __builtin_sqrtf(round->weight[row]) : 0;
}

static void linearize(const kernel_network *network, const kernel_linearization *at, size_t tile, float *scratch) {
  const kernel_round *round = &at->round;
  network_layer layers[KERNEL_MAX_LAYERS], changes[KERNEL_MAX_LAYERS];
  tile_layer kept[KERNEL_MAX_LAYERS];
  lay_out(network, round->parameters, align(round->tape), round->rows, layers);
  lay_out(network, at->direction, NULL, 0, changes);
  lay_out_tile(network, at, tile, kept);
  const int32_t last = network->layers - 1, in = network->widths[0], outputs = network->widths[last + 1];
  const size_t row = tile * TILE, rows = round->rows;
  float *y = align(scratch), *swap = y + largest_tile(network);

  load_tile(round->input + row * in, in, rows - row < TILE ? rows - row : TILE, kept[0].input);
  record(kept[0].input, 0, in, layers[0].panels, round, row);
  for (int32_t l = 0; l < last; l++) {
    const linear_layer *layer = &layers[l].linear;
    float *output = kept[l + 1].input;
    for (int32_t begin = 0; begin < layer->out; begin += STRIP) {
      int32_t end = begin + STRIP < layer->out ? begin + STRIP : layer->out;
      linear(layer, begin, end, kept[l].input, output);
      activate(network->activation, output + begin * TILE, kept[l].slope + begin * TILE, (end - begin) * TILE);
      record(output, begin, end, layers[l + 1].panels, round, row);
    }
  }
  linear(&layers[last].linear, 0, outputs, kept[last].input, y);

  const size_t first = row * outputs;  // of the tile's numbers
  for (size_t r = 0; r < TILE; r++) {
    double loss = 0;
    for (int32_t o = 0; o < outputs; o++) {
      float scale = row_scale(round, row + r), *to = at->residual + first + o * TILE + r;
      *to = row + r < rows ? scale * (y[o * TILE + r] - round->target[(row + r) * outputs + o]) : 0;
      loss += (double)*to * *to;
      for (int32_t other = 0; other < outputs; other++)
        kept[last].deltas[(o * outputs + other) * TILE + r] = other == o ? scale : 0;
    }
    if (row + r < rows) round->loss[row + r] = loss;
  }
  for (int32_t l = last; l > 0; l--) {
    const linear_layer *layer = &layers[l].linear;
    for (int32_t o = 0; o < outputs; o++)
      delta_below(layer, kept[l].deltas + o * layer->out * TILE, kept[l - 1].slope,
                  kept[l - 1].deltas + o * layer->in * TILE);
  }

  const float *dx = NULL;
  for (int32_t l = 0; l <= last; l++) {
    tangent(&layers[l].linear, &changes[l].linear, &kept[l], l == last, dx, y);
    dx = y;
    y = swap;
    swap = (float *)dx;
  }
  for (int32_t o = 0; o < outputs; o++)
    for (size_t r = 0; r < TILE; r++)
      at->tangent[first + o * TILE + r] = row_scale(round, row + r) * dx[o * TILE + r];
  finish_stores(round->shared);
}

// Columns of a block that are summed in registers at a time.
#define COLUMNS (OUTPUTS >= 8 ? 8 : OUTPUTS >= 4 ? 4 : 2)

// The products of tiles a and b <= a of the batch, for all pairs of their outputs. Of a layer, the derivatives with
// respect to its weights are an outer product, so that
//
//     Σ over weights of d(n, o) d(n′, o′) = (h(n) · h(n′)) (delta(n, o) · delta(n′, o′)),   and 1 for h · h for the bias
static void gram(const kernel_network *network, const kernel_linearization *at, size_t a, size_t b) {
  tile_layer left[KERNEL_MAX_LAYERS], right[KERNEL_MAX_LAYERS];
  lay_out_tile(network, at, b, left);
  lay_out_tile(network, at, a, right);
  const int32_t outputs = network->widths[network->layers];
  const size_t count = padded(at->round.rows) * outputs;
  for (int32_t l = 0; l < network->layers; l++) {
    const int32_t in = network->widths[l], out = network->widths[l + 1];
    for (int32_t column = 0; column < TILE; column += COLUMNS) {
      sums inputs;
      EACH_SUM(m, v, COLUMNS) inputs.at[m][v] = splat(1);
      multiply_add(&inputs, COLUMNS, left[l].input + column, 1, TILE, right[l].input, in);
      for (int32_t o = 0; o < outputs; o++) {
        for (int32_t other = 0; other < outputs && b * outputs + other <= a * outputs + o; other++) {
          sums deltas;
          EACH_SUM(m, v, COLUMNS) deltas.at[m][v] = (vec){0};
          multiply_add(&deltas, COLUMNS, left[l].deltas + other * out * TILE + column, 1, TILE,
                       right[l].deltas + o * out * TILE, out);
          float *block = at->gram + ((a * outputs + o) * count + (b * outputs + other) * TILE + column) * TILE;
          EACH_SUM(m, v, COLUMNS) {
            float *to = block + m * TILE + v * LANES;
            vec product = inputs.at[m][v] * deltas.at[m][v];
            store(to, l == 0 ? product : load(to) + product);
          }
        }
      }
    }
  }
}

// The deltas of a tape, for the weight gradient: Σ over outputs of coefficient · delta.
static void combine(const kernel_network *network, const kernel_linearization *at, const float *coefficients,
                    size_t tile) {
  network_layer layers[KERNEL_MAX_LAYERS];
  tile_layer kept[KERNEL_MAX_LAYERS];
  lay_out(network, at->round.parameters, align(at->round.tape), at->round.rows, layers);
  lay_out_tile(network, at, tile, kept);
  const int32_t outputs = network->widths[network->layers];
  for (int32_t l = 0; l < network->layers; l++) {
    const size_t count = (size_t)network->widths[l + 1] * TILE;
    float *to = layers[l].deltas + tile * count;
    for (size_t i = 0; i < count; i += LANES) {
      vec sum = {0};
      for (int32_t o = 0; o < outputs; o++)
        sum += load(coefficients + (tile * outputs + o) * TILE + i % TILE) * load(kept[l].deltas + o * count + i);
      store_shared(to + i, sum, at->round.shared);
    }
  }
  finish_stores(at->round.shared);
}

// before = parameters; direction = keep · direction + gradient; parameters -= rate · direction.
static void natural_update(kernel_natural_step step, float *parameters, float *before, float *direction,
                           const float *gradient, size_t count) {
  for (size_t i = 0; i < count; i += LANES) {
    size_t left = count - i;
    vec d = step.keep * load_some(direction + i, left) + load_some(gradient + i, left);
    vec p = load_some(parameters + i, left);
    store_some(direction + i, d, left);
    store_some(before + i, p, left);
    store_some(parameters + i, p - step.rate * d, left);
  }
}
