// x86-64-v3: 8 lanes and fused multiply-adds.
#include "variant.h"

#if defined(__x86_64__)

#define VARIANT kernel_avx2
#define LANES 8
#define OUTPUTS 6  // 6 x 2 sums of 16 registers

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "portable/variant.h"
#pragma clang attribute pop

#endif
