// The one matrix product behind all three of a linear layer's: a register tile of OUTPUTS x TILE sums.
//
//     sum[m][·] += left(m, k) · right(k, ·)     for k < depth
//
// The left operand is read one number at a time and broadcast; the right operand is read in whole vectors. All sums
// stay in registers: each k costs `count + VECTORS` loads for `count · VECTORS` multiply-adds.

#define VECTORS (TILE / LANES)

typedef struct {
  vec at[OUTPUTS][VECTORS];
} sums;

#define EACH_SUM(m, v, count)              \
  UNROLL for (int m = 0; m < (count); m++) \
    UNROLL for (int v = 0; v < VECTORS; v++)

// left(m, k) is left[m·row + k·column]; right(k, ·) is the 16 numbers at right[k·TILE].
INLINE void multiply_add(sums *sum, int count, const float *left, ptrdiff_t row, ptrdiff_t column, const float *right,
                         int32_t depth) {
  for (int32_t k = 0; k < depth; k++) {
    vec r[VECTORS];
    UNROLL for (int v = 0; v < VECTORS; v++) r[v] = load(right + k * TILE + v * LANES);
    EACH_SUM(m, v, count) sum->at[m][v] += left[m * row + k * column] * r[v];
  }
}

// Does tile(count, m) for m from begin to end, with constant counts: full register tiles, then smaller ones.
#define EACH_OUTPUT_TILE(begin, end, tile)                          \
  do {                                                              \
    int32_t m_ = begin;                                             \
    for (; m_ + OUTPUTS <= (end); m_ += OUTPUTS) tile(OUTPUTS, m_); \
    for (; m_ + 4 <= (end); m_ += 4) tile(4, m_);                   \
    for (; m_ + 2 <= (end); m_ += 2) tile(2, m_);                   \
    for (; m_ < (end); m_++) tile(1, m_);                           \
  } while (0)
