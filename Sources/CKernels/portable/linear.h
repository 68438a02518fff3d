// A linear layer and its activation: each forward beside its backward. Tiles of the batch are feature-major: number
// (f, r) of a tile is at [f·TILE + r]. Rows are the vector dimension and weights are broadcast, so neither direction
// repacks the weights.

typedef struct {
  int32_t in, out;
  const float *weight, *bias;  // [out, in], [out]
} linear_layer;

// y [count, TILE] = weight [count, in] x [in, TILE] + bias.
INLINE void linear_tile(int count, const float *weight, const float *bias, int32_t in, const float *x, float *y) {
  sums sum;
  EACH_SUM(m, v, count) sum.at[m][v] = splat(bias[m]);
  multiply_add(&sum, count, weight, in, 1, x, in);
  EACH_SUM(m, v, count) store(y + m * TILE + v * LANES, sum.at[m][v]);
}

// Outputs begin..<end of y [out, TILE] from x [in, TILE].
static void linear(const linear_layer *layer, int32_t begin, int32_t end, const float *x, float *y) {
#define LINEAR(count, m) \
  linear_tile(count, layer->weight + (size_t)(m) * layer->in, layer->bias + (m), layer->in, x, y + (m) * TILE)
  EACH_OUTPUT_TILE(begin, end, LINEAR);
}

// below [count, TILE] = derivative [count, TILE] · weightᵀ delta [out, TILE]; `below` holds the derivative on entry. A
// copy goes to `tape`.
INLINE void input_gradient_tile(int count, const float *weight, int32_t in, int32_t out, const float *delta,
                                float *below, float *tape, bool shared) {
  sums sum;
  EACH_SUM(m, v, count) sum.at[m][v] = (vec){0};
  multiply_add(&sum, count, weight, 1, in, delta, out);
  EACH_SUM(m, v, count) {
    size_t at = m * TILE + v * LANES;
    vec product = load(below + at) * sum.at[m][v];
    store(below + at, product);
    store_shared(tape + at, product, shared);
  }
}

static void input_gradient(const linear_layer *layer, const float *delta, float *below, float *tape, bool shared) {
#define INPUT_GRADIENT(count, m)                                                                                    \
  input_gradient_tile(count, layer->weight + (m), layer->in, layer->out, delta, below + (m) * TILE, tape + (m) * TILE, \
                      shared)
  EACH_OUTPUT_TILE(0, layer->in, INPUT_GRADIENT);
}

// gradient [count, columns] (+)= Σ over rows of delta [count, row] · x [row, columns], columns at most TILE. The next
// tile of rows is `next` further on in delta; the next row of the gradient `stride`.
INLINE void weight_gradient_tile(int count, const float *delta, size_t next, const float *x, size_t rows,
                                 int32_t columns, bool add, float *gradient, size_t stride) {
  sums sum;
  EACH_SUM(m, v, count) sum.at[m][v] = (vec){0};
  for (; rows >= TILE; rows -= TILE, delta += next, x += TILE * TILE)
    multiply_add(&sum, count, delta, TILE, 1, x, TILE);
  multiply_add(&sum, count, delta, TILE, 1, x, (int32_t)rows);
  EACH_SUM(m, v, count) {
    if (columns <= v * LANES) continue;
    float *to = gradient + m * stride + v * LANES;
    size_t left = columns - v * LANES;
    store_some(to, add ? load_some(to, left) + sum.at[m][v] : sum.at[m][v], left);
  }
}

// Rows begin..<end of a gradient [out, in], from deltas in tiles [R / TILE, out, TILE] and inputs in panels
// [ceil(in / TILE), R, TILE], of which `rows` rows count.
static void weight_gradient(const linear_layer *layer, int32_t begin, int32_t end, const float *deltas,
                            const float *panels, size_t rows, bool add, float *gradient) {
  for (int32_t i = 0; i < layer->in; i += TILE) {
#define WEIGHT_GRADIENT(count, m)                                                                       \
  weight_gradient_tile(count, deltas + (m) * TILE, (size_t)layer->out * TILE, panels + i * padded(rows), rows, \
                       layer->in - i, add, gradient + (size_t)(m) * layer->in + i, layer->in)
    EACH_OUTPUT_TILE(begin, end, WEIGHT_GRADIENT);
  }
}

static void bias_gradient(const linear_layer *layer, int32_t begin, int32_t end, const float *deltas, size_t rows,
                          bool add, float *gradient) {
  for (int32_t m = begin; m < end; m++) {
    vec sum[VECTORS] = {0};
    for (size_t row = 0; row < rows; row += TILE)
      UNROLL for (int v = 0; v < VECTORS; v++) sum[v] += load(deltas + row * layer->out + m * TILE + v * LANES);
    float total = 0;
    UNROLL for (int v = 0; v < VECTORS; v++)
      UNROLL for (int lane = 0; lane < LANES; lane++) total += sum[v][lane];
    gradient[m] = total + (add ? gradient[m] : 0);
  }
}

// y = activation(y) over `count` numbers, a multiple of TILE; the derivative too, unless it is null.
static void activate(kernel_activation activation, float *y, float *derivative, size_t count) {
#define ACTIVATE(function)                        \
  for (size_t i = 0; i < count; i += LANES) {     \
    vec slope;                                    \
    store(y + i, function(load(y + i), &slope));  \
    if (derivative) store(derivative + i, slope); \
  }
  if (activation == KERNEL_SILU) {
    ACTIVATE(silu)
  } else {
    ACTIVATE(gelu)
  }
}
