// x86-64-v4: 16 lanes.
#include "variant.h"

#if defined(__x86_64__)

#define VARIANT kernel_avx512
#define LANES 16
#define OUTPUTS 12  // 12 x 1 sums of 32 registers; more gain nothing and fit the usual widths less well

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma"))), apply_to = function)
#include "portable/variant.h"
#pragma clang attribute pop

#endif
