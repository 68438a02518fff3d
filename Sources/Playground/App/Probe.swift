import Diffusion
import Interface
import Plot

/// A place of the plane that one looks at closely.
package struct Probe: Equatable, Sendable {
  /// What decides where it is.
  package enum Place: Equatable, Sendable {
    case at(Point)
    /// That of a noisy point, wherever sigma moves it.
    case noisy(Int)
    /// That of a sample on its way, wherever sigma, which is its time, and the weights move it.
    case sample(Int)
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
    case .sample(let index): sampleFlow?.points.dropFirst(index).first
    case nil: nil
    }
  }

  /// By its number, at the present sigma.
  func nearestNoisyPoint(to x: Point) -> Int {
    let all = noise.all(sigma: sigma.value)
    return all.indices.min { (all[$0] - x).lengthSquared < (all[$1] - x).lengthSquared } ?? 0
  }

  /// What is known there, if it has been found out.
  var probeReading: ProbeReading? {
    guard let x = probePoint, let (question, answer) = answers.latest(ProbeQuestion.topic, as: ProbeQuestion.self),
      question.subject.x == x, question.subject.points == experiment.points, question.subject.moment.run == run
    else { return nil }
    return answer
  }

  /// The last samples, where they are at the slider's noise level; nil before there are any.
  private var sampleFlow: Flow? {
    guard let (question, trajectory) = answers.latest(SampleQuestion.learned, as: SampleQuestion.self),
      question.subject.points == experiment.points
    else { return nil }
    var flow = Flow(trajectory)
    flow.seek(sigma: Float(sigma.value))
    return flow
  }

  /// The whole way of the sample that is followed; empty if none is.
  private var probeWay: [Point] {
    guard case .sample(let index) = probe?.place, let points = sampleFlow?.trajectory.points else { return [] }
    return points.compactMap { $0.indices.contains(index) ? $0[index] : nil }
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
    scene.polyline(probeWay, ink: .accent)
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
