import Diffusion
import Plot

extension PointsReader {
  /// What a person should know of how the points were read, one line each: choices that nobody made.
  func notes(box: UnitBox, scale: UnitBox.Scale) -> [String] {
    [
      columnNote, indexNote, decimalMark == .comma ? "the numbers are read with a decimal comma" : nil,
      scaleNote(box, scale),
    ].compactMap { $0 }
  }

  /// Where there are more than two columns, the first two are a guess.
  private var columnNote: String? {
    guard let choices, choices.columnCount > 2, choices.isXGuessed || choices.isYGuessed else { return nil }
    var taken: [String] = []
    if choices.isXGuessed { taken.append("\(name(choices.x)) for x") }
    if choices.isYGuessed { taken.append("\(name(choices.y)) for y") }
    let options = [choices.isXGuessed ? "--x-column" : nil, choices.isYGuessed ? "--y-column" : nil].compactMap { $0 }
    return "took \(taken.joined(separator: " and ")) of \(choices.columnCount) columns; "
      + "\(options.joined(separator: " and ")) take\(options.count == 1 ? "s" : "") others"
  }

  /// Tables often begin with the number of the row.
  private var indexNote: String? {
    guard let choices, choices.isXGuessed, points.count >= 3, [0, 1].contains(points[0].x) else { return nil }
    let first = points[0].x
    guard points.indices.allSatisfy({ points[$0].x == first + Double($0) }) else { return nil }
    return "x, \(name(choices.x)), only counts the rows; --x-column takes another"
  }

  private func name(_ place: Int) -> String {
    guard let choices, choices.header.indices.contains(place) else { return "column \(place + 1)" }
    return "column \(place + 1) (\(choices.header[place].quotable(columns: 40)))"
  }

  /// Sides that differ by much make a line of what is perhaps none.
  private func scaleNote(_ box: UnitBox, _ scale: UnitBox.Scale) -> String? {
    let own = scale == .each ? box : UnitBox(around: points, scale: .each)
    let (x, y) = (own.halfSides.x, own.halfSides.y)
    let isFlat = points.allSatisfy { $0.x == points[0].x } || points.allSatisfy { $0.y == points[0].y }
    guard !isFlat, max(x, y) >= 5 * min(x, y) else { return nil }
    let spans = "x spans \((2 * x).formatted(significant: 3)), y \((2 * y).formatted(significant: 3))"
    switch scale {
    case .together: return "\(spans): scaled together, as they are; --scale each makes them equal"
    case .each: return "\(spans): scaled each by its own, so that they are equal"
    }
  }
}
