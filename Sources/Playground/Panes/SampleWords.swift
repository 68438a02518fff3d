import Diffusion
import Interface
import Pictures
import Plot

/// What is to be said of samples: around the picture, and in the lines under it.
struct SampleWords {
  private let world: World
  private let player: SamplePlayer

  init(_ world: World, _ player: SamplePlayer) {
    self.world = world
    self.player = player
  }

  /// The lines under the picture, as many whatever they say, so that it keeps its size.
  static func rows(columns: Int) -> Int { columns >= 140 ? 1 : columns >= 38 ? 2 : 4 }

  /// How samples are drawn, and where they are on their way.
  func title(columns: Int) -> (title: [Label], value: [Label]) {
    let settings = world.sampling
    let (name, predictor) = (settings.sampler.name, settings.predictor.rawValue)
    let progress = player.flow.map(progress) ?? [""]
    // The usual spacing goes without saying.
    let spacing = settings.grid.spacing == .automatic ? "" : " · " + settings.grid.spacing.name
    let forms = [
      " · \(settings.steps) steps\(spacing) · \(predictor)", " · \(settings.steps)\(spacing) · \(predictor)",
      " · \(settings.steps) · \(predictor)", " · \(settings.steps)", "",
    ]
    func fitting(_ forms: [String], _ way: String) -> String? {
      let room = columns - (way.isEmpty ? 0 : way.cellWidth + 3)
      return forms.first { name.cellWidth + $0.cellWidth <= room }
    }
    // Who draws stays in sight as long as there is any progress short enough.
    for forms in [Array(forms.prefix(3)), forms] {
      for way in progress {
        guard let rest = fitting(forms, way) else { continue }
        return ([Label(name, .text, .bold), Label(rest)], way.isEmpty ? [] : [Label(way, .accent)])
      }
    }
    return ([Label(name, .text, .bold)], [])
  }

  /// The title of the picture in a file.
  var sceneTitle: String {
    let settings = world.sampling
    var title =
      "\(world.dataset.name): samples, \(settings.sampler.name), \(settings.steps) steps, \(settings.predictor)"
    if settings.grid.spacing != .automatic { title += ", \(settings.grid.spacing.name)" }
    if world.hasClasses { title += ", guidance \(settings.guidance.formatted(significant: 3))" }
    if let flow = player.flow, !flow.hasArrived {
      title += ", at step \(Int(flow.position)), sigma = \(flow.sigma.formatted(significant: 2))"
    }
    return title
  }

  /// Where the samples are on their way, in several lengths.
  private func progress(_ flow: Flow) -> [String] {
    let (step, steps) = (Int(flow.position), flow.trajectory.sigmas.count - 1)
    if flow.hasArrived { return [""] }
    let sigma = "sigma " + flow.sigma.formatted(significant: 2, padded: true)
    return ["step \(step)/\(steps), \(sigma)", "\(step)/\(steps), \(sigma)", sigma, "\(step)/\(steps)"]
  }

  /// What the dots are, and with classes how they are drawn.
  func legend(_ size: Scene.Mark.PointSize, _ dataSize: Scene.Mark.PointSize, columns: Int) -> [Label] {
    let mark = { (size: Scene.Mark.PointSize, ink: Ink) in LegendMark(size).label(ink, world.glyphs) }
    let ofClass = { (label: Int) in
      world.lettersClasses ? Label(letter(ofClass: label), .ofClass(label)) : mark(size, .ofClass(label))
    }
    let (dataset, settings) = (world.dataset, world.sampling)
    guard world.hasClasses else {
      let data = LegendMark(dataSize).entry(.data, "data", world.glyphs)
      let entries = [data, LegendMark(size).entry(.point, "samples", world.glyphs)]
      let ways = LegendMark.line.entry(.point, "their ways", world.glyphs)
      return longest([(entries + [ways]).spaced(), entries.legend(columns: columns)], columns: columns)
    }
    let data = [mark(dataSize, .data), Label(" data  ")]
    let guidance = settings.guidance.formatted(significant: 3)
    let (dots, classes): ([Label], String)
    if let label = settings.label {
      (dots, classes) = ([ofClass(label)], "class \(dataset.classNames[label].shortened(to: 8))")
    } else {
      let count = dataset.classCount
      dots = (0..<min(count, 3)).map(ofClass)
      classes = "\(count) class\(count == 1 ? "" : "es")"
    }
    return longest(
      [" \(classes) · guidance \(guidance)", " \(classes) · guide \(guidance)", " \(classes) ×\(guidance)"].map {
        data + dots + [Label($0)]
      }, columns: columns)
  }

  func remarks(columns: Int) -> [Label] {
    let rows = SampleWords.rows(columns: columns)
    let warnings = warnings
    let wrapped = warnings.flatMap { wrap($0, columns: columns) }.map { Label($0, .warning) }
    guard let finished = player.finished else {
      let words = player.flow.map { flow in
        let held = flow.hasArrived ? "held where they arrive" : "held on their way"
        return [player.isHeld ? "\(held): space lets go" : "samples are on their way"]
          + training(flow.trajectory.request)
      }
      return Array((wrapped + pack(words ?? ["drawing …"], columns: columns).map { Label($0) }).prefix(rows))
    }
    if finished.quality.lost == finished.points.last?.count ?? 0 {
      return [Label("no sample is finite", .warning, .bold)]
    }
    let words = findings(finished, columns: columns)
    if rows == 1 {
      return pack(warnings + words, columns: columns).prefix(1).map { Label($0, warnings.isEmpty ? .muted : .warning) }
    }
    return Array((wrapped + pack(words, columns: columns).map { Label($0) }).prefix(rows))
  }

  /// Why the samples cannot be good, however well the network learns.
  private var warnings: [String] {
    let settings = world.sampling
    let mismatch = world.insight?.mismatch.warning
    guard world.hasClasses, settings.predictor != .ideal else { return mismatch.map { [$0] } ?? [] }
    let untrained: String? =
      switch world.experiment.labelDropout {
      case 0 where settings.guidance > 0: "label dropout 0: guidance is not trained"
      case 1: "label dropout 1: classes are not trained"
      default: nil
      }
    return [mismatch, untrained].compactMap(\.self)
  }

  /// What is to be said of finished samples, what tells most first.
  private func findings(_ finished: Trajectory, columns: Int) -> [String] {
    let quality = finished.quality
    let off = quality.meanDistance.formatted(significant: 2)
    return (quality.lost > 0 ? ["\(quality.lost) lost"] : []) + [
      longest(["\(off) off the data", "\(off) off"], columns: columns),
      "95 % within \(quality.distance95.formatted(significant: 2))",
      "covers \(percent(quality.coverage))",
      copies(quality, columns: columns),
      "Wasserstein \(quality.slicedWasserstein.formatted(significant: 2))",
    ] + (finished.bounded > 0 ? ["\(finished.bounded) bounded"] : []) + training(finished.request) + [
      "\(finished.evaluations) evaluations"
    ]
  }

  /// How long the network had been trained that drew the samples; the ideal denoiser was not.
  private func training(_ request: SampleRequest) -> [String] {
    request.moment.map { ["after step \(grouped($0.step))"] } ?? []
  }

  /// The share of copies, beside the ideal denoiser's, which only copies.
  private func copies(_ quality: SampleQuality, columns: Int) -> String {
    let share = "copies \(percent(quality.copies))"
    guard world.sampling.predictor != .ideal,
      let ideal = world.answers.latest(SampleQuestion.ideal, as: SampleQuestion.self),
      ideal.question.subject == .ideal(world)
    else { return share }
    return longest([share + ", ideal \(percent(ideal.answer.quality.copies))", share], columns: columns)
  }
}
