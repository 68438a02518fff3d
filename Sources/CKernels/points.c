// Sums and searches over points of the plane, sixteen at a time, for the tree of data points. The coordinates stand in
// one array each; the counts are multiples of 16.

#include "CKernels.h"

// The same source for each instruction set; the loader chooses. arm64 has NEON in its baseline.
#if defined(__x86_64__) && defined(__linux__)
#define EACH_INSTRUCTION_SET __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define EACH_INSTRUCTION_SET
#endif

// It warns that vectors wider than the baseline's registers are passed differently; all that pass them are inlined.
#pragma clang diagnostic ignored "-Wpsabi"
#define INLINE static inline __attribute__((always_inline))

enum { LANES = 16 };
typedef float lanes __attribute__((vector_size(4 * LANES)));
typedef int32_t lanes_int __attribute__((vector_size(4 * LANES)));
typedef float lanes_anywhere __attribute__((vector_size(4 * LANES), aligned(4), may_alias));

INLINE lanes load(const float *from) { return *(const lanes_anywhere *)from; }

// The sum of sixteen lanes, in double precision; halves are added to halves, as a row of additions would wait.
INLINE double sum(const lanes *v) {
  double total[LANES];
  for (int i = 0; i < LANES; i++) total[i] = (*v)[i];
  for (int half = LANES / 2; half > 0; half /= 2)
    for (int i = 0; i < half; i++) total[i] += total[i + half];
  return total[0];
}

// 2^x for x <= 126, with a relative error below 2e-7; 2^-126 where x is less. The integer part goes into the exponent,
// the rest, in -1/2...1/2, into a polynomial of degree 5 (a minimax fit, relative error 9e-8).
INLINE lanes power_of_two(lanes x) {
  const lanes rounder = (lanes){} + 0x1.8p23f, least = (lanes){} - 126.0f;
  x = __builtin_elementwise_max(x, least);
  lanes shifted = x + rounder;  // no bits are left for a fraction: rounded, the integer in the lowest bits
  lanes r = x - (shifted - rounder);
  lanes p = r * 0.00132647238f + 0.00967151299f;
  p = p * r + 0.0555073358f;
  p = p * r + 0.240222424f;
  p = p * r + 0.693147004f;
  p = p * r + 1.0f;
  return (lanes)((lanes_int)p + ((lanes_int)shifted << 23));
}

EACH_INSTRUCTION_SET
void kernel_posterior(const float *xs, const float *ys, size_t first, size_t end, float x, float y, float px,
                      float py, float scale, kernel_sums *sums) {
  lanes w = {}, wx = {}, wy = {};
  for (size_t i = first; i < end; i += LANES) {
    // |x - p|^2 - |x - d|^2 = (d - p)(2x - p - d) keeps the digits that the squares would lose far from the data.
    lanes dx = load(xs + i) - px, dy = load(ys + i) - py;
    lanes ex = (2 * x - px) - load(xs + i), ey = (2 * y - py) - load(ys + i);
    lanes e = power_of_two((dx * ex + dy * ey) * scale);
    w += e;
    wx += e * dx;
    wy += e * dy;
  }
  sums->weight += sum(&w);
  sums->x += sum(&wx);
  sums->y += sum(&wy);
}

EACH_INSTRUCTION_SET
void kernel_nearest(const float *xs, const float *ys, size_t first, size_t end, float x, float y, int32_t keep,
                    kernel_nearest_two *found) {
  float *square = found->square;
  int32_t *place = found->place;
  for (size_t i = first; i < end; i += LANES) {
    lanes dx = load(xs + i) - x, dy = load(ys + i) - y, squares = dx * dx + dy * dy;
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
