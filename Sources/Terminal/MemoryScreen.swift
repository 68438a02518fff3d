import Foundation
import Plot
import Synchronization

/// A screen for tests: a script of events goes in, the frames that were drawn come out.
package final class MemoryScreen: Screen {
  /// What happens next in the script.
  package enum Step: Sendable {
    case event(ScreenEvent)
    case resize(columns: Int, rows: Int)
    /// Waits, drawing whatever the program draws, until the last frame satisfies the condition.
    case until(@Sendable (CellGrid) -> Bool)
    /// Waits until the program sleeps without an appointment: only news, or a person, would wake it.
    case rest

    /// A key is pressed.
    package static func key(_ key: Key) -> Step { .event(.key(key)) }
    /// The pointer does something over a cell, counted from 0.
    package static func pointer(_ kind: PointerEvent.Kind, column: Int, row: Int) -> Step {
      .event(.pointer(PointerEvent(kind, column: column, row: row)))
    }

    /// Waits until a line of the last frame contains a text.
    package static func until(shows text: String) -> Step {
      .until { grid in grid.lines.contains { $0.contains(text) } }
    }
  }

  package private(set) var size: (columns: Int, rows: Int)
  package let glyphs: Glyphs
  package var tellsClassesApart = true
  /// All that were drawn, the first first.
  package private(set) var frames: [CellGrid] = []
  /// How often the waker ended a sleep.
  package private(set) var wakeUps = 0

  private var script: ArraySlice<Step>
  /// When the present step began to wait: not this call, as a program that trains ends the sleep again and again.
  private var waitingSince: ContinuousClock.Instant?
  private let patience: Duration
  private let bell = Bell()

  /// - Parameters:
  ///   - script: What happens, in order; when it is over the terminal closes (SIGHUP).
  ///   - patience: How long an `until` or a `rest` waits before the terminal closes: only something broken takes so long.
  package init(
    columns: Int, rows: Int, glyphs: Glyphs = .braille, script: [Step] = [], patience: Duration = .seconds(300)
  ) {
    size = (columns, rows)
    self.glyphs = glyphs
    self.script = script[...]
    self.patience = patience
  }

  package var waker: Waker {
    Waker { [bell] in bell.ring() }
  }

  package func draw(_ grid: CellGrid) {
    var frame = CellGrid(columns: size.columns, rows: size.rows)
    frame.draw(glyphs.nearest(to: grid.withoutGrounds), column: 0, row: 0)
    frames.append(frame)
  }

  package func forget() {}

  /// What was put on the clipboard last.
  package private(set) var clipboard: String?

  package func copy(_ text: String) { clipboard = text }

  package var takesPointer = false

  package func nextEvent(timeout: Duration?) -> ScreenEvent {
    let start = ContinuousClock.now
    while true {
      let isMet: Bool
      switch script.first {
      case nil: return .terminated(signal: SIGHUP)
      case .event(let event):
        script.removeFirst()
        return event
      case .resize(let columns, let rows):
        script.removeFirst()
        size = (columns, rows)
        return .resized
      case .until(let condition): isMet = frames.last.map(condition) ?? false
      case .rest: isMet = timeout == nil && !bell.isRung
      }
      guard !isMet else {
        script.removeFirst()
        waitingSince = nil
        continue
      }
      let since = waitingSince ?? .now
      waitingSince = since
      if ContinuousClock.now - since > patience {
        script = []
        continue
      }
      if bell.takeRing() {
        wakeUps += 1
        return .woken
      }
      let waited = ContinuousClock.now - start
      if let timeout, waited >= timeout { return .timedOut }
      usleep(500)
    }
  }
}

/// Whether somebody called the waker.
private final class Bell: Sendable {
  private let rung = Atomic(false)

  var isRung: Bool { rung.load(ordering: .acquiring) }
  func ring() { rung.store(true, ordering: .releasing) }
  func takeRing() -> Bool { rung.exchange(false, ordering: .acquiring) }
}
