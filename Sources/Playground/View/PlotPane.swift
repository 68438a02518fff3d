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
  let scene = denoisingScene(state, probes: probeCount(columns: columns, rows: rows))
  pane.draw(glyphs.renderer.render(scene, columns: columns, rows: rows), column: 1, row: 1)
  if let failure = state.frame.failure { pane.drawCentered(warningPanel("\(failure)", columns: min(columns - 2, 44))) }
  return pane
}

/// The same scene that is exported as a picture.
func denoisingScene(_ state: State, probes: Int) -> Scene {
  // More points than the finest screen has dots along the curve would only cost time.
  let shown = 4096
  let stride = max(1, state.dataset.points.count / shown)
  let data = Swift.stride(from: 0, to: state.dataset.points.count, by: stride).map { state.dataset.points[$0] }
  let sigma = Float(state.sigma.value)
  let count = min(probes, state.probes.x0.count)
  let noisy = (0..<count).map { state.probes.x0[$0] + sigma * state.probes.epsilon[$0] }

  var scene = Scene(.plane(radius: 1.3), title: "one denoising step at sigma \(sigma.formatted(significant: 3))")
  scene.points(data, ink: .data, name: "data")
  if state.showsArrows {
    scene.arrows(from: noisy, to: state.frame.denoiser.x0(x: noisy, sigma: sigma), ink: .arrow, name: "estimate")
  }
  scene.points(noisy, size: .large, ink: .point, name: "noisy")
  return scene
}

/// As many noisy points as can be told apart.
private func probeCount(columns: Int, rows: Int) -> Int {
  min(max(columns * rows / 24, 24), 256)
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
