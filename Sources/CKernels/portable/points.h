// Sums and searches over points of the plane, for the tree of data points. The coordinates stand in one array each.

// In double precision; halves are added to halves, as a row of additions would wait for each other.
INLINE double sum_precisely(const vec *vectors) {
  double sum[TILE];
  UNROLL for (int v = 0; v < VECTORS; v++)
    UNROLL for (int lane = 0; lane < LANES; lane++) sum[v * LANES + lane] = vectors[v][lane];
  UNROLL for (int half = TILE / 2; half > 0; half /= 2) {
    UNROLL for (int lane = 0; lane < half; lane++) sum[lane] += sum[lane + half];
  }
  return sum[0];
}

static void posterior(const float *xs, const float *ys, size_t count, const kernel_query *query, kernel_sums *sums) {
  // TILE sums of each, whatever the width of a vector, so that every instruction set adds in one order.
  vec weight[VECTORS] = {0}, x[VECTORS] = {0}, y[VECTORS] = {0}, square[VECTORS] = {0};
  const float mirror_x = 2 * query->x - query->nearest_x, mirror_y = 2 * query->y - query->nearest_y;
  for (size_t tile = 0; tile < count; tile += TILE) UNROLL for (int v = 0; v < VECTORS; v++) {
    const size_t i = tile + v * LANES;
    // |x - p|^2 - |x - d|^2 = (d - p)(2x - p - d) keeps the digits that the squares would lose far from the data.
    vec dx = load(xs + i) - query->nearest_x, dy = load(ys + i) - query->nearest_y;
    vec exponent = (dx * (mirror_x - load(xs + i)) + dy * (mirror_y - load(ys + i))) * query->scale;
    vec e = (vec)((vec_int)exp_vec(exponent) & (exponent > -87));
    weight[v] += e;
    x[v] += e * dx;
    y[v] += e * dy;
    square[v] += e * (dx * dx + dy * dy);
  }
  sums->weight += sum_precisely(weight);
  sums->x += sum_precisely(x);
  sums->y += sum_precisely(y);
  sums->square += sum_precisely(square);
}

static void nearest(const float *xs, const float *ys, size_t first, size_t end, float x, float y, int32_t keep,
                    kernel_nearest_two *found) {
  float *square = found->square;
  int32_t *place = found->place;
  for (size_t i = first; i < end; i += LANES) {
    vec dx = load(xs + i) - x, dy = load(ys + i) - y, squares = dx * dx + dy * dy;
    if (__builtin_reduce_min(squares) >= square[keep - 1]) continue;
    for (int lane = 0; lane < LANES; lane++) {
      if (squares[lane] >= square[keep - 1]) continue;
      int32_t rank = keep == 2 && squares[lane] >= square[0];
      if (keep == 2 && rank == 0) square[1] = square[0], place[1] = place[0];
      square[rank] = squares[lane];
      place[rank] = (int32_t)i + lane;
    }
  }
}
