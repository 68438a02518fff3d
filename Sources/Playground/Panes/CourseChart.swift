import Diffusion
import Interface
import Plot

/// What the loss view shows: charts over the same steps, and what the cursor reads there.
struct CourseChart {
  private static let pins: [Ink] = [.class2, .class3, .class6, .class7]

  let loss: Chart
  let gradient: Chart
  let rate: Chart
  private let reading: Course.Reading?
  private let rival: Course.Reading?

  /// From the first step to the last of all the courses that are shown.
  static func steps(_ world: World) -> ClosedRange<Double> {
    let readings = courses(world).flatMap { [$0.course.readings.first, $0.course.readings.last] }.compactMap(\.self)
    let steps = readings.map { Double($0.step) }
    guard let first = steps.min(), let last = steps.max() else { return 0...1 }
    // What begins with the first step begins at 0.
    return (first <= 1 ? 0 : first)...max(last, 1)
  }

  /// What is drawn, the most important last, so that it lies on top.
  private static func courses(_ world: World) -> [(name: String, course: Course, ink: Ink)] {
    let kept = world.courses
    var courses: [(String, Course, Ink)] = kept.before.map { [("before", $0.course, .muted)] } ?? []
    courses += kept.pinned.enumerated().map { ("\($0 + 1)", $1.course, pins[$0 % pins.count]) }
    let other = world.rival?.frame?.course
    if let other { courses.append(("B", other, Compared.inkB)) }
    return courses + [(other == nil ? "" : "A", world.isCurrent ? world.frame.course : Course(), Compared.inkA)]
  }

  init(_ world: World, steps: StepWindow, lossScale: Axis.Scale, cursor: Double?) {
    let courses = CourseChart.courses(world)
    let x = steps.axis(CourseChart.steps(world))
    let cap = world.insight?.lossCap ?? .infinity
    func chart(
      _ title: String, _ scale: Axis.Scale, most: Double = .infinity, lines: [Sparkline.Line] = [],
      of courses: [(name: String, course: Course, ink: Ink)], _ value: (Course.Reading) -> Double
    ) -> Chart {
      let shown = courses.flatMap(\.course.readings).filter { x.range.contains(Double($0.step)) }
      let least = shown.map(value).filter { $0 <= most }
      let y = Axis(covering: least + (least.isEmpty ? [] : lines.map(\.value)), scale: scale, title: title)
      var scene = Scene(.chart(x: x, y: y), title: "\(title) by step")
      for (name, course, ink) in courses {
        let points = course.readings.map { SIMD2(Float($0.step), Float(value($0))) }
        scene.polyline(points, ink: ink, name: name.isEmpty ? nil : name)
        if !name.isEmpty, ink != .muted, let end = points.last(where: { x.range.contains(Double($0.x)) }) {
          scene.text(name, at: end, ink: ink)
        }
      }
      var chart = Chart(scene)
      chart.lines = lines
      chart.cursor = cursor ?? (world.rewind == nil ? nil : Double(world.moment.id.step))
      return chart
    }
    var lines: [Sparkline.Line] = []
    if let insight = world.insight {
      lines = [insight.zeroLine]
      if let floor = insight.floor?.floor {
        lines.append(Sparkline.Line(Double(floor), .ideal, names: ["floor: the least possible loss", "floor"]))
      }
    }
    let own = Array(courses.suffix(1))
    loss = chart("loss", lossScale, most: cap, lines: lines, of: courses, \.loss)
    let clip = world.experiment.clipNorm.map { [Sparkline.Line($0, .muted, names: ["clipped to this", "clip"])] } ?? []
    gradient = chart("gradient norm", .log, lines: clip, of: own, \.gradientNorm)
    rate = chart("learning rate", .log, of: own, \.learningRate)
    let step = cursor.map { Int($0.rounded()) } ?? world.moment.id.step
    reading = own[0].course.reading(upTo: step) ?? own[0].course.readings.first
    rival = world.rival?.frame?.course.reading(upTo: step)
  }

  /// Step and loss at the cursor, in several lengths.
  var lossReading: [[Label]] {
    guard let reading else { return [[Label("no step yet")], []] }
    let step = Label("step \(grouped(reading.step))  ")
    let loss = Label(reading.loss.formatted(significant: 3, padded: true), .accent, .bold)
    let other = rival.map {
      [Label("  B "), Label($0.loss.formatted(significant: 3, padded: true), Compared.inkB, .bold)]
    }
    return [[step, loss] + (other ?? []), [step, loss], [loss]]
  }

  var gradientReading: [[Label]] {
    guard let reading else { return [[]] }
    let norm = Label(reading.gradientNorm.formatted(significant: 2, padded: true), .accent, .bold)
    let share = percent(Float(reading.clippedShare))
    return [[norm, Label("  clipped in \(share) of steps")], [norm, Label("  \(share) clipped")], [norm]]
  }

  var rateReading: [[Label]] {
    [[Label(reading?.learningRate.scientific(significant: 2) ?? "", .accent, .bold)]]
  }

  /// What the lines are, and how other runs' settings differ from the present ones.
  func legend(_ world: World, columns: Int) -> [Label] {
    let kept = world.courses
    func entry(_ name: String, _ ink: Ink, _ configuration: Configuration?) -> [[Label]] {
      let mark = LegendMark.line.label(ink, world.glyphs)
      let difference = configuration?.trainingDifferences(from: world.configuration).first
      let isOther = configuration.map { !$0.experiment.hasLoss(like: world.experiment) } ?? false
      let name = isOther ? name + ", another loss" : name
      let long = difference.map { " \(name): \($0.key) \($0.here)" } ?? " \(name)"
      return [[mark, Label(long)], [mark, Label(" \(name)")]]
    }
    var entries = kept.before.map { [entry("before", .muted, $0.configuration)] } ?? []
    entries += kept.pinned.enumerated().map {
      entry("\($0 + 1)", CourseChart.pins[$0 % CourseChart.pins.count], $1.configuration)
    }
    if let rival = world.rival { entries.append(entry("B", Compared.inkB, rival.configuration)) }
    entries.append(entry(world.rival == nil ? "now" : "A", Compared.inkA, nil))
    return longest(
      [entries.map { $0[0] }.spaced(), entries.map { $0[1] }.spaced(), entries[entries.count - 1][1]], columns: columns)
  }
}
