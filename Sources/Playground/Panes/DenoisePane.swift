import Diffusion
import Interface
import Pictures
import Plot
import Terminal

/// The data, noisy points, and where the network thinks that each of them came from.
package struct DenoisePane: Pane {
  package enum Action: Sendable {
    /// Learned, both, ideal, difference.
    case nextComparison
    case toggleArrows
  }

  package static let word = "denoise"
  package static let bindings: [Binding<Action>] = [
    Binding(
      "i", [.character("i"): .nextComparison], "learned, both, ideal, the difference", footer: ("i", "ideal"),
      rank: 4),
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
    }
    return []
  }

  package func planes(_ world: World, in place: Rectangle) -> [Plane] {
    let sigma = world.sigma.value
    let all = world.noise.all(sigma: sigma)
    var plane = Plane(window: world.noise.window(sigma: sigma), place: place.inside)
    plane.followed = world.noise.points(density(world, place.inside), sigma: sigma).compactMap { point in
      all.firstIndex(of: point).map { (.noisy($0), point) }
    }
    return [plane]
  }

  package func questions(_ world: World, in place: Rectangle) -> [any Question] {
    let density = density(world, place.inside)
    var questions: [any Question] = []
    if showsArrows, comparison.showsLearned {
      questions.append(EstimateQuestion.learned(world, density))
    }
    if showsArrows, comparison.showsIdeal, let ideal = EstimateQuestion.ideal(world, density) {
      questions.append(ideal)
    }
    return questions
  }

  package func draw(_ world: World, in place: Rectangle) -> Drawing {
    let inside = place.inside
    let room = Drawing.room(place.columns)
    let sigma = [Label("sigma "), Label(world.sigma.value.formatted(significant: 3, padded: true), .accent, .bold)]
    let title = longest(["one step from noise", "one step"], columns: room - sigma.width - 3)
    let dataSize = dataSize(world, inside)
    var drawing = Drawing(
      box: place, title: [Label(title, .text, .bold)], value: sigma,
      legend: legend(dataSize, world.glyphs, columns: room))
    drawing.figure(scene(world, in: place), in: inside)
    return drawing
  }

  private func scene(_ world: World, in place: Rectangle) -> Scene {
    let inside = place.inside
    let learned = showsArrows ? world.latest(EstimateQuestion.learned, as: EstimateQuestion.self) : nil
    let ideal = showsArrows ? world.latest(EstimateQuestion.ideal, as: EstimateQuestion.self) : nil
    let noisy =
      (comparison.showsLearned ? learned : ideal)?.x
      ?? world.noise.points(density(world, inside), sigma: world.sigma.value)
    var scene = oneStep(
      of: world.dataset, sigma: world.sigma.value, window: world.noise.window(sigma: world.sigma.value), noisy: noisy,
      learned: learned, ideal: ideal, comparison: comparison, dataSize: dataSize(world, inside))
    world.drawProbe(on: &scene)
    return scene
  }

  /// Without colours a large point would pass for a noisy one.
  private func dataSize(_ world: World, _ inside: Rectangle) -> Scene.Mark.PointSize {
    inside.columns > 80 && world.glyphs != .ascii ? .large : .small
  }

  /// How many noisy points a picture of this size has room for.
  private func density(_ world: World, _ place: Rectangle) -> NoisyPoints.Density {
    let window = world.noise.window(sigma: world.sigma.value)
    var density = NoisyPoints.Density(
      row: Float(window.cellHeight(columns: place.columns, rows: place.rows)), rows: place.rows)
    if world.isLecture { density.count /= 3 }
    return density
  }

  /// What everything is, in as many words as there is room for.
  private func legend(_ dataSize: Scene.Mark.PointSize, _ glyphs: Glyphs, columns: Int) -> [Label] {
    func entry(_ mark: LegendMark, _ ink: Ink, _ name: String) -> [Label] { mark.entry(ink, name, glyphs) }
    let data = entry(LegendMark(dataSize), .data, "data")
    let noisy = ["data + sigma × noise", "data + noise", "noisy"].map { entry(.disc, .point, $0) }
    let cross = entry(.cross, .ideal, "ideal")
    guard showsArrows else { return longest(noisy.map { [data, $0].spaced() }, columns: columns) }
    let forms =
      switch comparison {
      case .learned:
        [
          [data, noisy[0], entry(.arrow, .arrow, "where the network puts it")],
          [data, noisy[1], entry(.arrow, .arrow, "estimate")], [data, noisy[2], entry(.arrow, .arrow, "estimate")],
        ]
      case .both:
        [
          [data, noisy[0], entry(.arrow, .arrow, "the network's estimate"), entry(.cross, .ideal, "the ideal one")],
          [data, noisy[1], entry(.arrow, .arrow, "learned"), cross],
          [data, noisy[2], entry(.arrow, .arrow, "learned"), cross],
          [noisy[2], entry(.arrow, .arrow, "learned"), cross],
        ]
      case .ideal:
        [
          [data, noisy[0], entry(.arrow, .ideal, "the ideal estimate")],
          [data, noisy[1], entry(.arrow, .ideal, "ideal")], [data, noisy[2], entry(.arrow, .ideal, "ideal")],
        ]
      case .difference:
        [
          [data, entry(.cross, .ideal, "ideal estimate"), entry(.arrow, .arrow, "from there to the network's")],
          [data, cross, entry(.arrow, .arrow, "to the learned")], [cross, entry(.arrow, .arrow, "to the learned")],
        ]
      }
    return forms.map { $0.spaced() }.first { $0.width <= columns } ?? forms[forms.count - 1].legend(columns: columns)
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
