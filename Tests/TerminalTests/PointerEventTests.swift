import CNcurses
import Terminal
import Testing

@Suite("PointerEvent")
struct PointerEventTests {
  private func event(_ button: Int32, release: Bool = false) -> PointerEvent? {
    PointerEvent(screen_pointer(button: button, column: 250, row: 3, is_release: release))
  }

  @Test("presses, drags, releases and the wheel, whatever other keys are held")
  func kinds() {
    #expect(event(0) == PointerEvent(.press(.left), column: 250, row: 3))
    #expect(event(2 + 16)?.kind == .press(.right))
    #expect(event(1 + 32 + 4)?.kind == .drag(.middle))
    #expect(event(0, release: true)?.kind == .release(.left))
    #expect(event(64)?.kind == .wheelUp)
    #expect(event(65 + 8)?.kind == .wheelDown)
  }

  @Test("no other button has a name")
  func unknown() {
    for button: Int32 in [3, 35, 66, 67, 96, 128, 131, 255, 99_999, .max] { #expect(event(button) == nil) }
  }

  @Test("a script moves the pointer")
  func script() {
    let screen = MemoryScreen(columns: 9, rows: 9, script: [.pointer(.drag(.left), column: 2, row: 5)])
    #expect(screen.nextEvent(timeout: nil) == .pointer(PointerEvent(.drag(.left), column: 2, row: 5)))
  }
}
