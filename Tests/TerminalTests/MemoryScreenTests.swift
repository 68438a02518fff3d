import Plot
import Synchronization
import Terminal
import Testing

@Suite("MemoryScreen")
struct MemoryScreenTests {
  @Test("plays its script in order, then the terminal closes")
  func order() {
    let screen = MemoryScreen(columns: 4, rows: 2, script: [.key(.up), .resize(columns: 9, rows: 3), .key(.enter)])
    #expect(screen.nextEvent(timeout: nil) == .key(.up))
    #expect(screen.nextEvent(timeout: nil) == .resized)
    #expect(screen.size == (9, 3))
    #expect(screen.nextEvent(timeout: nil) == .key(.enter))
    #expect(screen.nextEvent(timeout: nil) == .terminated(signal: 1))
  }

  @Test("waits for a frame, passing on what wakes it")
  func until() {
    let screen = MemoryScreen(columns: 4, rows: 1, script: [.until(shows: "yes"), .key(.tab)])
    screen.draw(CellGrid(columns: 4, rows: 1))
    #expect(screen.nextEvent(timeout: .milliseconds(2)) == .timedOut)
    screen.waker.wake()
    screen.waker.wake()
    #expect(screen.nextEvent(timeout: .milliseconds(2)) == .woken)
    #expect(screen.nextEvent(timeout: .milliseconds(2)) == .timedOut)
    var grid = CellGrid(columns: 4, rows: 1)
    grid.write("yes", column: 1, row: 0)
    screen.draw(grid)
    #expect(screen.nextEvent(timeout: nil) == .key(.tab))
    #expect(screen.frames.count == 2)
  }

  @Test("shows only what its glyphs allow")
  func glyphs() {
    let screen = MemoryScreen(columns: 4, rows: 1, glyphs: .ascii)
    var grid = CellGrid(columns: 4, rows: 1)
    grid.write("╭─●x", column: 0, row: 0)
    screen.draw(grid)
    #expect(screen.frames[0].lines == ["+-Ox"])
  }

  @Test("waits until the program sleeps without an appointment")
  func rest() {
    let screen = MemoryScreen(columns: 1, rows: 1, script: [.rest, .key(.tab)])
    #expect(screen.nextEvent(timeout: .milliseconds(2)) == .timedOut)
    screen.waker.wake()
    #expect(screen.nextEvent(timeout: nil) == .woken)
    #expect(screen.nextEvent(timeout: nil) == .key(.tab))
  }

  @Test("is impatient in the end")
  func patience() {
    let screen = MemoryScreen(columns: 1, rows: 1, script: [.until(shows: "never")], patience: .milliseconds(5))
    #expect(screen.nextEvent(timeout: nil) == .terminated(signal: 1))
  }
}
