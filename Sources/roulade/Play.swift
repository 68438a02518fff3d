import ArgumentParser
import Diffusion
import Export
import Foundation
import Interface
import Playground
import Plot
import Terminal

struct Play: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Watch training live, in the terminal (the default).",
    discussion: """
      `?` lists the keys, `q` quits.

      Examples:
        roulade
        roulade --preset fourier --data word:HELLO
        roulade --data points.csv --config mine.toml
        roulade play --resume out/checkpoint.safetensors
        roulade play --theme light --glyphs ascii
      """)

  /// Exit code where there is no terminal to play in.
  static let noTerminal: Int32 = 2

  @OptionGroup var options: ExperimentOptions
  @OptionGroup(title: "Start") var startOptions: StartOptions
  @OptionGroup var samplerOptions: SamplerOptions

  @Option(
    help: "What the terminal can show: \(Glyphs.allCases.map(\.rawValue).joined(separator: ", ")) (default: found out)."
  )
  var glyphs: String?

  @Option(
    help: """
      Colours for the ground: auto, \(Theme.allCases.map(\.rawValue).joined(separator: ", ")) (default: auto, from \
      COLORFGBG).
      """)
  var theme: String?

  @Flag(name: .customLong("no-state"), help: "Begin without the settings of last time, and do not remember these.")
  var forgets = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Memory for the past of each run, in MB: how finely one can go back in time.", valueName: "number"))
  var history = 64

  func run() throws { try run(opensTour: false) }

  func run(opensTour: Bool) throws {
    try require((1...65_536).contains(history), "--history \(history): a whole number from 1 to 65536")
    let environment = ProcessInfo.processInfo.environment
    let user =
      UserDirectory.configuration.path("config.toml", environment: environment)
      .map { UserFile(contentsOf: $0) } ?? UserFile()
    let memory = forgets || !user.remembers ? nil : Memory(environment: environment)
    var notes = user.problems
    let keyMap = KeyMap(user.keys.map { ($0.word, $0.key) }, tables: App.tables) { word, problem in
      let place = user.keys.first { $0.word == word }?.place ?? ""
      notes.append("\(place): keys.\(word.quotable(columns: 40)): \(problem)")
    }
    let start = try self.start(user, memory) { notes.append($0) }
    let sampling = try samplerOptions.settings(
      over: start.settings, dataset: start.run.dataset, prefersAverage: false)
    let threads = try options.threadCount()
    let glyphs = try glyphs.map(Glyphs.chosen)
    let themes: [(String, Theme?)] = [("auto", nil)] + Theme.allCases.map { ($0.rawValue, $0) }
    let theme = try theme.map { try choose($0, "theme", for: "--theme", from: themes) } ?? user.theme
    let screen: NcursesScreen
    do {
      screen = try NcursesScreen(
        glyphs: glyphs ?? user.glyphs, theme: theme, quittingKeys: keyMap.sign(of: .character("q")) ?? "q")
    } catch {
      throw Failure("\(error); use `roulade train` instead", code: Play.noTerminal)
    }
    let loop = Loop(
      start.run, sampling: sampling, threads: threads, historyBytes: history << 20, screen: screen,
      snapshots: Snapshot.Destination(program: "roulade \(Roulade.version)", points: start.settings.points),
      notes: notes, keyMap: keyMap, opensTour: opensTour)
    let ending = loop.run()
    screen.close()
    do {
      try memory?.keep(loop.app.world.configuration, origin: start.settings.points)
    } catch {
      tell("roulade: the settings are not remembered: \(error); --no-state does without")
    }
    if case .signal(let signal) = ending { NcursesScreen.die(of: signal) }
  }

  /// What begins: as the options say, or else as last time, or else with the preset that the person chose.
  private func start(_ user: UserFile, _ memory: Memory?, note: (String) -> Void) throws -> Start {
    let isFree = options.isEmpty && startOptions.isEmpty && samplerOptions.isEmpty
    if isFree, let memory {
      do {
        if let settings = try memory.settings() {
          let start = try options.start(startOptions, over: settings, note: note)
          note("as last time; y shows what is set, --no-state begins without")
          return start
        }
      } catch {
        note("not as last time: \((error as? Failure)?.message ?? "\(error)")")
      }
    }
    let chosen = options.runOptions.preset == nil && startOptions.isEmpty ? user.preset : nil
    return try options.start(
      startOptions, over: try chosen.map { try presetSettings(named: $0) }, mayBeAtEnd: true, note: note)
  }
}
