import Diffusion
import Plot

/// The data, noisy points, and where the network thinks that each of them came from.
func plotPane(_ state: State, _ place: Rectangle, _ glyphs: Glyphs) -> CellGrid {
  let (columns, rows) = (place.columns - 2, place.rows - 2)
  var pane = CellGrid.box(
    columns: place.columns, rows: place.rows,
    title: [Label("one step from noise", .text, .bold)],
    legend: [Label("● ", .data), Label("data  "), Label("● ", .point), Label("noisy")] + arrowLegend(state))
  let noisy = state.noisyPoints(probeCount(place, state.comparison))
  let scene = denoisingScene(
    state, noisy: noisy, estimates: shownEstimates(state), dataSize: columns > 80 ? .large : .small)
  pane.draw(glyphs.renderer.render(scene, columns: columns, rows: rows), column: 1, row: 1)
  if let failure = state.failure { pane.drawCentered(warningPanel(failure, columns: min(columns - 2, 44))) }
  return pane
}

/// One denoising step: the same scene on screen and in an exported picture.
func denoisingScene(
  _ state: State, noisy: [Point], estimates: (learned: Estimates?, ideal: Estimates?),
  dataSize: Scene.Mark.PointSize = .small
) -> Scene {
  let sigma = state.sigma.value.formatted(significant: 3)
  var scene = Scene(.plane(radius: 1.3), title: "One denoising step, sigma = \(sigma)")
  scene.points(shownData(state.dataset), size: dataSize, ink: .data, name: "data")
  if let learned = estimates.learned { scene.arrows(from: learned.x, to: learned.x0, ink: .arrow, name: "estimate") }
  if let ideal = estimates.ideal { scene.arrows(from: ideal.x, to: ideal.x0, ink: .ideal, name: "ideal") }
  scene.points(noisy, size: .large, ink: .point, name: "noisy")
  return scene
}

/// What the arrows show now.
func shownEstimates(_ state: State) -> (learned: Estimates?, ideal: Estimates?) {
  guard state.showsArrows else { return (nil, nil) }
  return (
    state.comparison == .ideal ? nil : state.estimates, state.comparison == .learned ? nil : state.idealEstimates
  )
}

private func arrowLegend(_ state: State) -> [Label] {
  guard state.showsArrows else { return [] }
  let learned = [Label("  → ", .arrow), Label(state.comparison == .both ? "learned" : "estimate")]
  let ideal = [Label("  → ", .ideal), Label("ideal")]
  switch state.comparison {
  case .learned: return learned
  case .both: return learned + ideal
  case .ideal: return ideal
  }
}

/// The data as far as a screen can show it: more points than the finest has dots along the curve would only cost time.
func shownData(_ dataset: Dataset) -> [Point] { dataset.sample(atMost: 4096) }

/// As many noisy points as can be told apart in a plot of this size, with an arrow from each, or two.
func probeCount(_ plot: Rectangle, _ comparison: State.Comparison) -> Int {
  let count = min(max(plot.columns * plot.rows / 32, 24), 160)
  return comparison == .both ? count / 2 : count
}

/// A box with a text that nobody overlooks.
func warningPanel(_ text: String, columns: Int) -> CellGrid {
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
    if let last = lines.last, last.cellWidth + 1 + word.cellWidth <= columns {
      lines[lines.count - 1] += " " + word
    } else {
      lines.append(String(word))
    }
  }
  return lines
}
