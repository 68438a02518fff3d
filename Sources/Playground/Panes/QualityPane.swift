import Diffusion
import Interface
import Pictures
import Plot
import Terminal

/// How good samples are for how many evaluations of the network, by every sampler: a chart that fills while one watches.
package struct QualityPane: Pane {
  package enum Action: Sendable {
    case toggleIdeal
    case measureAgain
  }

  package static let word = "quality"
  package static let bindings: [Binding<Action>] = [
    Binding("i", [.character("i"): .toggleIdeal], "learned, or ideal", footer: ("i", "ideal"), rank: 4),
    Binding(
      "o", [.character("o"): .measureAgain], "measure the network as it is now", footer: ("o", "measure"), rank: 4),
  ]
  /// The share of the time that may be spent measuring while the network trains, and what an evaluation takes, in
  /// seconds, about.
  private static let share = 0.05
  private static let cost = 2e-3

  private(set) var measurement: QualityMeasurement?
  private var showsIdeal = false
  /// Seconds that may be spent on the next question.
  private var credit = 0.0

  package func reason(against action: Action, _ world: World) -> String? {
    if case .measureAgain = action, measurement?.id.moment == world.moment.id {
      return "the network is still the one that is measured"
    }
    return nil
  }

  package mutating func update(_ action: Action, _ world: inout World) -> [Effect] {
    switch action {
    case .toggleIdeal: showsIdeal.toggle()
    case .measureAgain: measurement = QualityMeasurement(world)
    }
    return []
  }

  package mutating func appear(_ world: World) { pass(0, world) }

  package mutating func pass(_ seconds: Double, _ world: World) {
    guard world.isCurrent else { return measurement = nil }
    if measurement?.isOf(world) != true { measurement = QualityMeasurement(world) }
    // It may be about the first cell of an earlier measurement.
    if let (question, point) = world.answers.latest(QualityQuestion.topic, as: QualityQuestion.self),
      question.subject.measurement == measurement?.id, question.subject.cell == measurement?.next
    {
      measurement?.take(point, question.subject.cell)
      credit = 0
    }
    credit += seconds
  }

  package func isMoving(_ world: World) -> Bool {
    // Otherwise the answer wakes it.
    world.isTraining && measurement?.next != nil && !mayAsk(world)
  }

  /// Whether enough time has passed since the last question; while nothing trains there is no need to wait.
  private func mayAsk(_ world: World) -> Bool {
    guard let cell = measurement?.next else { return false }
    return !world.isTraining || credit * QualityPane.share >= QualityPane.cost * Double(cell.budget)
  }

  package func questions(_ world: World, in place: Rectangle) -> [any Question] {
    guard let insight = world.insight, let measurement, let cell = measurement.next, mayAsk(world) else { return [] }
    return [QualityQuestion(cell, measurement, insight: insight)]
  }

  package func draw(_ world: World, in place: Rectangle) -> Drawing {
    let room = Drawing.room(place.columns)
    let whose =
      switch world.sampling.predictor {
      case _ where showsIdeal, .ideal: "the ideal denoiser"
      case .average: "the average"
      case .learned: "the network"
      }
    let (title, state) = title(whose, columns: room)
    var drawing = Drawing(
      box: place, title: [Label(title, .text, .bold)], value: [Label(state, .accent)],
      legend: showsIdeal ? [] : LegendMark.line.entry(.ideal, "the ideal denoiser's best", world.glyphs))
    var picture = place.inside.inset(columns: 1)
    let names = Sampler.all.enumerated().map { number, sampler in
      [Label("\(number + 1) ", .ofClass(number), .bold), Label(sampler.name)]
    }
    let lines = packed(names, columns: picture.columns)
    let below = picture.cut(min(lines.count, max(picture.rows - 6, 0)), from: .bottom)
    var chart = Chart(scene(world, whose))
    // The axis ends with the greatest numbers, which its title would hide.
    chart.hidesTitle = title.contains("evaluations")
    drawing.figure(chart, in: picture)
    for (i, line) in lines.prefix(below.rows).enumerated() {
      drawing.write(line, column: below.column, row: below.row + i)
    }
    return drawing
  }

  /// What the chart shows, and how far it is filled, of which network. That evaluations are counted is said before
  /// anything else: else the chart's axis has to say it, where its greatest numbers would stand.
  private func title(_ whose: String, columns: Int) -> (title: String, state: String) {
    let names = [
      "distance by evaluations, every sampler with \(whose)", "distance by evaluations, \(whose)",
      "distance by evaluations",
    ]
    guard let measurement else { return (longest(names, columns: columns), "") }
    let step = "step " + grouped(measurement.id.moment.step)
    let share = measurement.next == nil ? step : percent(measurement.progress)
    let forms = names.map { ($0, measurement.next == nil ? step : "\(step), \(share)") } + [(names[2], share)]
    return forms.first { $0.0.cellWidth + $0.1.cellWidth + 3 <= columns } ?? ("distance", share)
  }

  private func scene(_ world: World, _ whose: String) -> Scene {
    qualityCurve(
      of: world.dataset, measurement?.points(isIdeal: showsIdeal) ?? [], samplers: Sampler.all.map(\.name),
      best: showsIdeal ? [] : measurement?.best ?? [], title: "quality by evaluations, \(whose)")
  }

  /// Entries on as few lines as hold them.
  private func packed(_ entries: [[Label]], columns: Int) -> [[Label]] {
    var lines: [[Label]] = []
    for entry in entries {
      if let last = lines.last, last.width + 2 + entry.width <= columns {
        lines[lines.count - 1] = last + [Label("  ")] + entry
      } else {
        lines.append(entry)
      }
    }
    return lines
  }
}

extension QualityPane {
  package func explanations(_ world: World) -> [Explanation] {
    [
      Explanation(
        "distance by evaluations",
        shows: "How far samples are from the data (sliced Wasserstein) after so many evaluations, by every sampler.",
        look: "Where do the lines stop falling? From there on the network errs, not the sampler: i shows the ideal's.",
        formula: "mean distance of sorted projections over directions")
    ]
  }
}
