import CKernels

/// Whether a damped step learns what holds beyond its batch, asked of the batch alone: generalized cross-validation (Golub,
/// Heath and Wahba 1979, "Generalized cross-validation as a method for choosing a good ridge parameter").
extension Linearization {
  /// How the error of numbers that are foreseen from the others of the batch changes with the damping, d ln V / d ln λ of
  ///
  ///     V(λ) = N ‖a‖² / tr(M⁻¹)²,   M = J·Jᵀ + λI,   a = M⁻¹ z
  ///
  /// Below zero, more damping would foresee better. The traces of M⁻¹ and M⁻² are those that one vector of random signs
  /// sees (Girard 1989). Wants M factored.
  ///
  /// - Parameter coefficients: a, `[N]`.
  /// - Returns: Nothing finite where z is zero.
  func crossValidationSlope(of coefficients: [Float], damping: Double, _ kernel: kernel_isa) -> Double {
    let (again, seen) = (solve(coefficients, kernel), solve(signs, kernel))
    let traces = dot(seen, seen) / dot(signs, seen)
    return 2 * damping * (traces - dot(coefficients, again) / dot(coefficients, coefficients))
  }

  private func dot(_ a: [Float], _ b: [Float]) -> Double {
    zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }
}
