import Diffusion
import Interface
import Plot

/// What the chart and the words say of A and B.
struct Compared {
  static let inkA = Ink.curve
  static let inkB = Ink.class1
  /// So much of the axis keeps the names of curves apart.
  private static let apart = 0.06

  private let world: World
  private let rival: Rival
  private let a: Course
  private let b: Course
  private let measure: RunComparison.Measure
  private let comparison: RunComparison?
  /// Which of them had been trained further than where they part when the program took it up, if one had.
  private let resumed: String?

  /// Nil while there is no B.
  init?(_ world: World, measure: RunComparison.Measure) {
    guard let rival = world.rival, let frame = rival.frame, world.isCurrent else { return nil }
    (self.world, self.rival, self.measure) = (world, rival, measure)
    (a, b) = (world.frame.course, frame.course)
    resumed =
      [("A", world.frame.history), ("B", frame.history)].first { _, history in
        history.checkpoints.first.map { $0.step > rival.start } ?? false
      }?.0
    comparison = resumed == nil ? RunComparison(a: a, b: b, from: rival.start, measure: measure) : nil
  }

  /// Whether the losses of both mean the same.
  private var isComparable: Bool { world.experiment.hasLoss(like: rival.configuration.experiment) }

  /// Both losses over what both have had, on a log axis.
  ///
  /// - Parameter rows: Of the chart.
  func chart(rows: Int) -> Chart {
    let cap = world.insight?.lossCap ?? .infinity
    let losses = (a.readings + b.readings).map(\.loss).filter { $0 <= cap }
    var lines: [Sparkline.Line] = []
    if let floor = world.insight?.floor?.floor, isComparable {
      lines = [Sparkline.Line(Double(floor), .ideal, names: ["floor: the least possible loss", "floor"])]
    }
    let x = Axis(
      covering: [0] + (a.readings + b.readings).map(measure.of), title: measure == .seconds ? "s" : "points")
    let y = Axis(covering: losses + lines.map(\.value), scale: .log, title: "loss")
    var scene = Scene(.chart(x: x, y: y), title: "Losses of A and B")
    let curves = [("A", a, Compared.inkA), ("B", b, Compared.inkB)].map { name, course, ink in
      (name, course.readings.map { SIMD2(Float(measure.of($0)), Float($0.loss)) }, ink)
    }
    for (name, points, ink) in curves { scene.polyline(points, ink: ink, name: name) }
    let ends = curves.compactMap { _, points, _ in
      points.last.flatMap { end in
        x.position(of: Double(end.x)).flatMap { x in y.position(of: Double(end.y)).map { (x, $0) } }
      }
    }
    // Where both end together, one name would hide the other.
    let isTogether =
      ends.count == 2 && abs(ends[0].0 - ends[1].0) < Compared.apart
      && abs(ends[0].1 - ends[1].1) * Double(rows - 2) < 1
    for (name, points, ink) in curves {
      let isEarlier = isTogether && name == "A"
      let place = points.last { !isEarlier || x.position(of: Double($0.x)) ?? 0 < ends[1].0 - Compared.apart }
      if let place { scene.text(name, at: place, ink: ink) }
    }
    var chart = Chart(scene)
    chart.lines = lines
    if world.rewind != nil { chart.cursor = a.reading(upTo: world.moment.id.step).map(measure.of) }
    return chart
  }

  /// What differs, and what comes of it, the most telling first; each in several lengths.
  func words(columns: Int) -> [[Label]] { [result(columns), difference(columns), state(columns)] }

  private func difference(_ columns: Int) -> [Label] {
    let (a, b) = ([Label("A ", Compared.inkA, .bold)], [Label("B ", Compared.inkB, .bold)])
    let differences = rival.configuration.trainingDifferences(from: world.configuration)
    guard let first = differences.first else { return [Label("A and B have the same settings: o changes B's")] }
    let more = differences.count - 1
    let rest = more == 0 ? "" : ", and \(more) more"
    let here = differences.prefix(2).map { "\($0.key) \($0.here)" }.joined(separator: ", ")
    let there = differences.prefix(2).map(\.there).joined(separator: ", ")
    let others = more < 2 ? "" : ", and \(more - 1) more"
    return longest(
      [
        b + [Label("has \(here), ")] + a + [Label("\(there)\(others)")],
        b + [Label("has \(here)\(others)")],
        b + [Label("has \(first.key) \(first.here), ")] + a + [Label("\(first.there)\(rest)")],
        b + [Label("has \(first.key) \(first.here)\(rest)")], b + [Label("\(first.key) \(first.here)")],
      ], columns: columns)
  }

  private func result(_ columns: Int) -> [Label] {
    if let failure = rival.newest?.failure {
      var forms = ["B stopped: \(failure)", "B stopped: not finite"]
      if case .nonFinite(let tensor, let step) = failure {
        let place = "at \(grouped(step)): \(tensor)"
        forms.insert(contentsOf: ["B stopped \(place) is not finite", "B stopped \(place)"], at: 1)
      }
      return longest(forms.map { [Label($0, .warning)] }, columns: columns)
    }
    guard isComparable else {
      let forms = ["their losses count different things: compare the pictures", "losses count different things"]
      return [Label(longest(forms, columns: columns))]
    }
    if let resumed {
      let forms = [
        "\(resumed) was resumed: what it took to come so far is not known",
        "\(resumed) was resumed: its past is not known",
        "\(resumed) was resumed",
      ]
      return [Label(longest(forms, columns: columns))]
    }
    guard let comparison else {
      return [Label(longest(["B has hardly begun to learn", "B has hardly begun"], columns: columns))]
    }
    guard let ahead = comparison.ahead else { return [Label("A and B are level", .text, .bold)] }
    let (first, second) = ahead == .a ? ("A", "B") : ("B", "A")
    let ink = ahead == .a ? Compared.inkA : Compared.inkB
    guard let ratio = comparison.ratio else { return [Label("\(first) is ahead", ink, .bold)] }
    let times = ratio.formatted(significant: ratio < 10 ? 2 : 3, padded: true) + "×"
    let equal = measure == .seconds ? "in seconds" : "in points"
    return longest(
      [
        "\(first) came to \(second)'s loss \(times) sooner, \(equal)",
        "\(first) \(times) sooner at \(second)'s loss, \(equal)",
        "\(first) \(times) sooner, \(equal)", "\(first) \(times) sooner",
      ].map { [Label($0, ink, .bold)] }, columns: columns)
  }

  /// How much both have had, and what their losses were by then.
  private func state(_ columns: Int) -> [Label] {
    let (mine, other) = (world.frame.seconds, rival.frame?.seconds ?? 0)
    if other < 0.98 * mine - 0.2 {
      let forms = ["B catches up: \(seconds(other)) of \(seconds(mine))", "B catches up"]
      return [Label(longest(forms, columns: columns))]
    }
    guard isComparable, let comparison else { return [] }
    let effort = measure == .seconds ? seconds(comparison.effort) : grouped(Int(comparison.effort)) + " points"
    let losses =
      [Label("A ", Compared.inkA), Label(comparison.a.formatted(significant: 3, padded: true), .text)]
      + [Label("  B ", Compared.inkB), Label(comparison.b.formatted(significant: 3, padded: true), .text)]
    let since = rival.start == 0 ? "" : " since step \(grouped(rival.start))"
    return longest(
      [[Label("after \(effort) each\(since): ")] + losses, [Label("after \(effort): ")] + losses, losses],
      columns: columns)
  }

  private func seconds(_ seconds: Double) -> String { seconds.formatted(significant: 3) + " s" }
}
