// Elementary functions of a vector, within a few units in the last place. The coefficients are minimax fits.

// e^x for x clamped to [-87, 88]: x = n ln 2 + r, |r| <= (ln 2) / 2, e^x = 2^n e^r.
INLINE vec exp_vec(vec x) {
  x = __builtin_elementwise_min(__builtin_elementwise_max(x, splat(-87)), splat(88));
  const float round_to_integer = 0x1.8p23f;  // leaves n in the low bits of the sum's mantissa
  vec shifted = x * 0x1.715476p0f + round_to_integer;
  vec n = shifted - round_to_integer;
  vec r = x - n * 0x1.62e4p-1f;  // ln 2 in two parts, the first exact when multiplied by n
  r = r - n * 0x1.7f7d1cp-20f;
  vec p = r * 0.00138154463f + 0.00836873055f;
  p = p * r + 0.0416683704f;
  p = p * r + 0.166665211f;
  p = p * r + 0.49999994f;
  p = p * r + 1;
  p = p * r + 1;
  return (vec)((vec_int)p + ((vec_int)shifted << 23));
}

// Natural logarithm of a positive normal number: x = 2^n (1 + f), sqrt(1/2) <= 1 + f < sqrt(2).
INLINE vec log_vec(vec x) {
  vec_int bits = (vec_int)x - 0x3f3504f3;
  vec n = __builtin_convertvector(bits >> 23, vec);
  vec f = (vec)((bits & 0x7fffff) + 0x3f3504f3) - 1;
  vec p = f * 0.0677254647f - 0.116922371f;
  p = p * f + 0.118847482f;
  p = p * f - 0.124023207f;
  p = p * f + 0.142196268f;
  p = p * f - 0.166682035f;
  p = p * f + 0.200021222f;
  p = p * f - 0.25000006f;
  p = p * f + 0.333333135f;
  vec square = f * f;
  return n * 0x1.62e43p-1f + (f + (square * (p * f - 0.5f) + n * -0x1.05c61p-29f));
}

// cos and sin of 2 pi t, 0 <= t < 1: t = j/4 + a, |a| <= 1/8; a quarter turn swaps them, half a turn negates both.
INLINE void cos_sin_turns(vec t, vec *cosine, vec *sine) {
  vec_int j = __builtin_convertvector(t * 4 + 0.5f, vec_int);
  vec a = t - __builtin_convertvector(j, vec) * 0.25f;
  vec s = a * a;
  vec sin_a = a * (((s * 41.518528f - 76.6996765f) * s + 81.6052246f) * s - 41.3417015f) * s + a * 6.28318548f;
  vec cos_a = (((s * 59.2013092f - 85.4423904f) * s + 64.9393158f) * s - 19.7392082f) * s + 1;
  vec_int odd = -(j & 1);
  vec_int x = (odd & (vec_int)sin_a) | (~odd & (vec_int)cos_a);
  vec_int y = (odd & (vec_int)cos_a) | (~odd & (vec_int)sin_a);
  *cosine = (vec)(x ^ (((j + 1) & 2) << 30));
  *sine = (vec)(y ^ ((j & 2) << 30));
}

// y = z s(z), y' = s + y (1 - s), s the logistic function.
INLINE vec silu(vec z, vec *derivative) {
  vec s = 1 / (1 + exp_vec(-z));
  vec y = z * s;
  *derivative = y - y * s + s;
  return y;
}

// y = z P(z), y' = P + z p(z), P and p the standard normal's distribution function and density (the exact GELU).
// P(-|z|) = e^(-z^2/2) q(t), t = 1 / (1 + 0.3 |z|), with a polynomial q.
INLINE vec gelu(vec z, vec *derivative) {
  vec bell = exp_vec(z * z * -0.5f);
  vec t = 1 / (1 + 0.3f * __builtin_elementwise_abs(z));
  vec q = t * 0.03609737671f - 0.1581195978f;
  q = q * t + 0.2060397282f;
  q = q * t - 0.05107391912f;
  q = q * t + 0.125504768f;
  q = q * t + 0.1015507004f;
  q = q * t + 0.1203282649f;
  q = q * t + 0.1196726968f;
  vec tail = bell * q * t;
  vec_int positive = z > 0;
  vec p = (vec)((positive & (vec_int)(1 - tail)) | (~positive & (vec_int)tail));
  *derivative = p + z * bell * 0.398942280f;
  return z * p;
}
