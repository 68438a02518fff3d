import Diffusion
import Plot

/// Points that are being drawn, and what was undone.
struct Sketch: Equatable, Sendable {
  static let mostPoints = 20_000
  private static let mostUndo = 100
  /// How many points a touch of the brush leaves, and how far around it, in data units.
  private static let touch = 8
  private static let spread: Float = 0.025
  private static let eraser: Float = 0.08

  private(set) var points: [Point] = []
  private var before: [[Point]] = []
  private var random = Random(seed: 0, stream: .sketch)

  var isEmpty: Bool { points.isEmpty }
  var canUndo: Bool { before.contains { $0 != points } }

  /// What follows, up to the next mark, is undone at once.
  mutating func mark() {
    guard before.last != points else { return }
    before.append(points)
    if before.count > Sketch.mostUndo { before.removeFirst() }
  }

  /// Takes back the last stroke that changed anything.
  mutating func undo() {
    let now = points
    while points == now, let last = before.popLast() { points = last }
  }

  /// Leaves points along a way, or takes them away.
  mutating func brush(from start: Point, to end: Point, erases: Bool) {
    let way = end - start
    let length = way.lengthSquared.squareRoot()
    guard length.isFinite else { return }
    if erases {
      points.removeAll { point in
        let share = length > 0 ? min(max(((point - start) * way).sum() / (length * length), 0), 1) : 0
        return (point - start - share * way).lengthSquared < Sketch.eraser * Sketch.eraser
      }
      return
    }
    let touches = max(1, min(Int(length / Sketch.spread), 200))
    for touch in 0..<touches {
      let place = start + Float(touch + 1) / Float(touches) * way
      for noise in random.normals(length > 0 ? Sketch.touch / 2 : Sketch.touch) where points.count < Sketch.mostPoints {
        points.append(place + Sketch.spread * noise)
      }
    }
  }

  mutating func clear() { points = [] }

  mutating func take(_ points: [Point]) { self.points = Array(points.prefix(Sketch.mostPoints)) }

  /// As a file holds them.
  var csv: String {
    "x,y\n" + points.map { "\($0.x.formatted(decimals: 4)),\($0.y.formatted(decimals: 4))\n" }.joined()
  }
}
