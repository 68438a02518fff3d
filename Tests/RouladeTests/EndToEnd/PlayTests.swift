import Export
import Foundation
import Testing

/// The real program in a real terminal.
@Suite("roulade play", .serialized, .enabled(if: Tmux.isInstalled, "tmux is not installed"))
struct PlayTests {
  /// A network small enough to learn something within a second on any machine, and more steps than any test waits for.
  private let command = "\(Tmux.roulade) --hidden 32 --batch 64 --steps 1000000000"

  @Test("starts, learns, pauses, steps, exports and leaves a clean shell")
  func session() throws {
    let tmux = try Tmux()
    try tmux.run("stty -g >before; \(command)")

    // Training starts by itself.
    try tmux.wait(for: "● running")
    try tmux.wait("a step") { step($0).flatMap { $0 > 0 ? $0 : nil } }
    try tmux.press("Space")
    try tmux.wait(for: "○ paused")

    // Paused, r begins again, n adds one step, and the loss falls.
    try tmux.press("r")
    try tmux.wait("step 0") { step($0) == 0 && loss($0) == nil ? true : nil }
    try tmux.press("n")
    let first = try tmux.wait("the loss at step 1") { step($0) == 1 ? loss($0) : nil }
    try tmux.press("N")
    try tmux.wait("a smaller loss at step 101") {
      step($0) == 101 && loss($0).map { $0 < 0.95 * first } == true ? true : nil
    }

    // Sigma moves.
    try tmux.wait(for: " 0.100 ")
    try tmux.press("Right")
    try tmux.wait(for: " 0.112 ")

    // An export writes a folder whose checkpoint loads again.
    try tmux.press("e")
    let name = "roulade-default-swiss-roll-seed0-step101"
    try tmux.wait(for: "wrote \(name)")
    let file = try CheckpointFile(contentsOf: "\(tmux.directory)/\(name)/checkpoint.safetensors")
    #expect(file.checkpoint.step == 101 && file.checkpoint.network.parameters.allSatisfy { $0.isFinite })

    // q leaves a clean shell.
    try tmux.press("q")
    try expectCleanShell(tmux, status: 0)
  }

  @Test(
    "the pointer draws under every terminal's name: the entries of some have its reports as a key of their own",
    arguments: ["tmux-256color", "xterm-256color", "xterm"])
  func pointer(term: String) throws {
    let tmux = try Tmux()
    try tmux.run("TERM=\(term) \(command)")
    try tmux.wait(for: "● running")
    try tmux.press("8")
    try tmux.wait(for: "0 points")
    try tmux.send("\u{1b}[<0;11;11M")
    try tmux.wait(for: " 8 points")
    try tmux.press("q")
    try tmux.waitForNormalScreen()
  }

  @Test("where the cursor cannot be hidden it waits in the corner")
  func cursor() throws {
    let tmux = try Tmux()
    try tmux.run("TERM=vt100 \(command)")
    try tmux.wait(for: " running")
    try tmux.press("Space")
    try tmux.wait(for: " paused")
    try tmux.wait("the cursor in the corner") { _ in
      (try? tmux.variable("cursor_x") + "," + tmux.variable("cursor_y")) == "79,23" ? true : nil
    }
    #expect(try tmux.variable("cursor_flag") == "1")
    try tmux.press("q")
    try tmux.waitForPrompt()
  }

  @Test("where there is no alternate screen the last picture stays, and the prompt stands on a clean line below it")
  func noAlternateScreen() throws {
    let tmux = try Tmux()
    try tmux.run("TERM=vt100 sh -c 'echo $$ >process; exec \(command)'")
    try tmux.wait(for: " running")
    try tmux.resize(columns: 100, rows: 30)
    try tmux.wait("the footer in the last line") { $0.split(separator: "\n").last?.contains("q quit") }
    try tmux.press("C-z")
    try tmux.waitForPrompt()
    #expect(try tmux.screen().contains(" learning rate "))
    try tmux.run("fg")
    try tmux.wait(for: " running")
    let written = try String(contentsOfFile: "\(tmux.directory)/process", encoding: .utf8)
    #expect(kill(try #require(pid_t(written.trimmingCharacters(in: .whitespacesAndNewlines))), SIGTERM) == 0)
    try tmux.waitForPrompt()
    #expect(try !tmux.screen().contains("q quit"))
  }

  @Test("goes on from a checkpoint, and begins with weights from a file, whose widths it takes")
  func start() throws {
    // As wide as the seed in the header needs.
    let tmux = try Tmux(columns: 120, rows: 40)
    try tmux.run("\(Tmux.roulade) train --hidden 32 --batch 64 --seed 7 --steps 50 --out out >log; echo trained=$?")
    try tmux.wait(for: "trained=0")
    for (option, seed, least) in [("--resume out/checkpoint", 7, 50), ("--weights out/model", 0, 0)] {
      try tmux.run("\(Tmux.roulade) \(option).safetensors")
      try tmux.wait(for: "  seed \(seed) ")
      #expect(try tmux.wait("a step") { step($0) } >= least)
      try tmux.press("y")
      try tmux.wait(for: "--hidden 32")
      try tmux.press("q")
      try tmux.waitForNormalScreen()
    }
  }

  @Test(
    "a signal ends it by that signal and leaves a clean shell",
    arguments: ["INT", "TERM", "QUIT", "SEGV", "ABRT", "ILL"])
  func signals(name: String) throws {
    let numbers = [
      "INT": SIGINT, "TERM": SIGTERM, "QUIT": SIGQUIT, "SEGV": SIGSEGV, "ABRT": SIGABRT, "ILL": SIGILL,
    ]
    let number = try #require(numbers[name])
    let tmux = try Tmux()
    // A shell that becomes the program tells its number: `ps` and `pgrep` are not installed everywhere.
    try tmux.run("ulimit -c 0; stty -g >before; sh -c 'echo $$ >process; exec \(command)'")
    try tmux.wait(for: "● running")
    let written = try String(contentsOfFile: "\(tmux.directory)/process", encoding: .utf8)
    let process = try #require(pid_t(written.trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(kill(process, number) == 0)
    try expectCleanShell(tmux, status: 128 + number)
  }

  @Test("suspends and comes back; follows the size")
  func suspendAndResize() throws {
    let tmux = try Tmux()
    try tmux.run("set -m; \(command)")
    try tmux.wait(for: "● running")
    try tmux.press("C-z")
    try tmux.waitForPrompt()
    #expect(try tmux.variable("alternate_on") == "0")
    try tmux.run("fg")
    try tmux.wait(for: "● running")
    try tmux.press("Right")
    try tmux.wait(for: " 0.112 ")
    try tmux.resize(columns: 40, rows: 10)
    try tmux.wait(for: "roulade needs 60×20")
    try tmux.resize(columns: 120, rows: 40)
    // A word for which 80 columns have no room.
    try tmux.wait(for: "f freeze")
    try tmux.press("q")
    try tmux.waitForNormalScreen()
  }

  @Test("a terminal that says it has more columns than ncurses counts is drawn as far as it does")
  func wide() throws {
    let tmux = try Tmux()
    try tmux.run(command)
    try tmux.wait(for: "● running")
    let terminal = try tmux.variable("pane_tty")
    #expect(system("stty cols 65535 <\(terminal)") == 0)
    // What is drawn for so many wraps here.
    try tmux.wait("another picture") { $0.hasPrefix(" roulade ") ? nil : true }
    #expect(system("stty cols 80 <\(terminal)") == 0)
    try tmux.wait("the picture") { $0.hasPrefix(" roulade ") && $0.contains("● running") ? true : nil }
    try tmux.press("q")
    try tmux.waitForNormalScreen()
  }

  @Test("what the shell wrote while it was suspended stays, and the prompt comes below it")
  func cursorAfterResume() throws {
    let tmux = try Tmux()
    try tmux.run("set -m; \(command)")
    for word in ["first", "second"] {
      try tmux.wait(for: "● running")
      try tmux.press("C-z")
      try tmux.waitForPrompt()
      try tmux.run("printf '\(word)\\n%s\\n' 1 2 3; echo \(word)-end")
      try tmux.wait(for: "\n\(word)-end")
      try tmux.waitForPrompt()
      try tmux.run("fg")
    }
    try tmux.wait(for: "● running")
    try tmux.press("q")
    try tmux.waitForPrompt()
    let screen = try tmux.screen()
    #expect(screen.contains("first\n1\n") && screen.contains("second\n1\n"), "\(screen)")
    #expect(screen.contains("\nsecond-end\n"), "\(screen)")
  }

  @Test("without a terminal: one line and exit code 2")
  func noTerminal() throws {
    let tmux = try Tmux()
    try tmux.run("\(command) | cat; echo | \(command) 2>&1; echo status=$?")
    try tmux.wait(for: "status=2")
    #expect(try tmux.screen().contains("use `roulade train`"))
    #expect(try tmux.variable("alternate_on") == "0")
  }

  /// The prompt is back on the normal screen, with a cursor, the modes of before, and that exit code.
  private func expectCleanShell(_ tmux: Tmux, status: Int32) throws {
    try tmux.waitForPrompt()
    #expect(try tmux.variable("alternate_on") == "0")
    #expect(try tmux.variable("cursor_flag") == "1")
    try tmux.run("echo status=$?; stty -g >after")
    try tmux.wait(for: "status=\(status)\n")
    try tmux.waitForPrompt()
    let modes = try ["before", "after"].map { try String(contentsOfFile: "\(tmux.directory)/\($0)", encoding: .utf8) }
    #expect(modes[0] == modes[1])
  }

  /// The number behind "step" in the header.
  private func step(_ screen: String) -> Int? {
    screen.firstMatch(of: /step ([\d,]+)/).flatMap { Int($0.1.replacing(",", with: "")) }
  }

  /// The value in the title of the loss pane.
  private func loss(_ screen: String) -> Double? {
    screen.firstMatch(of: /loss ─+ ([\d.]+) ─/).flatMap { Double($0.1) }
  }
}
