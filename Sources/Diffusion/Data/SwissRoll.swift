import RealModule

extension Dataset {
  /// The Swiss roll of the program "Toy Diffusion Model (2D)": theta = linspace(π/2, 5π, n), r = linspace(0.05, 1, n),
  /// points (r cos theta, r sin theta).
  package static func swissRoll(count: Int) -> Dataset {
    Dataset(
      name: "swiss-roll",
      points: (0..<count).map { i in
        let u = Double(i) / Double(max(count - 1, 1))
        return polar(radius: 0.05 + 0.95 * u, angle: .pi * (0.5 + 4.5 * u))
      })
  }

  /// smalldiffusion's `Swissroll(π/2, 5π, n)`: t = π/2 + 5π·linspace(0, 1, n), points (t cos t, t sin t) / 5π. It turns
  /// a quarter further than the other and reaches radius 1.1.
  package static func smalldiffusionRoll(count: Int) -> Dataset {
    let (start, extent) = (Double.pi / 2, 5 * Double.pi)
    return Dataset(
      name: "smalldiffusion-roll",
      points: (0..<count).map { i in
        let t = start + extent * Double(i) / Double(max(count - 1, 1))
        return polar(radius: t / extent, angle: t)
      })
  }
}

/// Computed in Double and rounded once.
private func polar(radius: Double, angle: Double) -> Point {
  Point(Float(radius * .cos(angle)), Float(radius * .sin(angle)))
}
