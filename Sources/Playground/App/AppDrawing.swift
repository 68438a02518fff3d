import Interface
import Plot

/// The screen as it should look.
extension App {
  package func draw() -> Drawing {
    var drawing = Drawing(Rectangle(columns: size.columns, rows: size.rows))
    guard let layout else {
      drawTooSmall(on: &drawing)
      return drawing
    }
    drawHeader(world, in: layout.header, isAlone: zoomed != nil, on: &drawing)
    if !layout.words.isEmpty { drawing.figure(BigWords(lectureWords(world)), in: layout.words.inset(columns: 1)) }
    for (slot, place) in layout.panes {
      drawing.draw(self[slot].draw(world, in: place))
      if slot == .view, let failure = world.failure { drawing.draw(warning(failure, in: place.inside)) }
    }
    drawFooter(in: layout.footer, on: &drawing)
    return drawing
  }

  /// The picture of the view, for a file; nil for a view that has none.
  func picture() -> Scene? {
    let usual = Layout(columns: 80, rows: 24)
    guard let place = layout?[.view] ?? usual?[.view] else { return nil }
    return views[chosenView].draw(world, in: place).scenes.first?.scene
  }

  /// The keys; or what there is to say, until the next key.
  private func drawFooter(in place: Rectangle, on drawing: inout Drawing) {
    guard let notice = world.notice else {
      footer?.draw(on: &drawing)
      return
    }
    drawing.write(
      notice.text.shortened(to: place.columns - 2), column: place.column + 1, row: place.row,
      ink: notice.isWarning ? .warning : .accent, emphasis: .bold)
  }

  /// A box with a text that nobody overlooks.
  private func warning(_ text: String, in place: Rectangle) -> Drawing {
    let columns = min(place.columns - 2, 44)
    let box = place.centered(columns: columns, rows: wrap(text, columns: columns - 4).count + 2)
    var drawing = Drawing(box: box, title: [Label("training stopped", .warning, .bold)], ink: .warning)
    drawing.write(text, in: box.inset(columns: 2, rows: 1))
    return drawing
  }

  private func drawTooSmall(on drawing: inout Drawing) {
    let lines = [
      "roulade needs \(Layout.leastColumns)×\(Layout.leastRows)", "this is \(size.columns)×\(size.rows)", "q quits",
    ]
    let top = max(0, (size.rows - lines.count) / 2)
    for (i, line) in lines.enumerated() {
      let left = max(0, (size.columns - line.cellWidth) / 2)
      drawing.write(line, column: left, row: top + i, ink: i == 0 ? .warning : .muted)
    }
  }
}
