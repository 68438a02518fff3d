// Cholesky's factorization A = L Lᵀ of a symmetric positive definite matrix, and what is solved with it. Only the lower
// triangle is used. Rows stand in tiles as those of a batch do: number (i, k) is at [(i / TILE)·n·TILE + k·TILE + i % TILE],
// n being a multiple of TILE, so that a tile of rows is both operands of `multiply_add`.

INLINE float *block_at(float *matrix, size_t count, size_t row, size_t column) {
  return matrix + (row * count + column * TILE) * TILE;
}

// block (row, column) -= Σ over the columns before of L(row, ·) L(column, ·)
INLINE void subtract_products(float *matrix, size_t count, size_t row, size_t column) {
  const float *left = block_at(matrix, count, column, 0), *right = block_at(matrix, count, row, 0);
  float *block = block_at(matrix, count, row, column);
  for (int32_t first = 0; first < TILE; first += COLUMNS) {
    sums sum;
    EACH_SUM(m, v, COLUMNS) sum.at[m][v] = (vec){0};
    multiply_add(&sum, COLUMNS, left + first, 1, TILE, right, (int32_t)(column * TILE));
    EACH_SUM(m, v, COLUMNS) {
      float *to = block + (first + m) * TILE + v * LANES;
      store(to, load(to) - sum.at[m][v]);
    }
  }
}

// Factors the block on the diagonal, once those before it are done.
static bool cholesky_diagonal(float *matrix, size_t count, size_t column) {
  subtract_products(matrix, count, column, column);
  float *block = block_at(matrix, count, column, column);
  for (int32_t c = 0; c < TILE; c++) {
    float *at = block + c * TILE, square = at[c];
    if (!(square > 0) || square > 3e38f) return false;
    float inverse = 1 / __builtin_sqrtf(square);
    for (int32_t v = 0; v < TILE; v += LANES) store(at + v, load(at + v) * inverse);
    for (int32_t other = c + 1; other < TILE; other++)
      for (int32_t v = 0; v < TILE; v += LANES)
        store(block + other * TILE + v, load(block + other * TILE + v) - at[other] * load(at + v));
  }
  return true;
}

// Block (row, column) of L, once the diagonal of its column is done.
static void cholesky_block(float *matrix, size_t count, size_t column, size_t row) {
  subtract_products(matrix, count, row, column);
  const float *diagonal = block_at(matrix, count, column, column);
  float *block = block_at(matrix, count, row, column);
  for (int32_t c = 0; c < TILE; c++) {
    for (int32_t v = 0; v < TILE; v += LANES) {
      vec sum = load(block + c * TILE + v);
      for (int32_t k = 0; k < c; k++) sum -= diagonal[k * TILE + c] * load(block + k * TILE + v);
      store(block + c * TILE + v, sum / diagonal[c * TILE + c]);
    }
  }
}

// v [TILE] -= Σ over k < depth of x[k] · block[k, ·], in four sums, as a row of multiply-adds would wait for each other.
INLINE void subtract_columns(const float *block, const float *x, size_t depth, float *v) {
  for (int32_t at = 0; at < TILE; at += LANES) {
    vec sum[4] = {{0}, {0}, {0}, {0}};
    for (size_t k = 0; k < depth; k += 4)
      UNROLL for (int i = 0; i < 4; i++) sum[i] += x[k + i] * load(block + (k + i) * TILE + at);
    store(v + at, load(v + at) - ((sum[0] + sum[1]) + (sum[2] + sum[3])));
  }
}

INLINE float dot_tile(const float *a, const float *b) {
  float product[TILE];
  UNROLL for (int i = 0; i < TILE; i++) product[i] = a[i] * b[i];
  UNROLL for (int half = TILE / 2; half > 0; half /= 2)
    UNROLL for (int i = 0; i < half; i++) product[i] += product[i + half];
  return product[0];
}

// x = A⁻¹ x: L y = x from the first row on, Lᵀ x = y from the last row back.
static void cholesky_solve(const float *matrix, size_t count, float *x) {
  const size_t blocks = count / TILE;
  for (size_t i = 0; i < blocks; i++) {
    const float *row = matrix + i * count * TILE, *diagonal = row + i * TILE * TILE;
    float *v = x + i * TILE;
    subtract_columns(row, x, i * TILE, v);
    for (int32_t c = 0; c < TILE; c++) {
      v[c] /= diagonal[c * TILE + c];
      for (int32_t r = c + 1; r < TILE; r++) v[r] -= diagonal[c * TILE + r] * v[c];
    }
  }
  for (size_t i = blocks; i-- > 0;) {
    const float *row = matrix + i * count * TILE, *diagonal = row + i * TILE * TILE;
    float *v = x + i * TILE;
    for (int32_t c = TILE - 1; c >= 0; c--) {
      for (int32_t r = c + 1; r < TILE; r++) v[c] -= diagonal[c * TILE + r] * v[r];
      v[c] /= diagonal[c * TILE + c];
    }
    for (size_t k = 0; k < i * TILE; k++) x[k] -= dot_tile(row + k * TILE, v);
  }
}

// xᵀ A x.
static double quadratic_form(const float *matrix, size_t count, const float *x) {
  double total = 0;
  for (size_t i = 0; i < count / TILE; i++) {
    const float *row = matrix + i * count * TILE;
    float below[TILE] = {0}, diagonal[TILE] = {0};
    subtract_columns(row, x, i * TILE, below);
    subtract_columns(row + i * TILE * TILE, x + i * TILE, TILE, diagonal);
    for (int32_t r = 0; r < TILE; r++) total -= (double)x[i * TILE + r] * (2.0 * below[r] + diagonal[r]);
  }
  return total;
}
