import Plot

/// The loss since the last reset, on a log axis.
func lossPane(_ state: State, _ place: Rectangle, _ glyphs: Glyphs) -> CellGrid {
  let value = state.frame.losses.smoothed.map { $0.formatted(significant: 3, padded: true) } ?? "–"
  var pane = CellGrid.box(
    columns: place.columns, rows: place.rows, title: [Label("loss", .text, .bold)],
    value: [Label(value, .accent, .bold)])
  let chart = Sparkline(state.frame.losses.values, scale: .log)
  pane.draw(chart.render(columns: place.columns - 4, rows: place.rows - 2, glyphs: glyphs), column: 2, row: 1)
  return pane
}

func sigmaPane(_ state: State, _ place: Rectangle) -> CellGrid {
  sliderPane(
    state.sigma, place, title: "noise sigma", value: state.sigma.value.formatted(significant: 3, padded: true),
    remark: "")
}

func ratePane(_ state: State, _ place: Rectangle) -> CellGrid {
  let now = state.frame.learningRate.map { "now " + $0.scientific(significant: 2) } ?? ""
  return sliderPane(
    state.learningRate, place, title: "learning rate", value: state.learningRate.value.scientific(significant: 2),
    remark: now)
}

private func sliderPane(_ slider: LogSlider, _ place: Rectangle, title: String, value: String, remark: String)
  -> CellGrid
{
  var pane = CellGrid.box(
    columns: place.columns, rows: place.rows, title: [Label(title, .text, .bold)],
    value: [Label(value, .accent, .bold)])
  let width = place.columns - 4
  let knob = Int((slider.position * Double(width - 1)).rounded())
  for i in 0..<width { pane[2 + i, 1] = Cell(i < knob ? "━" : "─", i < knob ? .accent : .grid) }
  pane[2 + knob, 1] = Cell("●", .accent, .bold)
  let (low, high) = (slider.range.lowerBound, slider.range.upperBound)
  pane.write(low.formatted(significant: 3), column: 2, row: 2, ink: .muted)
  pane.write([Label(high.formatted(significant: 3))], before: place.columns - 2, row: 2)
  pane.write(remark, column: (place.columns - remark.unicodeScalars.count) / 2, row: 2, ink: .muted)
  return pane
}
