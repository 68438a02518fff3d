// The network, forward and backward, over tiles of the batch.

// Where a layer's numbers are.
typedef struct {
  linear_layer linear;
  size_t parameters;  // offset of the weight in the flat buffer; the bias follows
  float *panels;      // inputs [ceil(in / TILE), R, TILE]: row-major panels, what the weight gradient reads in vectors
  float *deltas;      // d loss / d (outputs before activation) [R / TILE, out, TILE], R = rows in whole tiles
} network_layer;

static void lay_out(const kernel_network *network, const float *parameters, float *tape, size_t rows,
                    network_layer *layers) {
  size_t offset = 0;
  for (int32_t l = 0; l < network->layers; l++) {
    int32_t in = network->widths[l], out = network->widths[l + 1];
    const float *weight = parameters + offset;
    float *deltas = tape + padded(rows) * padded(in);
    layers[l] = (network_layer){{in, out, weight, weight + (size_t)in * out}, offset, tape, deltas};
    offset += (size_t)(in + 1) * out;
    tape = deltas + padded(rows) * out;
  }
}

// x [in, TILE] from row-major input [rows, in]; rows beyond the batch are zero.
static void load_tile(const float *input, int32_t in, size_t rows, float *x) {
  for (int32_t i = 0; i < in; i++)
    for (size_t r = 0; r < TILE; r++) x[i * TILE + r] = r < rows ? input[r * in + i] : 0;
}

// Writes features begin..<end of x [in, TILE] to the panels of the layer that takes them, at the tile's row.
static void record(const float *x, int32_t begin, int32_t end, float *panels, const kernel_round *round, size_t row) {
  for (int32_t i = begin; i < end; i += TILE) {
    float *panel = panels + i * padded(round->rows) + row * TILE;
    for (size_t r = 0; r < TILE; r += LANES)
      for (int32_t f = 0; f < TILE && i + f < end; f += LANES)
        transpose(x + (i + f) * TILE + r, panel + r * TILE + f, round->shared);
  }
}

static void forward(const kernel_network *network, const float *parameters, const float *input, size_t rows,
                    float *output, float *scratch) {
  network_layer layers[KERNEL_MAX_LAYERS];
  lay_out(network, parameters, NULL, 0, layers);
  const int32_t last = network->layers - 1, outputs = layers[last].linear.out;
  float *x = align(scratch), *y = x + largest_tile(network);
  for (size_t row = 0; row < rows; row += TILE) {
    size_t count = rows - row < TILE ? rows - row : TILE;
    load_tile(input + row * network->widths[0], network->widths[0], count, x);
    for (int32_t l = 0; l <= last; l++) {
      const linear_layer *layer = &layers[l].linear;
      linear(layer, 0, layer->out, x, y);
      if (l < last) activate(network->activation, y, NULL, layer->out * TILE);
      float *swap = x;
      x = y;
      y = swap;
    }
    for (size_t r = 0; r < count; r++)
      for (int32_t o = 0; o < outputs; o++) output[(row + r) * outputs + o] = x[o * TILE + r];
  }
}

// delta [out, TILE] = d loss / d y, zero for rows beyond the batch; a copy goes to `tape`.
static void loss_gradient(const kernel_round *round, size_t row, int32_t out, const float *y, float *delta,
                          float *tape) {
  for (size_t r = 0; r < TILE; r++) {
    double loss = 0;
    for (int32_t o = 0; o < out; o++) {
      size_t at = o * TILE + r;
      tape[at] = delta[at] = 0;
      if (row + r >= round->rows) continue;
      float difference = y[at] - round->target[(row + r) * out + o], weight = round->weight[row + r];
      loss += (double)weight * difference * difference;
      tape[at] = delta[at] = 2 * weight * difference;
    }
    if (row + r < round->rows) round->loss[row + r] = loss;
  }
}

static void backward(const kernel_network *network, const kernel_round *round, size_t row, float *scratch) {
  network_layer layers[KERNEL_MAX_LAYERS];
  lay_out(network, round->parameters, align(round->tape), round->rows, layers);
  const int32_t last = network->layers - 1, in = network->widths[0];
  size_t count = round->rows - row < TILE ? round->rows - row : TILE;
  float *x = align(scratch), *y = x + largest_tile(network), *delta = y + largest_tile(network);

  load_tile(round->input + row * in, in, count, x);
  record(x, 0, in, layers[0].panels, round, row);
  for (int32_t l = 0; l < last; l++) {
    const linear_layer *layer = &layers[l].linear;
    // In strips, so that a few stores to the tape alternate with many multiply-adds. The derivative is put where the
    // delta will be.
    for (int32_t begin = 0; begin < layer->out; begin += STRIP) {
      int32_t end = begin + STRIP < layer->out ? begin + STRIP : layer->out;
      linear(layer, begin, end, x, y);
      activate(network->activation, y + begin * TILE, delta + begin * TILE, (end - begin) * TILE);
      record(y, begin, end, layers[l + 1].panels, round, row);
    }
    delta += layer->out * TILE;
    float *swap = x;
    x = y;
    y = swap;
  }
  const int32_t outputs = layers[last].linear.out;
  linear(&layers[last].linear, 0, outputs, x, y);

  loss_gradient(round, row, outputs, y, delta, layers[last].deltas + row * outputs);
  for (int32_t l = last; l > 0; l--) {
    const linear_layer *layer = &layers[l].linear;
    float *below = delta - layer->in * TILE;
    input_gradient(layer, delta, below, layers[l - 1].deltas + row * layer->in, round->shared);
    delta = below;
  }
  finish_stores(round->shared);
}

static double block_gradient(const kernel_network *network, const kernel_round *round, size_t block, bool add,
                             float *gradient) {
  network_layer layers[KERNEL_MAX_LAYERS], *at = layers;
  lay_out(network, round->parameters, align(round->tape), round->rows, layers);
  for (size_t blocks; block >= (blocks = blocks_of(at->linear.in, at->linear.out)); at++) block -= blocks;

  const int32_t in = at->linear.in, out = at->linear.out, height = block_outputs(in), begin = (int32_t)block * height;
  const int32_t end = begin + height < out ? begin + height : out;
  float *weight = gradient + at->parameters, *bias = weight + (size_t)in * out;
  weight_gradient(&at->linear, begin, end, at->deltas, at->panels, round->rows, add, weight);
  bias_gradient(&at->linear, begin, end, at->deltas, round->rows, add, bias);
  return sum_of_squares(weight + (size_t)begin * in, (size_t)(end - begin) * in) +
         sum_of_squares(bias + begin, end - begin);
}
