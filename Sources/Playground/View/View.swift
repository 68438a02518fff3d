import Plot

/// The screen as it should look: a pure function of the state and the size.
package func view(_ state: State, columns: Int, rows: Int, glyphs: Glyphs) -> CellGrid {
  var grid = CellGrid(columns: columns, rows: rows)
  guard let layout = Layout(columns: columns, rows: rows) else {
    drawTooSmall(on: &grid)
    return grid
  }
  drawHeader(state, on: &grid)
  grid.draw(pane(state.picture)(state, layout.plot, glyphs), at: layout.plot)
  grid.draw(lossPane(state, layout.loss, glyphs), at: layout.loss)
  grid.draw(noisePane(state, layout.noise), at: layout.noise)
  grid.draw(ratePane(state, layout.rate), at: layout.rate)
  if state.chosenSetting != nil {
    let width = max(min(layout.loss.columns, 44), 36)
    grid.draw(settingsPanel(state, columns: width), column: columns - width, row: 1)
  }
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
    let left = max(0, (grid.columns - line.unicodeScalars.count) / 2)
    grid.write(line, column: left, row: top + i, ink: i == 0 ? .warning : .muted)
  }
}
