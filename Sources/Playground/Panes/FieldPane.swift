import Diffusion
import Interface
import Pictures
import Plot
import Terminal

/// Where a denoiser leads from everywhere, and what that makes of noise: its density, and a mesh that the flow bends.
package struct FieldPane: Pane {
  package enum Action: Sendable {
    /// Learned, both, ideal, difference.
    case nextComparison
    case nextGround
  }

  /// What lies beneath the arrows.
  enum Ground: CaseIterable, Sendable {
    case data, density, mesh
  }

  package static let word = "field"
  package static let bindings: [Binding<Action>] = [
    Binding(
      "i", [.character("i"): .nextComparison], "learned, both, ideal, the difference", footer: ("i", "ideal"),
      rank: 4),
    Binding(
      "o", [.character("o"): .nextGround], "density, or a mesh that the flow bends",
      footer: ("o", "density"), rank: 4),
  ]

  var comparison = Comparison.learned
  var ground = Ground.data

  package mutating func update(_ action: Action, _ world: inout World) -> [Effect] {
    switch action {
    case .nextComparison: comparison = Comparison.allCases.element(after: comparison)
    case .nextGround: ground = Ground.allCases.element(after: ground)
    }
    return []
  }

  package func questions(_ world: World, in place: Rectangle) -> [any Question] {
    let parts = parts(place)
    let part = parts[0].picture
    var questions: [any Question] = []
    if ground != .mesh, comparison.showsLearned { questions.append(FieldQuestion.learned(world, in: part)) }
    if ground != .mesh, comparison.showsIdeal, let ideal = FieldQuestion.ideal(world, in: part) {
      questions.append(ideal)
    }
    switch ground {
    case .data: break
    case .density:
      questions += [DensityQuestion.exact, DensityQuestion.learned].compactMap { topic in
        topic == DensityQuestion.learned && !comparison.showsLearned
          ? nil : DensityQuestion(topic, world, columns: part.columns)
      }
    case .mesh: questions += parts.compactMap { MeshQuestion($0.mesh, world) }
    }
    return questions
  }

  package func planes(_ world: World, in place: Rectangle) -> [Plane] { draw(world, in: place).planes }

  package func draw(_ world: World, in place: Rectangle) -> Drawing {
    let room = Drawing.room(place.columns)
    let sigma = [Label("sigma "), Label(world.sigma.value.formatted(significant: 3, padded: true), .accent, .bold)]
    let title = longest(
      comparison == .difference
        ? ["where the network's step differs from the ideal one", "learned less ideal step", "learned less ideal"]
        : ["where one step leads from everywhere", "where one step leads", "field"],
      columns: room - sigma.width - 3)
    var drawing = Drawing(
      box: place, title: [Label(title, .text, .bold)], value: sigma,
      legend: legend(world, hasContours: hasContours(world, parts(place)[0].picture), columns: room))
    for part in parts(place) {
      if let name = part.name {
        let text = name.text.shortened(to: part.picture.columns)
        let column = part.picture.column + (part.picture.columns - text.cellWidth) / 2
        drawing.write([Label(text, name.ink, .bold)], column: column, row: part.picture.row - 1)
      }
      drawing.figure(scene(world, part), in: part.picture)
    }
    return drawing
  }

  /// A picture, and of which denoiser.
  private struct Part {
    let comparison: Comparison
    let picture: Rectangle
    var name: Label?

    var mesh: Topic { comparison == .ideal ? MeshQuestion.ideal : MeshQuestion.learned }
  }

  /// Two where both are looked at, of the same size.
  private func parts(_ place: Rectangle) -> [Part] {
    var pictures = place.inside
    guard comparison == .both else { return [Part(comparison: comparison, picture: pictures)] }
    _ = pictures.cut(1, from: .top)
    let (left, right) = pictures.halves()
    return [
      Part(comparison: .learned, picture: left, name: Label("learned", .arrow)),
      Part(comparison: .ideal, picture: right, name: Label("ideal", .ideal)),
    ]
  }

  private func scene(_ world: World, _ part: Part) -> Scene {
    let window = world.noise.window(sigma: world.sigma.value)
    let (learned, ideal) = (
      world.latest(FieldQuestion.learned, as: FieldQuestion.self),
      world.latest(FieldQuestion.ideal, as: FieldQuestion.self)
    )
    let isIdeal = part.comparison == .ideal
    // A mesh is lines enough.
    let field: VectorField? =
      switch part.comparison {
      case _ where ground == .mesh: nil
      case .learned, .both: learned
      case .ideal: ideal
      case .difference: ideal.flatMap { learned?.difference(from: $0) }
      }
    let name =
      switch part.comparison {
      case .learned, .both: "the network's field"
      case .ideal: "the ideal field"
      case .difference: "the network's field less the ideal one"
      }
    var scene = fieldArrows(
      of: world.dataset,
      title: "\(world.dataset.name): \(name), sigma = \(world.sigma.value.formatted(significant: 3))",
      window: window, field, ink: isIdeal ? .ideal : .arrow,
      spacing: FieldGrid(columns: part.picture.columns, rows: part.picture.rows).spacing(window),
      densities: densities(world, part),
      mesh: ground == .mesh ? world.latest(part.mesh, as: MeshQuestion.self) ?? [] : [],
      dataSize: part.picture.columns > 80 && world.glyphs != .ascii ? .large : .small)
    world.drawProbe(on: &scene)
    return scene
  }

  /// What is known of them: in two pictures each its own.
  private func densities(_ world: World, _ part: Part) -> Densities? {
    guard ground == .density, var densities = DensityQuestion.latest(DensityQuestion.exact, world) else { return nil }
    if part.comparison != .ideal { densities.learned = DensityQuestion.latest(DensityQuestion.learned, world)?.learned }
    if !hasContours(world, part.picture) { densities.contours = [] }
    return densities
  }

  /// Whether contours around what is as wide as the noise can be told from each other; else they would cover everything.
  private func hasContours(_ world: World, _ picture: Rectangle) -> Bool {
    let window = world.noise.window(sigma: world.sigma.value)
    let dots = Double(world.glyphs.renderer.dotsDown) * world.sigma.value
    return dots >= 2 * window.cellHeight(columns: picture.columns, rows: picture.rows)
  }

  /// What everything is, in as many words as there is room for.
  private func legend(_ world: World, hasContours: Bool, columns: Int) -> [Label] {
    func arrow(_ ink: Ink, _ word: String) -> [Label] { LegendMark.direction.entry(ink, word, world.glyphs) }
    func line(_ ink: Ink, _ word: String) -> [Label] { LegendMark.line.entry(ink, word, world.glyphs) }
    let ink = comparison == .ideal ? Ink.ideal : .arrow
    let word = comparison == .difference ? "learned less ideal" : comparison == .ideal ? "ideal" : "learned"
    switch ground {
    case .data:
      let data = LegendMark.smallPoint.entry(.data, "data", world.glyphs)
      let off = comparison == .difference ? difference(world).map { " (\($0) in the mean)" } ?? "" : ""
      return longest(
        [
          [
            data, arrow(ink, "\(word)\(off): the dimmer, the nearer"),
            LegendMark.smallPoint.entry(ink, "stays", world.glyphs),
          ]
          .spaced(),
          [data, arrow(ink, "\(word)\(off), dim: near")].spaced(), [data, arrow(ink, word + ", dim: near")].spaced(),
          [data, arrow(ink, word)].spaced(), arrow(ink, word),
        ], columns: columns)
    case .density:
      let own = comparison == .ideal ? "exact density" : comparison == .both ? "density" : "learned density"
      let short = comparison == .ideal ? "exact" : comparison == .both ? "density" : "learned"
      let shades = [Label("░▒▓", .data), Label(" " + own)]
      guard hasContours else { return shades.shortened(to: columns) }
      return longest(
        [
          [shades, line(.ideal, "holds exactly 50 % and 90 % of noisy points"), arrow(ink, "one step")].spaced(),
          [shades, line(.ideal, "holds exactly 50 % and 90 % of noisy points")].spaced(),
          [shades, line(.ideal, "exact: 50, 90 %")].spaced(),
          [[shades[0], Label(" \(short)")], line(.ideal, "exact 50, 90 %")].spaced(), shades,
        ], columns: columns)
    case .mesh:
      return longest(
        [
          line(.grid, "a square mesh of pure noise, as the flow has bent it down to sigma"),
          line(.grid, "a mesh of noise, bent by the flow"), line(.grid, "mesh of noise"),
        ], columns: columns)
    }
  }

  /// How far the network is off, in the mean over the picture.
  private func difference(_ world: World) -> String? {
    guard let learned = world.latest(FieldQuestion.learned, as: FieldQuestion.self),
      let ideal = world.latest(FieldQuestion.ideal, as: FieldQuestion.self)
    else { return nil }
    return learned.difference(from: ideal)?.meanLength.formatted(significant: 2)
  }
}

extension FieldPane {
  package func explanations(_ world: World) -> [Explanation] {
    let look =
      switch ground {
      case .data: "Between the turns arrows part: which is nearer decides. More noise (→), and all lead to the middle."
      case .density: "Do the network's shades fill the contours, which hold exactly 50 % and 90 % of noisy points?"
      case .mesh:
        "Take noise away (←): the squares of pure noise are drawn out along the data, and tear between its turns."
      }
    return [
      Explanation(
        "where one step leads", shows: "The way from every place to where the network thinks a noisy point came from.",
        look: look, formula: "x0Hat - x = -sigma·epsilonHat(x, sigma)")
    ]
  }
}
