// The kernels for one instruction set. A source that includes this defines VARIANT (the table's name), LANES (floats of
// a vector) and OUTPUTS (height of the register tile).

#include "vector.h"

#include "functions.h"

#include "product.h"

#include "linear.h"

#include "elementwise.h"

#include "network.h"

#include "tangent.h"

#include "points.h"
#include "linearization.h"
#include "cholesky.h"
#include "matrix.h"

const kernel_variant VARIANT = {
    .peak = peak,
    .forward = forward,
    .forward_tangents = forward_tangents,
    .backward = backward,
    .weight_gradient = block_gradient,
    .adamw = adamw,
    .average = move_average,
    .normals = normals,
    .posterior = posterior,
    .nearest = nearest,
    .linearize = linearize,
    .gram = gram,
    .combine = combine,
    .natural_update = natural_update,
    .cholesky_diagonal = cholesky_diagonal,
    .cholesky_block = cholesky_block,
    .cholesky_solve = cholesky_solve,
    .quadratic_form = quadratic_form,
    .matrix_product = matrix_product,
};
