import Plot

/// A slider on the screen: a track with its knob, and the bounds in the row beneath. It draws itself, and says what a
/// pointer on it means.
package struct SliderTrack: Equatable, Sendable {
  package let slider: LogSlider
  /// The row of the track.
  package let place: Rectangle

  /// - Parameter place: Its first row has the track.
  package init(_ slider: LogSlider, in place: Rectangle) {
    self.slider = slider
    self.place = place.line(0)
  }

  /// The column of the knob.
  package var knob: Int { place.column + Int((slider.position * Double(max(place.columns - 1, 0))).rounded()) }

  /// How many notches a pointer asks the slider to move: to where it is pressed or dragged, one for each turn of the
  /// wheel, up being more; nil for what is none of its business. A drag goes on beside the track, and the wheel may be
  /// turned anywhere beside it: where there is one slider, nothing else could be meant.
  package func notches(_ pointer: Pointer) -> Int? {
    switch pointer.kind {
    case .press, .drag:
      guard place.columns > 1, reach.contains(pointer.start) else { return nil }
      return slider.notches(to: Double(pointer.column - place.column) / Double(place.columns - 1))
    case .wheel(let turns):
      return turns
    case .release:
      return nil
    }
  }

  /// The track and the bounds beneath it: one row is hard to hit.
  private var reach: Rectangle {
    Rectangle(column: place.column - 1, row: place.row, columns: place.columns + 2, rows: 2)
  }
}

extension Drawing {
  /// A slider over two rows: the track with its knob, then the bounds with a remark between them if there is room.
  package mutating func slider(_ track: SliderTrack, remark: [Label] = []) {
    let (place, range) = (track.place, track.slider.range)
    guard !place.isEmpty else { return }
    cell(Cell("━", .accent), column: place.column, row: place.row, count: track.knob - place.column)
    cell(Cell("─", .grid), column: track.knob, row: place.row, count: place.endColumn - track.knob)
    cell(Cell("●", .accent, .bold), column: track.knob, row: place.row)
    let low = Label(range.lowerBound.formatted(significant: 3))
    let high = Label(range.upperBound.formatted(significant: 3))
    write([low], column: place.column, row: place.row + 1)
    write([high], before: place.endColumn, row: place.row + 1)
    guard low.width + remark.width + high.width + 2 <= place.columns else { return }
    let centered = (place.columns - remark.width) / 2
    let offset = min(max(centered, low.width + 1), place.columns - high.width - 1 - remark.width)
    write(remark, column: place.column + offset, row: place.row + 1)
  }
}
