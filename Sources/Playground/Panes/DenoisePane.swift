import Diffusion
import Interface
import Pictures
import Plot
import Terminal

/// The data, noisy points, and where the network thinks that each of them came from.
package struct DenoisePane: Pane {
  package enum Action: Sendable {
    /// Learned, both, ideal.
    case nextComparison
    case toggleArrows
    /// Puts the probe there.
    case probe(Point, reach: Float, count: Int)
  }

  /// Whose estimates are drawn as arrows.
  enum Comparison: CaseIterable, Sendable {
    case learned, both, ideal
  }

  package static let word = "denoise"
  package static let bindings: [Binding<Action>] = [
    Binding("i", [.character("i"): .nextComparison], "arrows: learned, both, ideal", footer: ("i", "ideal"), rank: 4),
    Binding(
      "a", [.character("a"): .toggleArrows], "arrows to the one-step estimates", footer: ("a", "arrows"), rank: 7),
  ]

  var showsArrows = true
  var comparison = Comparison.learned

  package mutating func update(_ action: Action, _ world: inout World) -> [Effect] {
    switch action {
    case .nextComparison:
      // Whoever asks for the ideal wants to see it.
      comparison = showsArrows ? Comparison.allCases.element(after: comparison) : .both
      showsArrows = true
    case .toggleArrows: showsArrows.toggle()
    case .probe(let point, let reach, let count):
      let opens = world.probe == nil
      world.putProbe(point, reach: reach, count: count)
      return opens ? [.open(ProbeOverlay())] : []
    }
    return []
  }

  package func action(for pointer: Pointer, _ world: World, in place: Rectangle) -> Action? {
    guard pointer.kind == .press || pointer.kind == .drag, place.inside.contains(pointer.start) else { return nil }
    let scene = scene(world, in: place)
    // Two cells are near enough to a noisy point.
    let reach = 4 * scene.radius / Float(max(place.inside.rows, 1))
    return scene.point(at: pointer.spot, in: place.inside).map {
      .probe($0, reach: pointer.kind == .press ? reach : 0, count: count(world, place))
    }
  }

  package func questions(_ world: World, in place: Rectangle) -> [any Question] {
    let count = count(world, place)
    var questions: [any Question] = []
    if showsLearned { questions.append(EstimateQuestion.learned(world, count: count)) }
    if showsIdeal, let ideal = EstimateQuestion.ideal(world, count: count) { questions.append(ideal) }
    return questions
  }

  package func draw(_ world: World, in place: Rectangle) -> Drawing {
    let dataSize: Scene.Mark.PointSize = place.inside.columns > 80 ? .large : .small
    let room = Drawing.room(place.columns)
    let sigma = [Label("sigma "), Label(world.sigma.value.formatted(significant: 3, padded: true), .accent, .bold)]
    let title = longest(["one step from noise", "one step"], columns: room - sigma.width - 3)
    var drawing = Drawing(
      box: place, title: [Label(title, .text, .bold)], value: sigma,
      legend: legend(LegendMark(dataSize), world.glyphs).legend(columns: room))
    drawing.figure(scene(world, in: place), in: place.inside)
    return drawing
  }

  private func scene(_ world: World, in place: Rectangle) -> Scene {
    var scene = oneStep(
      of: world.dataset, sigma: world.sigma.value,
      noisy: world.noise.points(count(world, place), sigma: world.sigma.value),
      learned: showsLearned ? EstimateQuestion.latest(EstimateQuestion.learned, world) : nil,
      ideal: showsIdeal ? EstimateQuestion.latest(EstimateQuestion.ideal, world) : nil,
      dataSize: place.inside.columns > 80 ? .large : .small)
    world.drawProbe(on: &scene)
    return scene
  }

  private var showsLearned: Bool { showsArrows && comparison != .ideal }
  private var showsIdeal: Bool { showsArrows && comparison != .learned }

  /// As many noisy points as can be told apart in a picture of this size, with an arrow from each, or two. More noise
  /// makes longer arrows, so there are fewer of them, or they would hide the data.
  func count(_ world: World, _ place: Rectangle) -> Int {
    let most = min(max(place.columns * place.rows / 32, 24), 160) / (world.isLecture ? 3 : 1)
    let share = min(1, 0.3 / max(world.sigma.value, 0.01).squareRoot())
    let count = max(Int(Double(most) * share), 10)
    return comparison == .both ? max(count / 2, 8) : count
  }

  /// The entries, the most telling last.
  private func legend(_ data: LegendMark, _ glyphs: Glyphs) -> [[Label]] {
    let points = [data.entry(.data, "data", glyphs), LegendMark.largePoint.entry(.point, "noisy", glyphs)]
    guard showsArrows else { return points }
    let ideal = LegendMark.arrow.entry(.ideal, "ideal", glyphs)
    switch comparison {
    case .learned: return points + [LegendMark.arrow.entry(.arrow, "estimate", glyphs)]
    case .both: return points + [LegendMark.arrow.entry(.arrow, "learned", glyphs), ideal]
    case .ideal: return points + [ideal]
    }
  }
}

extension DenoisePane {
  package func explanations(_ world: World) -> [Explanation] {
    let sigma = world.sigma.value
    let look =
      sigma > 0.5
      ? "So much noise hides the data: the best answer is a mean, between their parts. ← takes noise away."
      : (world.progress ?? 0) < 0.3
        ? "Early on arrows only point to the middle. Watch them bend towards the data as it learns."
        : "Arrows should end on the data. i lays the exact answer beside: where do the two differ?"
    return [
      Explanation(
        "one step from noise",
        shows: "Noisy points, and arrows to where the network thinks that each of them came from.",
        look: look, formula: "x = x0 + sigma·epsilon · x0Hat = x - sigma·epsilonHat")
    ]
  }
}
