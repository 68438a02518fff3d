import Interface

/// Where everything is, for drawing and for the pointer: header on top, footer at the bottom, and between them the view
/// with everything else stacked beside it; on a screen that is high for its width, below it instead, in two columns.
package struct Layout: Equatable, Sendable {
  static let leastColumns = 60
  static let leastRows = 20

  /// What the words of the side panes need, where the view can spare it.
  private static let leastSide = 36
  private static let sliderRows = 4
  private static let leastLossRows = 6
  /// Of the bars above the slider of sigma.
  private static let barRows = 3...12
  /// Of what stands below the view.
  private static let lowerRows = 14...26

  /// A part of the screen that keys and the pointer can belong to.
  package enum Slot: Hashable, Sendable {
    case view
    /// By its number in `Views.side`.
    case side(Int)
    /// By its number from the bottom.
    case overlay(Int)

    static let loss = side(0)
    static let noise = side(1)
    static let rate = side(2)
  }

  /// Where an overlay wants to be.
  package enum Placement: Equatable, Sendable {
    /// So many rows in the place of the sliders, which its arrow keys would move.
    case docked(rows: Int)
    /// Across the screen, at the bottom, or at the top where a place at the bottom is to be seen.
    case band(rows: Int, awayFrom: Rectangle?)
    /// In the middle of the screen.
    case centered(columns: Int, rows: Int)
  }

  let header: Rectangle
  let footer: Rectangle
  /// Where big words stand; empty where there are none.
  let words: Rectangle
  /// From back to front.
  private(set) var panes: [(slot: Slot, place: Rectangle)] = []

  /// Nil if there is too little room.
  ///
  /// - Parameters:
  ///   - overlays: From back to front.
  ///   - zoomed: What fills the screen alone, if anything.
  ///   - hasWords: Whether there are big words.
  init?(columns: Int, rows: Int, overlays: [Placement] = [], zoomed: Slot? = nil, hasWords: Bool = false) {
    guard columns >= Layout.leastColumns, rows >= Layout.leastRows else { return nil }
    let screen = Rectangle(columns: columns, rows: rows)
    var body = screen
    header = body.cut(1, from: .top)
    footer = body.cut(1, from: .bottom)
    words = body.cut(hasWords ? BigWords.rows : 0, from: .bottom)
    let middle = body
    var dockedRows: Int?
    for case .docked(let rows) in overlays { dockedRows = rows }
    let dock: Rectangle?
    if let zoomed {
      dock = dockedRows.map { zoomedDock(body, rows: $0) }
      panes = [(zoomed, body)]
    } else {
      dock = arrange(body, dockedRows: dockedRows)
    }
    for (i, placement) in overlays.enumerated() {
      switch placement {
      case .docked: if let dock { panes.append((.overlay(i), dock)) }
      case .band(let rows, let place):
        var middle = middle
        let isLow = place.map { $0.row + $0.rows / 2 > middle.row + middle.rows / 2 } ?? false
        panes.append((.overlay(i), middle.cut(rows, from: isLow ? .top : .bottom)))
      case .centered(let columns, let rows):
        panes.append((.overlay(i), middle.centered(columns: columns, rows: rows)))
      }
    }
  }

  subscript(slot: Slot) -> Rectangle? { panes.last { $0.slot == slot }?.place }

  /// What is topmost at a cell.
  func slot(at spot: Pointer.Spot) -> Slot? { panes.last { $0.place.contains(spot) }?.slot }

  package static func == (a: Layout, b: Layout) -> Bool {
    a.header == b.header && a.footer == b.footer && a.panes.map(\.slot) == b.panes.map(\.slot)
      && a.panes.map(\.place) == b.panes.map(\.place)
  }

  private func zoomedDock(_ body: Rectangle, rows: Int) -> Rectangle {
    var body = body
    var right = body.cut(Layout.leastSide, from: .right)
    return right.cut(rows, from: .bottom)
  }

  /// - Returns: Where a docked overlay is.
  private mutating func arrange(_ body: Rectangle, dockedRows: Int?) -> Rectangle? {
    // A cell is twice as high as wide, so this makes the inside of the view square. Beside it the rest should be neither
    // too narrow to read nor wider than the view.
    let square = 2 * (body.rows - 2) + 2
    let side = min(max(body.columns - square, Layout.leastSide), body.columns * 9 / 20)
    let lower = min(max(body.rows * 2 / 5, Layout.lowerRows.lowerBound), Layout.lowerRows.upperBound)
    // Whichever shows the data larger.
    let beside = min((body.columns - side - 2) / 2, body.rows - 2)
    let below = min((body.columns - 2) / 2, body.rows - lower - 2)
    return below >= beside
      ? arrangeBelow(body, lower: max(lower, dockedRows ?? 0), dockedRows: dockedRows)
      // Settings need their words.
      : arrangeBeside(body, side: dockedRows == nil ? side : max(side, Layout.leastSide), dockedRows: dockedRows)
  }

  /// Everything else in one column beside the view. The bars give way to what is docked where there is no room for both.
  private mutating func arrangeBeside(_ body: Rectangle, side: Int, dockedRows: Int?) -> Rectangle? {
    var view = body
    var column = view.cut(side, from: .right)
    let noiseRows = NoisePane.rows(around: Layout.bars(body.rows / 5))
    // What a setting changes stays in sight.
    let lowest = column.cut(
      dockedRows.map { min($0, column.rows - Layout.leastLossRows) } ?? Layout.sliderRows, from: .bottom)
    let hasNoise = dockedRows == nil || column.rows - noiseRows >= Layout.leastLossRows
    let noise = hasNoise ? column.cut(noiseRows, from: .bottom) : nil
    place(view: view, loss: column, noise: noise, rate: dockedRows == nil ? lowest : nil)
    return dockedRows == nil ? nil : lowest
  }

  /// Everything else in two columns below the view.
  private mutating func arrangeBelow(_ body: Rectangle, lower: Int, dockedRows: Int?) -> Rectangle? {
    var view = body
    var right = view.cut(lower, from: .bottom)
    var left = right.cut(body.columns / 2, from: .left)
    guard dockedRows != nil else {
      let rate = left.cut(Layout.sliderRows, from: .bottom)
      place(view: view, loss: left, noise: right, rate: rate)
      return nil
    }
    let noiseRows = NoisePane.rows(around: Layout.bars(lower / 3))
    let noise = lower - noiseRows >= Layout.leastLossRows ? left.cut(noiseRows, from: .bottom) : nil
    place(view: view, loss: left, noise: noise, rate: nil)
    return right
  }

  private mutating func place(view: Rectangle, loss: Rectangle, noise: Rectangle?, rate: Rectangle?) {
    panes = [(.view, view), (.loss, loss)]
    if let noise { panes.append((.noise, noise)) }
    if let rate { panes.append((.rate, rate)) }
  }

  private static func bars(_ rows: Int) -> Int { min(max(rows, barRows.lowerBound), barRows.upperBound) }
}
