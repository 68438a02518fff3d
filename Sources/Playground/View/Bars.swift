import Plot

/// What runs, at the left; how it goes, at the right. What does not fit is left out, the least telling first.
func drawHeader(_ state: State, on grid: inout CellGrid) {
  let status = statusLabels(state)
  let room = grid.columns - 2 - status.reduce(0) { $0 + $1.width } - 2
  var about = [Label("roulade", .accent, .bold)]
  for text in [state.experiment.name, state.dataset.name, "seed \(state.seed)"] {
    let next = about + [Label("  " + text)]
    if next.reduce(0, { $0 + $1.width }) <= room { about = next }
  }
  grid.write(about, column: 1, row: 0)
  grid.write(status, before: grid.columns - 1, row: 0)
}

private func statusLabels(_ state: State) -> [Label] {
  let frame = state.frame
  var labels: [Label] = []
  if frame.failure != nil {
    labels.append(Label("■ stopped", .warning, .bold))
  } else if state.wantsTraining {
    labels.append(Label("● training", .arrow, .bold))
  } else if let remaining = frame.remaining, remaining > 0 {
    labels.append(Label("● \(remaining) to go", .point, .bold))
  } else {
    labels.append(Label("○ paused", .point, .bold))
  }
  labels.append(Label("  step "))
  labels.append(Label(grouped(frame.step), .text, .bold))
  if frame.stepsPerSecond > 0 {
    labels.append(Label("  " + frame.stepsPerSecond.formatted(significant: 3) + " steps/s"))
  }
  return labels
}

/// The keys; or what there is to say, until the next key.
func drawFooter(_ state: State, on grid: inout CellGrid) {
  let row = grid.rows - 1
  if let notice = state.notice {
    grid.write(notice.text, column: 1, row: row, ink: notice.isWarning ? .warning : .accent, emphasis: .bold)
    return
  }
  var hints = KeyMap.bindings(state).filter { $0.picture == nil || $0.picture == state.picture }.compactMap(\.footer)
  // Help and quit, the last two, lead to all the others.
  while hints.count > 2, hints.reduce(-2, { $0 + $1.label.cellWidth + $1.word.cellWidth + 3 }) > grid.columns - 1 {
    hints.remove(at: hints.count - 3)
  }
  grid.write(
    hints.flatMap { [Label($0.label, .accent, .bold), Label(" " + $0.word + "  ")] }, column: 1, row: row)
}

func helpPanel(_ state: State) -> CellGrid {
  let bindings = KeyMap.bindings(state)
  let keyWidth = bindings.map(\.label.cellWidth).max() ?? 0
  let width = keyWidth + 2 + (bindings.map(\.help.cellWidth).max() ?? 0)
  var panel = CellGrid.box(
    columns: width + 6, rows: bindings.count + 2, title: [Label("keys", .text, .bold)], ink: .accent)
  for (i, binding) in bindings.enumerated() {
    panel.write(binding.label, column: 3, row: 1 + i, ink: .accent, emphasis: .bold)
    panel.write(binding.help, column: 3 + keyWidth + 2, row: 1 + i)
  }
  return panel
}

/// `12,345`
func grouped(_ count: Int) -> String {
  var text = String(count)
  var end = text.count - 3
  while end > (count < 0 ? 1 : 0) {
    text.insert(",", at: text.index(text.startIndex, offsetBy: end))
    end -= 3
  }
  return text
}
