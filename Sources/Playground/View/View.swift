import Plot

/// The screen as it should look: a pure function of the state and the size.
package func view(_ state: State, columns: Int, rows: Int, glyphs: Glyphs) -> CellGrid {
  var grid = CellGrid(columns: columns, rows: rows)
  let settingsRows = state.chosenSetting.map { _ in settingsPanelRows(state) }
  guard let layout = Layout(columns: columns, rows: rows, settingsRows: settingsRows) else {
    drawTooSmall(on: &grid)
    return grid
  }
  drawHeader(state, on: &grid)
  grid.draw(pane(state.picture)(state, layout.plot, glyphs), at: layout.plot)
  grid.draw(lossPane(state, layout.loss, glyphs), at: layout.loss)
  if let noise = layout.noise { grid.draw(noisePane(state, noise), at: noise) }
  if let rate = layout.rate { grid.draw(ratePane(state, rate), at: rate) }
  if let settings = layout.settings { grid.draw(settingsPanel(state, columns: settings.columns), at: settings) }
  drawFooter(state, on: &grid)
  if state.showsHelp { grid.drawCentered(helpPanel(state)) }
  return grid
}

private func pane(_ picture: State.Picture) -> (State, Rectangle, Glyphs) -> CellGrid {
  switch picture {
  case .estimates: plotPane
  case .samples: samplePane
  }
}

private func drawTooSmall(on grid: inout CellGrid) {
  let lines = [
    "roulade needs \(Layout.leastColumns)×\(Layout.leastRows)", "this is \(grid.columns)×\(grid.rows)",
    "q quits",
  ]
  let top = max(0, (grid.rows - lines.count) / 2)
  for (i, line) in lines.enumerated() {
    let left = max(0, (grid.columns - line.cellWidth) / 2)
    grid.write(line, column: left, row: top + i, ink: i == 0 ? .warning : .muted)
  }
}
