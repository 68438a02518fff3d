import Diffusion
import Plot

/// Samples on their way from noise to data, and what is to be said of them.
func samplePane(_ state: State, _ place: Rectangle, _ glyphs: Glyphs) -> CellGrid {
  let (columns, rows) = (place.columns - 2, place.rows - 2)
  let settings = state.samples.settings
  var pane = CellGrid.box(
    columns: place.columns, rows: place.rows,
    title: title(settings, columns: columns - 4),
    legend: legend(state, columns: columns - 4))
  let remarks = remarks(state, columns: columns - 2)
  let pictureRows = rows - SampleWords.rows(columns: columns - 2)
  // Single dots get lost on a large screen, and among the data where there is no colour.
  let scene = sampleScene(
    state, size: columns > 80 || glyphs == .ascii ? .large : .small, dataSize: columns > 80 ? .large : .small)
  pane.draw(glyphs.renderer.render(scene, columns: columns, rows: pictureRows), column: 1, row: 1)
  for (i, line) in remarks.enumerated() {
    pane.write([line], column: 2, row: 1 + pictureRows + i)
  }
  if let failure = state.failure { pane.drawCentered(warningPanel(failure, columns: min(columns - 2, 44))) }
  return pane
}

private func title(_ settings: SampleSettings, columns: Int) -> [Label] {
  let name = settings.sampler.name
  let forms = [
    " · \(settings.steps) steps · \(settings.predictor.rawValue)",
    " · \(settings.steps) · \(settings.predictor.rawValue)",
  ]
  return [Label(name, .text, .bold), Label(longest(forms, columns: columns - name.cellWidth))]
}

/// What the dots are, and with classes how they are drawn. Without colours the words still hold.
private func legend(_ state: State, columns: Int) -> [Label] {
  let (dataset, settings) = (state.dataset, state.samples.settings)
  let data = [Label("● ", .data), Label("data  ")]
  guard state.hasClasses else { return data + [Label("● ", .point), Label("samples")] }
  let guidance = settings.guidance.formatted(significant: 3)
  let (dots, classes): ([Label], String)
  if let label = settings.label {
    (dots, classes) = ([Label("●", .ofClass(label))], "class \(dataset.classNames[label].shortened(to: 8))")
  } else {
    let count = dataset.classCount
    dots = Ink.classes.prefix(min(count, 3)).map { Label("●", $0) }
    classes = "\(count) class\(count == 1 ? "" : "es")"
  }
  let room = columns - (data + dots).reduce(0) { $0 + $1.width }
  let forms = [" \(classes) · guidance \(guidance)", " \(classes) · guide \(guidance)", " \(classes) ×\(guidance)"]
  return data + dots + [Label(longest(forms, columns: room))]
}

/// The data and the samples at one moment, from so far away that the noise fits in.
func sampleScene(_ state: State, size: Scene.Mark.PointSize = .small, dataSize: Scene.Mark.PointSize = .small) -> Scene
{
  let flow = state.samples.flow
  let radius = max(1.3, 2 * (flow?.sigma ?? 0))
  let settings = state.samples.settings
  var title = "Samples: \(settings.sampler.name), \(settings.steps) steps, \(settings.predictor)"
  if state.hasClasses { title += ", guidance \(settings.guidance.formatted(significant: 3))" }
  var scene = Scene(.plane(radius: radius), title: title)
  scene.points(shownData(state.dataset), size: dataSize, ink: .data, name: "data")
  guard let flow else { return scene }
  let (points, labels) = (flow.points, flow.trajectory.labels)
  guard !labels.isEmpty else {
    scene.points(points, size: size, ink: .point, name: "samples")
    return scene
  }
  let names = state.dataset.classNames
  for (turn, ink) in Ink.classes.enumerated() {
    let own = points.indices.filter { labels[$0] % Ink.classes.count == turn }
    guard !own.isEmpty else { continue }
    // An ink that stands for several classes has no name.
    let name = names.count <= Ink.classes.count ? "class \(names[turn])" : nil
    scene.points(own.map { points[$0] }, size: size, ink: ink, name: name)
  }
  return scene
}

/// As many samples as a plot of this size shows well.
func sampleCount(_ plot: Rectangle?) -> Int {
  guard let plot else { return 500 }
  return min(max(400 + plot.columns * plot.rows / 8, 500), 1000)
}

/// The words under the picture.
enum SampleWords {
  /// The lines that they get, so that the picture keeps its size.
  static func rows(columns: Int) -> Int { columns >= 140 ? 1 : columns >= 38 ? 2 : 4 }
}

private func remarks(_ state: State, columns: Int) -> [Label] {
  let rows = SampleWords.rows(columns: columns)
  guard let flow = state.samples.flow, flow.trajectory.request.settings == state.samples.settings else {
    return [Label("drawing …")]
  }
  if flow.hasArrived, flow.trajectory.quality.lost == flow.points.count {
    return [Label("no sample is finite", .warning, .bold)]
  }
  let warnings = warnings(state)
  let words = flow.hasArrived ? findings(state, flow.trajectory) : progress(flow)
  if rows == 1 {
    return pack(warnings + words, columns: columns).prefix(1).map { Label($0, warnings.isEmpty ? .muted : .warning) }
  }
  let lines =
    warnings.flatMap { wrap($0, columns: columns) }.map { Label($0, .warning) }
    + pack(words, columns: columns).map { Label($0) }
  return Array(lines.prefix(rows))
}

/// Why the samples cannot be good, however well the network learns.
private func warnings(_ state: State) -> [String] {
  let settings = state.samples.settings
  let mismatch = state.insight?.mismatch.warning
  guard state.hasClasses, settings.predictor != .ideal else { return mismatch.map { [$0] } ?? [] }
  let untrained: String? =
    switch state.experiment.labelDropout {
    case 0 where settings.guidance > 0: "label dropout 0: guidance is not trained"
    case 1: "label dropout 1: classes are not trained"
    default: nil
    }
  return [mismatch, untrained].compactMap(\.self)
}

/// Where the samples are on their way.
private func progress(_ flow: Flow) -> [String] {
  [
    "step \(Int(flow.position))/\(flow.trajectory.sigmas.count - 1)",
    "sigma " + flow.sigma.formatted(significant: 2, padded: true), evaluations(flow.trajectory),
  ] + training(flow.trajectory)
}

/// What is to be said of finished samples, what tells most first.
private func findings(_ state: State, _ trajectory: Trajectory) -> [String] {
  let quality = trajectory.quality
  return (quality.lost > 0 ? ["\(quality.lost) lost"] : []) + [
    "\(quality.meanDistance.formatted(significant: 2)) off the data",
    "95 % within \(quality.distance95.formatted(significant: 2))",
    "covers \(percent(quality.coverage))",
    copies(state, quality),
    "Wasserstein \(quality.slicedWasserstein.formatted(significant: 2))",
  ] + training(trajectory) + [evaluations(trajectory)]
}

private func evaluations(_ trajectory: Trajectory) -> String { "\(trajectory.evaluations) evaluations" }

/// How long the network had been trained that drew the samples; the ideal denoiser was not.
private func training(_ trajectory: Trajectory) -> [String] {
  trajectory.request.settings.predictor == .ideal ? [] : ["after step \(grouped(trajectory.request.step))"]
}

/// The share of copies, beside the ideal denoiser's, which only copies.
private func copies(_ state: State, _ quality: SampleQuality) -> String {
  let share = "copies \(percent(quality.copies))"
  guard state.samples.settings.predictor != .ideal, let ideal = state.samples.idealCopies else { return share }
  return share + ", ideal \(percent(ideal))"
}

/// Parts on as few lines as hold them.
func pack(_ parts: [String], columns: Int) -> [String] {
  var lines: [String] = []
  for part in parts {
    if let last = lines.last, last.cellWidth + 3 + part.cellWidth <= columns {
      lines[lines.count - 1] = last + " · " + part
    } else {
      lines.append(part)
    }
  }
  return lines
}

/// `42 %`
func percent(_ share: Float) -> String {
  share.isFinite ? "\(Int((100 * min(max(share, -99), 99)).rounded())) %" : "– %"
}
