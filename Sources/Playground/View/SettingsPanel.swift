import Plot

/// The settings with their present choices, over the panes at the right; the picture stays in sight.
func settingsPanel(_ state: State, columns: Int) -> CellGrid {
  let settings = state.settings
  var panel = CellGrid.box(
    columns: columns, rows: settings.count + 4, title: [Label("settings", .text, .bold)],
    value: [Label("s", .accent, .bold), Label(" closes")], ink: .accent)
  let nameWidth = (settings.map(\.rawValue.count).max() ?? 0) + 1
  for (i, setting) in settings.enumerated() {
    let isChosen = setting == state.chosenSetting
    panel.write(
      [
        Label(isChosen ? "▸ " : "  ", .accent, .bold),
        Label(setting.rawValue, isChosen ? .text : .muted, isChosen ? .bold : .plain),
      ], column: 2, row: 1 + i)
    let value = String(setting.value(state).prefix(columns - nameWidth - 6))
    panel.write(
      value, column: 4 + nameWidth, row: 1 + i, ink: isChosen ? .accent : .text, emphasis: isChosen ? .bold : .plain)
  }
  guard let setting = state.chosenSetting else { return panel }
  let restarts = state.restarts(setting)
  panel.write(
    [Label("↑↓", .accent, .bold), Label(" choose  "), Label("←→", .accent, .bold)]
      + (restarts ? [Label(" restarts training", .warning)] : [Label(" change it live")]),
    column: 2, row: settings.count + 2)
  return panel
}
