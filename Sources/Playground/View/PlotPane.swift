import Diffusion
import Plot

/// The data, noisy points, and where the network thinks that each of them came from.
func plotPane(_ state: State, _ place: Rectangle, _ glyphs: Glyphs) -> CellGrid {
  let (columns, rows) = (place.columns - 2, place.rows - 2)
  var pane = CellGrid.box(
    columns: place.columns, rows: place.rows,
    title: [Label("one step from noise", .text, .bold)],
    legend: [
      Label("● ", .data), Label("data  "), Label("● ", .point), Label("noisy  "), Label("→ ", .arrow),
      Label("estimate"),
    ])
  let noisy = state.noisyPoints(probeCount(place))
  let scene = denoisingScene(
    state, noisy: noisy, estimates: state.showsArrows ? state.estimates : nil,
    dataSize: columns > 80 ? .large : .small)
  pane.draw(glyphs.renderer.render(scene, columns: columns, rows: rows), column: 1, row: 1)
  if let failure = state.frame.failure { pane.drawCentered(warningPanel("\(failure)", columns: min(columns - 2, 44))) }
  return pane
}

/// One denoising step: the same scene on screen and in an exported picture.
func denoisingScene(
  _ state: State, noisy: [Point], estimates: Estimates?, dataSize: Scene.Mark.PointSize = .small
) -> Scene {
  // More points than the finest screen has dots along the curve would only cost time.
  let stride = max(1, state.dataset.points.count / 4096)
  let data = Swift.stride(from: 0, to: state.dataset.points.count, by: stride).map { state.dataset.points[$0] }
  let sigma = state.sigma.value.formatted(significant: 3)
  var scene = Scene(.plane(radius: 1.3), title: "One denoising step, sigma = \(sigma)")
  scene.points(data, size: dataSize, ink: .data, name: "data")
  if let estimates { scene.arrows(from: estimates.x, to: estimates.x0, ink: .arrow, name: "estimate") }
  scene.points(noisy, size: .large, ink: .point, name: "noisy")
  return scene
}

/// As many noisy points as can be told apart in a plot of this size.
func probeCount(_ plot: Rectangle) -> Int {
  min(max(plot.columns * plot.rows / 32, 24), 160)
}

/// A box with a text that nobody overlooks.
private func warningPanel(_ text: String, columns: Int) -> CellGrid {
  let lines = wrap(text, columns: columns - 4)
  var panel = CellGrid.box(
    columns: columns, rows: lines.count + 2, title: [Label("training stopped", .warning, .bold)], ink: .warning)
  for (i, line) in lines.enumerated() { panel.write(line, column: 2, row: 1 + i) }
  return panel
}

/// Breaks a text at spaces.
func wrap(_ text: String, columns: Int) -> [String] {
  var lines: [String] = []
  for word in text.split(separator: " ") {
    if let last = lines.last, last.count + 1 + word.count <= columns {
      lines[lines.count - 1] += " " + word
    } else {
      lines.append(String(word))
    }
  }
  return lines
}
