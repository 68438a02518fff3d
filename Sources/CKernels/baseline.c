// SSE2 on x86-64, NEON on arm64: what every such machine has.
#include "variant.h"

#define VARIANT kernel_baseline
#define LANES 4
#if defined(__x86_64__)
#define OUTPUTS 2  // 2 x 4 sums of 16 registers
#else
#define OUTPUTS 6  // 6 x 4 sums of 32 registers
#endif

#include "portable/variant.h"
