import Diffusion
import Interface
import Plot

/// A place of the plane that one looks at closely.
package struct Probe: Equatable, Sendable {
  package enum Place: Equatable, Sendable {
    case at(Point)
    /// That of a noisy point, wherever sigma moves it.
    case noisy(Int)
  }

  package internal(set) var place: Place
  /// Where the network's estimates of it have been, the newest last.
  package internal(set) var trail: [Point] = []

  static let longestTrail = 200
}

extension World {
  /// Where the probe is; nil if there is none.
  package var probePoint: Point? {
    switch probe?.place {
    case .at(let point): point
    case .noisy(let index): noise.all(sigma: sigma.value)[index]
    case nil: nil
    }
  }

  /// What is known there, if it has been found out.
  var probeReading: ProbeReading? {
    guard let x = probePoint, let (question, answer) = answers.latest(ProbeQuestion.topic, as: ProbeQuestion.self),
      question.subject.x == x, question.subject.points == experiment.points, question.subject.moment.run == run
    else { return nil }
    return answer
  }

  /// Puts the probe on a place of the picture, or on the noisy point there.
  ///
  /// - Parameters:
  ///   - reach: How near is near enough, in data units.
  ///   - shown: The noisy points that are shown, of the present sigma.
  package mutating func putProbe(_ point: Point, reach: Float, among shown: [Point]) {
    let nearest = shown.min { ($0 - point).lengthSquared < ($1 - point).lengthSquared }
    if let nearest, (nearest - point).lengthSquared <= reach * reach,
      let index = noise.all(sigma: sigma.value).firstIndex(of: nearest)
    {
      probe = Probe(place: .noisy(index))
    } else {
      probe = Probe(place: .at(point))
    }
  }

  /// Remembers where the estimate is now.
  mutating func takeProbe(_ answered: Answered) {
    guard let question = answered.question as? ProbeQuestion, let reading = answered.answer as? ProbeReading,
      var probe, question.subject.x == probePoint
    else { return }
    probe.trail.append(reading.estimate)
    if probe.trail.count > Probe.longestTrail { probe.trail.removeFirst() }
    self.probe = probe
  }

  /// Draws the probe over a picture of the plane: the data points that it may have come from, what the network and the
  /// exact answer make of it, and where the network's estimate has been.
  func drawProbe(on scene: inout Scene) {
    guard let x = probePoint else { return }
    if let reading = probeReading {
      let most = reading.posterior.weights.first ?? 1
      let bright = zip(reading.posterior.points, reading.posterior.weights).filter { $1 >= most / 4 }.map(\.0)
      scene.points(reading.posterior.points, ink: .ideal, name: "may have come from")
      scene.points(bright, size: .large, ink: .ideal)
      if let trail = probe?.trail, trail.count > 1 { scene.polyline(trail, ink: .arrow) }
      scene.arrows(from: [x], to: [reading.idealEstimate], ink: .ideal, name: "ideal")
      scene.arrows(from: [x], to: [reading.estimate], ink: .arrow, name: "estimate")
    }
    scene.text("+", at: x, ink: .accent)
  }
}

extension Window {
  /// The point of the data under a cell of a picture.
  func point(at spot: Pointer.Spot, in place: Rectangle) -> Point? {
    let extent = SIMD2(Double(max(place.columns - 1, 0)), Double(max(place.rows - 1, 0)))
    let cell = SIMD2(Double(spot.column - place.column), Double(spot.row - place.row))
    return Viewport(self, extent: extent, pixelAspect: 2).unproject(cell)
  }

  /// Half of the height of what it shows, in data units.
  var radius: Float { Float((y.range.upperBound - y.range.lowerBound) / 2) }
}
