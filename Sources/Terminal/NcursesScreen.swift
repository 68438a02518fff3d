import CNcurses
import Foundation
import Plot

/// The terminal on standard input and output. There is one at a time; `close` gives it back.
package final class NcursesScreen: Screen {
  package let glyphs: Glyphs
  package let waker = Waker { rescue_wake() }
  package private(set) var size: (columns: Int, rows: Int) = (0, 0)
  package var tellsClassesApart: Bool { palette.depth == .indexed256 }

  private let palette: Palette
  /// The pairs of foreground and ground that have been told to ncurses.
  private var pairs: [SIMD2<Int32>: Int32] = [:]
  /// What the terminal shows now; nil when nobody knows.
  private var shown: CellGrid?
  /// What the last sleep ended with and has not been reported yet, as `RESCUE_` bits.
  private var pending: Int32 = 0

  /// Takes over the terminal.
  ///
  /// - Parameters:
  ///   - glyphs: What it shows, where the person knows better than we can.
  ///   - theme: Nil to follow what the environment tells of the ground.
  ///   - quittingKeys: They end the program even if the terminal has stopped reading and the loop is stuck.
  package init(
    glyphs: Glyphs? = nil, theme: Theme? = nil, quittingKeys: String = "q",
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(ScreenError) {
    let term = environment["TERM"] ?? ""
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    guard term != "dumb" else { throw .cannotMoveCursor(term: term) }
    let isUTF8 = screen_set_locale()
    rescue_set_quitting_keys(quittingKeys)
    guard rescue_open() else { throw .notATerminal }
    // The terminal's own entry may not be installed here; the common ones describe most terminals well enough. Entries
    // of "direct" colour number their colours otherwise, and cost more bytes.
    let common: [String] = ["xterm-256color", "xterm", "vt100"]
    let candidates = term.isEmpty || term.hasSuffix("-direct") ? common : [term] + common
    guard candidates.contains(where: { screen_open($0) }) else {
      rescue_close()
      throw .cannotMoveCursor(term: term)
    }
    self.glyphs = glyphs ?? Glyphs(term: term, isUTF8: isUTF8)
    palette = Palette(colors: Int(screen_colors()), theme: theme, environment: environment)
    measure()
  }

  /// Gives the terminal back as it was.
  package func close() {
    screen_close()
    rescue_close()
  }

  /// Ends the process by a signal's default action, after `close`.
  package static func die(of signal: Int32) {
    rescue_die(signal)
  }

  package func draw(_ grid: CellGrid) {
    var grid = glyphs.nearest(to: palette.showing(grid))
    if grid.columns != size.columns || grid.rows != size.rows {
      var fitting = CellGrid(columns: size.columns, rows: size.rows)  // Cuts wide glyphs at the edge.
      fitting.draw(grid, column: 0, row: 0)
      grid = fitting
    }
    var changed = shown == nil
    for row in 0..<size.rows {
      for column in 0..<size.columns {
        let cell = grid[column, row]
        if let shown, shown[column, row] == cell { continue }
        changed = true
        // ncurses writes over a continuation with the glyph at its left.
        if !cell.isContinuation { put(cell, column, row) }
      }
    }
    if changed { screen_flush() }
    shown = grid
  }

  package var takesPointer = false {
    didSet { screen_take_pointer(takesPointer) }
  }

  package func forget() {
    screen_forget()
    shown = nil
  }

  package func copy(_ text: String) { screen_send(clipboardSequence(text)) }

  package func nextEvent(timeout: Duration?) -> ScreenEvent {
    // Asked even when keys are waiting: however many they are, a signal does not wait for them.
    pending |= rescue_wait(pending == 0 ? timeout.map(NcursesScreen.milliseconds) ?? -1 : 0)
    return takeEvent() ?? .timedOut
  }

  /// The most urgent thing that is pending.
  private func takeEvent() -> ScreenEvent? {
    if take(RESCUE_TERMINATED) { return .terminated(signal: rescue_termination()) }
    if take(RESCUE_SUSPEND) {
      screen_suspend()
      return comeBack()
    }
    if take(RESCUE_CONTINUED) {
      screen_resume()
      return comeBack()
    }
    if take(RESCUE_RESIZED) {
      screen_resize()
      return comeBack()
    }
    while pending & Int32(RESCUE_INPUT) != 0 {
      var pointer = screen_pointer()
      let code = screen_key(&pointer)
      if code == SCREEN_KEY_NONE { pending &= ~Int32(RESCUE_INPUT) }
      if code == SCREEN_KEY_POINTER, let event = PointerEvent(pointer), event.row < size.rows,
        event.column < size.columns
      {
        return .pointer(event)
      }
      if let key = Key(code) { return .key(key) }
    }
    return take(RESCUE_WOKEN) ? .woken : nil
  }

  private func take(_ bit: Int) -> Bool {
    defer { pending &= ~Int32(bit) }
    return pending & Int32(bit) != 0
  }

  private func comeBack() -> ScreenEvent {
    measure()
    forget()
    return .resized
  }

  private func measure() {
    var columns: Int32 = 0
    var rows: Int32 = 0
    screen_size(&columns, &rows)
    size = (Int(columns), Int(rows))
  }

  private func put(_ cell: Cell, _ column: Int, _ row: Int) {
    let emphasis =
      switch cell.emphasis {
      case .plain: SCREEN_PLAIN
      case .bold: SCREEN_BOLD
      case .reverse: SCREEN_REVERSE
      }
    let pair = pair(palette.color(cell.ink, cell.shade), on: cell.ground.flatMap(palette.color))
    let scalars = [cell.glyph.value] + cell.marks.scalars.map(\.value)
    screen_put(
      Int32(column), Int32(row), scalars, Int32(scalars.count), cell.glyph.isWide ? 2 : 1, pair, Int32(emphasis))
  }

  /// ncurses's number for a pair of colours, nil being the terminal's own; 0 is the pair of both own. A pair that the
  /// terminal has no place for is shown without its ground, or without either.
  private func pair(_ color: Int?, on ground: Int? = nil) -> Int32 {
    let colors = SIMD2(Int32(color ?? -1), Int32(ground ?? -1))
    if colors == SIMD2(-1, -1) { return 0 }
    if let pair = pairs[colors] { return pair }
    let next = Int32(pairs.count) + 1
    guard screen_define_pair(next, colors.x, colors.y) else { return ground == nil ? 0 : pair(color) }
    pairs[colors] = next
    return next
  }

  /// Rounded up, so that a short sleep is not a busy loop.
  private static func milliseconds(_ duration: Duration) -> Int32 {
    let (seconds, attoseconds) = duration.components
    return Int32(clamping: max(0, seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
  }
}
