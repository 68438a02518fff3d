// Products of matrices in any layout, a tile of columns at a time.

INLINE void product_tile(int count, const kernel_product *p, size_t m, size_t n, const float *packed) {
  sums sum;
  EACH_SUM(i, v, count) sum.at[i][v] = (vec){0};
  multiply_add(&sum, count, p->left + (ptrdiff_t)m * p->left_row, p->left_row, p->left_column, packed,
               (int32_t)p->depth);
  EACH_SUM(i, v, count) {
    size_t column = n + v * LANES;
    if (column < p->columns) {
      float *to = p->result + (m + i) * p->columns + column;
      vec scaled = p->scale * sum.at[i][v];
      store_some(to, p->keep == 0 ? scaled : p->keep * load_some(to, p->columns - column) + scaled,
                 p->columns - column);
    }
  }
}

// Columns tile·TILE... of the result; scratch holds `depth` tiles.
static void matrix_product(const kernel_product *p, size_t tile, float *scratch) {
  const size_t n = tile * TILE;
  for (size_t k = 0; k < p->depth; k++)
    for (size_t c = 0; c < TILE; c++)
      scratch[k * TILE + c] =
          n + c < p->columns ? p->right[(ptrdiff_t)k * p->right_row + (ptrdiff_t)(n + c) * p->right_column] : 0;
#define PRODUCT(count, m) product_tile(count, p, m, n, scratch)
  EACH_OUTPUT_TILE(0, (int32_t)p->rows, PRODUCT);
}
