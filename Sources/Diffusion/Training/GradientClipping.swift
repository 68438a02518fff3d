/// Clipping by the global norm (Pascanu, Mikolov and Bengio 2013), as PyTorch's `clip_grad_norm_` does it: what all
/// gradients together are multiplied by so that their Euclidean norm is at most `maximum`.
///
/// - Parameter norm: The norm of all gradients together, before clipping.
package func clippingScale(norm: Double, maximum: Double) -> Double {
  min(1, maximum / (norm + 1e-6))
}
