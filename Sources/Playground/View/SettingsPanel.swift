import Plot

/// A row for each setting, and the border.
func settingsPanelRows(_ state: State) -> Int { state.settings.count + 2 }

/// The settings with their present choices, beside the picture and under the loss, which say what a change does.
func settingsPanel(_ state: State, columns: Int) -> CellGrid {
  let settings = state.settings
  let restarts = state.chosenSetting.map { state.restarts($0) } ?? false
  var panel = CellGrid.box(
    columns: columns, rows: settingsPanelRows(state), title: [Label("settings", .text, .bold)],
    value: [Label("s", .accent, .bold), Label(" closes")],
    legend: [
      Label("↑↓", .accent, .bold), Label(" choose "), Label("←→", .accent, .bold),
      restarts ? Label(" restarts training", .warning) : Label(" change live"),
    ], ink: .accent)
  let valueColumn = 4 + (settings.map(\.rawValue.cellWidth).max() ?? 0)
  for (i, setting) in settings.enumerated() {
    let isChosen = setting == state.chosenSetting
    let emphasis: Cell.Emphasis = isChosen ? .bold : .plain
    panel.write(
      [Label(isChosen ? "▸ " : "  ", .accent, .bold), Label(setting.rawValue, isChosen ? .text : .muted, emphasis)],
      column: 1, row: 1 + i)
    let value = setting.value(state).shortened(to: columns - valueColumn - 1)
    panel.write(value, column: valueColumn, row: 1 + i, ink: isChosen ? .accent : .text, emphasis: emphasis)
  }
  return panel
}
