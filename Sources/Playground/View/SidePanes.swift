import Plot

/// The loss since it has meant the same, on a log axis.
func lossPane(_ state: State, _ place: Rectangle, _ glyphs: Glyphs) -> CellGrid {
  let value = state.frame.losses.smoothed.map { $0.formatted(significant: 3, padded: true) } ?? "–"
  var pane = CellGrid.box(
    columns: place.columns, rows: place.rows, title: [Label("loss", .text, .bold)],
    value: [Label(value, .accent, .bold)], legend: floorLegend(state, columns: place.columns - 6))
  var chart = Sparkline(state.frame.losses.values, scale: .log)
  chart.floor = state.insight?.floor.map { Double($0.floor) }
  pane.draw(chart.render(columns: place.columns - 4, rows: place.rows - 2, glyphs: glyphs), column: 2, row: 1)
  return pane
}

func ratePane(_ state: State, _ place: Rectangle) -> CellGrid {
  let now = state.frame.learningRate.map { "now " + $0.scientific(significant: 2) } ?? ""
  return sliderPane(
    state.learningRate, place, title: "learning rate", value: state.learningRate.value.scientific(significant: 2),
    remark: now, legend: gradientLegend(state.frame.gradients, columns: place.columns - 6))
}

/// The gradient before clipping, and how often it is clipped.
private func gradientLegend(_ gradients: GradientHistory, columns: Int) -> [Label] {
  guard let norm = gradients.meanNorm else { return [] }
  let text = norm.formatted(significant: 2, padded: true)
  let clipped = percent(gradients.clippedShare)
  let forms = [
    "gradient norm \(text) · \(clipped) clipped", "gradient \(text) · \(clipped) clipped",
    "grad \(text) · \(clipped) cut",
  ]
  return [Label(longest(forms, columns: columns))]
}

/// The first of several ways to say something that fits; else the last.
func longest(_ forms: [String], columns: Int) -> String {
  forms.first { $0.cellWidth <= columns } ?? forms.last ?? ""
}

/// How far the loss has come.
private func floorLegend(_ state: State, columns: Int) -> [Label] {
  guard let insight = state.insight, let (floor, _) = insight.floor else { return [] }
  let floorText = floor.formatted(significant: 3, padded: true)
  let start = [Label("floor " + floorText, .ideal)]
  // Between a key and the next frame, the loss may still be that of other settings.
  guard state.frame.experiment.hasLoss(like: state.experiment), let loss = state.frame.losses.smoothed,
    let progress = insight.progress(loss: loss)
  else { return start }
  let room = columns - start.reduce(0) { $0 + $1.width }
  let share = percent(progress)
  let ways =
    progress < -0.1
    ? [" · worse than predicting zero", " · worse than zero"]
    : [" · \(share) of the way from predicting zero", " · \(share) of the way", " · \(share)"]
  let way = longest(ways, columns: room)
  return start + [Label(way)]
}

private func sliderPane(
  _ slider: LogSlider, _ place: Rectangle, title: String, value: String, remark: String,
  legend: [Label]
) -> CellGrid {
  var pane = CellGrid.box(
    columns: place.columns, rows: place.rows, title: [Label(title, .text, .bold)],
    value: [Label(value, .accent, .bold)], legend: legend)
  drawSlider(slider, on: &pane, row: 1, columns: place.columns - 4)
  pane.write(remark, column: (place.columns - remark.cellWidth) / 2, row: 2, ink: .muted)
  return pane
}

/// A slider over two rows: the track with its knob, and the bounds.
func drawSlider(_ slider: LogSlider, on pane: inout CellGrid, row: Int, columns: Int) {
  let knob = Int((slider.position * Double(columns - 1)).rounded())
  for i in 0..<columns { pane[2 + i, row] = Cell(i < knob ? "━" : "─", i < knob ? .accent : .grid) }
  pane[2 + knob, row] = Cell("●", .accent, .bold)
  pane.write(slider.range.lowerBound.formatted(significant: 3), column: 2, row: row + 1, ink: .muted)
  pane.write([Label(slider.range.upperBound.formatted(significant: 3))], before: 2 + columns, row: row + 1)
}
