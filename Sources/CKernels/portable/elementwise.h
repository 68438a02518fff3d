// Passes over flat buffers, and random numbers.

INLINE vec square_root(vec v) { return __builtin_elementwise_sqrt(v); }

// TILE sums, whatever the width of a vector, so that every instruction set adds in one order.
static double sum_of_squares(const float *numbers, size_t count) {
  vec_double sum[VECTORS] = {0};
  for (size_t i = 0; i < count; i += TILE) {
    UNROLL for (int v = 0; v < VECTORS; v++) {
      size_t at = i + v * LANES;
      if (at >= count) break;
      vec_double wide = __builtin_convertvector(load_some(numbers + at, count - at), vec_double);
      sum[v] += wide * wide;
    }
  }
  double total = 0;
  UNROLL for (int v = 0; v < VECTORS; v++)
    UNROLL for (int lane = 0; lane < LANES; lane++) total += sum[v][lane];
  return total;
}

// One AdamW step for the first `left` numbers of a vector; returns the new parameters.
INLINE vec adamw_vector(kernel_adamw_step step, const float *parameters, float *moment1, float *moment2,
                        const float *gradient, size_t left) {
  const float keep = 1 - step.rate * step.weight_decay;
  const float unbias1 = 1 / step.bias1, unbias2 = 1 / __builtin_sqrtf(step.bias2);
  vec g = step.scale * load_some(gradient, left);
  vec m = step.beta1 * load_some(moment1, left) + (1 - step.beta1) * g;
  vec v = step.beta2 * load_some(moment2, left) + (1 - step.beta2) * g * g;
  store_some(moment1, m, left);
  store_some(moment2, v, left);
  vec ratio = unbias1 * m / (square_root(v) * unbias2 + step.epsilon);
  return keep * load_some(parameters, left) - step.rate * ratio;
}

static void adamw(kernel_adamw_step step, float *parameters, float *moment1, float *moment2, const float *gradient,
                  size_t count, bool shared) {
  for (size_t i = 0; i < count;) {
    // Up to where the parameters are aligned, vector by vector, and what is left.
    size_t beyond = (uintptr_t)(parameters + i) % sizeof(vec) / sizeof(float);
    size_t left = beyond > 0 && LANES - beyond < count - i ? LANES - beyond : count - i;
    vec p = adamw_vector(step, parameters + i, moment1 + i, moment2 + i, gradient + i, left);
    if (left < LANES) {
      store_some(parameters + i, p, left);
    } else {
      store_shared(parameters + i, p, shared);
    }
    i += left < LANES ? left : LANES;
  }
  finish_stores(shared);
}

static void move_average(float share, float *average, const float *parameters, size_t count) {
  for (size_t i = 0; i < count; i += LANES) {
    vec mean = load_some(average + i, count - i);
    store_some(average + i, mean + share * (load_some(parameters + i, count - i) - mean), count - i);
  }
}

// The k-th number of SplitMix64 is a hash of state + (k + 1) gamma; its two halves make the radius and the angle of
// Box and Muller's (1958) pair of normals.
static void normals(uint64_t state, float *pairs, size_t count) {
  const uint64_t gamma = 0x9e3779b97f4a7c15;
  vec_bits offset;
  UNROLL for (int lane = 0; lane < LANES; lane++) offset[lane] = gamma * (lane + 1);
  for (size_t i = 0; i < count; i += LANES, state += LANES * gamma) {
    vec_bits z = state + offset;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    z = z ^ (z >> 31);
    vec u = (__builtin_convertvector(__builtin_convertvector(z >> 40, vec_int), vec) + 0.5f) * 0x1p-24f;
    vec turns = __builtin_convertvector(__builtin_convertvector((z << 32) >> 40, vec_int), vec) * 0x1p-24f;
    vec radius = square_root(-2 * log_vec(u)), cosine, sine;
    cos_sin_turns(turns, &cosine, &sine);
    vec low = ZIP_LOW(radius * cosine, radius * sine), high = ZIP_HIGH(radius * cosine, radius * sine);
    store_some(pairs + 2 * i, low, 2 * (count - i));
    if (2 * (count - i) > LANES) store_some(pairs + 2 * i + LANES, high, 2 * (count - i) - LANES);
  }
}

// Twelve independent chains, so that no multiply-add waits for the one before. Every chain and lane has numbers of its
// own: equal ones draw less power, and a processor may then clock higher than it can in any real work.
static double peak(size_t repetitions) {
  enum { CHAINS = 12 };
  vec sum[CHAINS], factor = {0};
  for (int lane = 0; lane < LANES; lane++) {
    factor[lane] = 0.9f - 0.0123f * lane;
    for (int c = 0; c < CHAINS; c++) sum[c][lane] = 0.7f + 0.0371f * c - 0.0517f * lane;
  }
  for (size_t k = 0; k < repetitions; k++) {
    UNROLL for (int c = 0; c < CHAINS; c++) sum[c] = factor * sum[c] + factor;
  }
  vec total = sum[0];
  for (int c = 1; c < CHAINS; c++) total += sum[c];
  volatile float keep = sum_lanes(total);  // so that the sums are needed
  (void)keep;
  return 2.0 * LANES * CHAINS * (double)repetitions;
}
