#ifndef KERNEL_POINTS_H
#define KERNEL_POINTS_H

// The arithmetic of points of the plane; a part of CKernels.h.

// Coordinates stand in an array each, whose length is a multiple of KERNEL_POINTS.
enum { KERNEL_POINTS = 16 };

/// A point x, the data point p nearest to it, and 1 / (2 sigma^2).
typedef struct {
  float x, y, nearest_x, nearest_y, scale;
} kernel_query;

/// Weights e = exp((|x - p|^2 - |x - d|^2) scale) of data points d, and their offsets d - p, weighted.
typedef struct {
  double weight, x, y, square;
} kernel_sums;

/// Adds the sums over `count` points: e, e (d - p) and e |d - p|^2.
void kernel_posterior(kernel_isa isa, const float *xs, const float *ys, size_t count, kernel_query query,
                      kernel_sums *sums);

/// The nearest and the second nearest point found so far: squared distances, and places in xs and ys.
typedef struct {
  float square[2];
  int32_t place[2];
} kernel_nearest_two;

/// Looks among the points first..<end for some nearer to (x, y) than the `keep` (1 or 2) in `found`.
void kernel_nearest(kernel_isa isa, const float *xs, const float *ys, size_t first, size_t end, float x, float y,
                    int32_t keep, kernel_nearest_two *found);

#endif
