// Vectors of LANES floats, from the compiler's vector types: `+ - * /` work lane by lane, a number among vectors stands
// for a vector of it, and `a * b + c` is a fused multiply-add where the instruction set has one.

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

typedef float vec __attribute__((vector_size(4 * LANES)));
typedef int32_t vec_int __attribute__((vector_size(4 * LANES)));
typedef uint64_t vec_bits __attribute__((vector_size(8 * LANES)));
typedef double vec_double __attribute__((vector_size(8 * LANES)));
typedef float vec_anywhere __attribute__((vector_size(4 * LANES), aligned(4), may_alias));

INLINE vec load(const float *from) { return *(const vec_anywhere *)from; }
INLINE void store(float *to, vec v) { *(vec_anywhere *)to = v; }
INLINE vec splat(float x) { return x - (vec){0}; }

INLINE float sum_lanes(vec v) {
  float sum = 0;
  UNROLL for (int lane = 0; lane < LANES; lane++) sum += v[lane];
  return sum;
}

// The first `count` lanes, where an array may end; the others are zero.
INLINE vec load_some(const float *from, size_t count) {
  if (count >= LANES) return load(from);
  vec v = {0};
  for (size_t lane = 0; lane < count; lane++) v[lane] = from[lane];
  return v;
}

INLINE void store_some(float *to, vec v, size_t count) {
  if (count >= LANES) return store(to, v);
  for (size_t lane = 0; lane < count; lane++) to[lane] = v[lane];
}

// Stores a vector, aligned, that another core will read. Past the caches: to write a line where it is, once others have
// read it, it must first be taken from them, which takes up to 100 ns and holds up all later stores.
INLINE void store_shared(float *to, vec v, bool shared) {
  if (shared) {
    __builtin_nontemporal_store(v, (vec *)to);
  } else {
    store(to, v);
  }
}

// Such stores may be seen late. To be called before saying that they are done.
INLINE void finish_stores(bool shared) {
  if (shared) __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

// a0 b0 a1 b1 ...: the lower and the upper halves of two vectors, lane by lane in turn.
#if LANES == 16
#define ZIP_LOW(a, b) __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define ZIP_HIGH(a, b) __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
#elif LANES == 8
#define ZIP_LOW(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
#define ZIP_HIGH(a, b) __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
#else
#define ZIP_LOW(a, b) __builtin_shufflevector(a, b, 0, 4, 1, 5)
#define ZIP_HIGH(a, b) __builtin_shufflevector(a, b, 2, 6, 3, 7)
#endif

// Transposes LANES x LANES numbers between matrices of 16 columns, the second aligned. Zipping the first half of the
// rows with the second moves the top bit of each number's row to the bottom of its column; after log2(LANES) times the
// two have changed places.
INLINE void transpose(const float *from, float *to, bool shared) {
  vec a[LANES], b[LANES];
  UNROLL for (int i = 0; i < LANES; i++) a[i] = load(from + i * 16);
  UNROLL for (int pass = 1; pass < LANES; pass *= 2) {
    UNROLL for (int i = 0; i < LANES / 2; i++) {
      b[2 * i] = ZIP_LOW(a[i], a[i + LANES / 2]);
      b[2 * i + 1] = ZIP_HIGH(a[i], a[i + LANES / 2]);
    }
    UNROLL for (int i = 0; i < LANES; i++) a[i] = b[i];
  }
  UNROLL for (int i = 0; i < LANES; i++) store_shared(to + i * 16, a[i], shared);
}
