// The network in forward mode: its outputs, and how they change as the input moves along some directions. A tile of
// rows, beginning with `row`, at a time.

// y [count, TILE] = weight [count, in] x [in, TILE]: a layer's linear part, which is what tangents go through.
INLINE void linear_part_tile(int count, const float *weight, int32_t in, const float *x, float *y) {
  sums sum;
  EACH_SUM(m, v, count) sum.at[m][v] = (vec){0};
  multiply_add(&sum, count, weight, in, 1, x, in);
  EACH_SUM(m, v, count) store(y + m * TILE + v * LANES, sum.at[m][v]);
}

static void linear_part(const linear_layer *layer, const float *x, float *y) {
#define LINEAR_PART(count, m) linear_part_tile(count, layer->weight + (size_t)(m) * layer->in, layer->in, x, y + (m) * TILE)
  EACH_OUTPUT_TILE(0, layer->out, LINEAR_PART);
}

static void multiply(float *y, const float *factor, size_t count) {
  for (size_t i = 0; i < count; i += LANES) store(y + i, load(y + i) * load(factor + i));
}

// to [rows, out] from y [out, TILE].
static void unload_tile(const float *y, int32_t out, size_t rows, float *to) {
  for (size_t r = 0; r < rows; r++)
    for (int32_t o = 0; o < out; o++) to[r * out + o] = y[o * TILE + r];
}

static void forward_tangents(const kernel_network *network, const float *parameters, const float *input,
                             const float *tangents, size_t rows, size_t row, float *output, float *derivatives,
                             float *scratch) {
  enum { D = KERNEL_DIRECTIONS };
  network_layer layers[KERNEL_MAX_LAYERS];
  lay_out(network, parameters, NULL, 0, layers);
  const int32_t last = network->layers - 1, in = network->widths[0], out = network->widths[network->layers];
  const size_t tile = largest_tile(network);
  // A tile of the points and one of each direction, before and after a layer; then the activation's slope.
  float *from = align(scratch), *to = from + (D + 1) * tile, *slope = to + (D + 1) * tile;
  size_t count = rows - row < TILE ? rows - row : TILE;
  load_tile(input + row * in, in, count, from);
  for (size_t d = 0; d < D; d++) load_tile(tangents + (d * rows + row) * in, in, count, from + (d + 1) * tile);
  for (int32_t l = 0; l <= last; l++) {
    const linear_layer *layer = &layers[l].linear;
    linear(layer, 0, layer->out, from, to);
    if (l < last) activate(network->activation, to, slope, (size_t)layer->out * TILE);
    for (size_t d = 1; d <= D; d++) {
      linear_part(layer, from + d * tile, to + d * tile);
      if (l < last) multiply(to + d * tile, slope, (size_t)layer->out * TILE);
    }
    float *swap = from;
    from = to;
    to = swap;
  }
  unload_tile(from, out, count, output + row * out);
  for (size_t d = 0; d < D; d++)
    unload_tile(from + (d + 1) * tile, out, count, derivatives + (d * rows + row) * out);
}
