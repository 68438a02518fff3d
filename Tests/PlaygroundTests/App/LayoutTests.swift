import Interface
import Testing

@testable import Playground

@Suite("Layout")
struct LayoutTests {
  static let sizes = stride(from: 60, through: 300, by: 20).flatMap { columns in
    [20, 24, 30, 45, 60, 100].map { (columns, $0) }
  }

  @Test("panes tile the body without gaps or overlaps", arguments: sizes)
  func tiles(columns: Int, rows: Int) throws {
    for overlays in [[], [Layout.Placement.docked(rows: 13)], [.docked(rows: 16)]] {
      let layout = try #require(Layout(columns: columns, rows: rows, overlays: overlays))
      var owners = [Int](repeating: 0, count: columns * rows)
      for (_, place) in layout.panes + [(.view, layout.header), (.view, layout.footer)] {
        for row in place.row..<place.endRow {
          for column in place.column..<place.endColumn { owners[row * columns + column] += 1 }
        }
      }
      #expect(owners.allSatisfy { $0 == 1 })
      #expect(layout.panes.allSatisfy { $0.place.columns >= 22 && $0.place.rows >= 2 })
      #expect(layout[.loss] != nil && (layout[.rate] == nil) == !overlays.isEmpty)
    }
  }

  @Test("on a large screen the inside of the view is square")
  func square() throws {
    let view = try #require(Layout(columns: 200, rows: 60)?[.view])
    #expect(view.inside.columns == 2 * view.inside.rows)
  }

  @Test("what is zoomed fills the screen alone, and what is in the middle lies on top")
  func zoom() throws {
    let help = Layout.Placement.centered(columns: 50, rows: 10)
    let layout = try #require(Layout(columns: 80, rows: 24, overlays: [help], zoomed: .loss))
    #expect(layout[.loss] == Rectangle(column: 0, row: 1, columns: 80, rows: 22) && layout[.view] == nil)
    #expect(layout.slot(at: Pointer.Spot(column: 40, row: 12)) == .overlay(0))
    #expect(layout.slot(at: Pointer.Spot(column: 2, row: 2)) == .loss)
    #expect(layout.slot(at: Pointer.Spot(column: 2, row: 0)) == nil)
  }

  @Test("below 60×20 there is none")
  func small() {
    #expect(Layout(columns: 59, rows: 20) == nil && Layout(columns: 60, rows: 19) == nil)
    #expect(Layout(columns: 60, rows: 20) != nil)
  }
}
