import Diffusion
import Plot

// What part of the plane is looked at, and how many of the points.

extension Window {
  /// Data, and most of the noise around them.
  package static func plane(around data: [Point], sigma: Double) -> Window {
    plane(fitting: data, margin: 0.04 + 0.75 * Float(sigma))
  }
}

extension Dataset {
  /// The part of the plane to look at.
  package func window(sigma: Double) -> Window { .plane(around: corners, sigma: sigma) }

  /// The same, or as much more as holds 19 of 20 of these points.
  func window(sigma: Double, fitting points: [Point]) -> Window {
    let beyond = points.filter(\.isFinite).map { max((corners[0] - $0).max(), ($0 - corners[1]).max()) }.sorted()
    let window = window(sigma: sigma)
    guard !beyond.isEmpty else { return window }
    let wider = Window.plane(fitting: corners, margin: max(1.1 * beyond[(beyond.count - 1) * 19 / 20], 0))
    return wider.x.range.upperBound > window.x.range.upperBound ? wider : window
  }

  /// As many points as a picture can show: more than the finest has dots along the curve would only cost time.
  package var shown: [Point] { points.sample(atMost: 4096) }
}
