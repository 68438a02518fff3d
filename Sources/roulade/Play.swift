import ArgumentParser
import Diffusion
import Playground
import Plot
import Terminal

struct Play: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Watch training live, in the terminal (the default).")

  /// Exit code where there is no terminal to play in.
  static let noTerminal: Int32 = 2

  @OptionGroup var options: ExperimentOptions
  @OptionGroup(title: "Start") var startOptions: StartOptions
  @OptionGroup var samplerOptions: SamplerOptions

  @Option(
    help: "What the terminal can show: \(Glyphs.allCases.map(\.rawValue).joined(separator: ", ")) (default: found out)."
  )
  var glyphs: String?

  @Option(help: "Colours for the ground: auto, dark, light, high-contrast (default: auto, from COLORFGBG).")
  var theme: String?

  func run() throws {
    var notes: [String] = []
    let start = try options.start(startOptions, mayBeAtEnd: true) { notes.append($0) }
    let sampling = try samplerOptions.settings(
      over: start.settings, dataset: start.run.dataset, prefersAverage: false)
    let threads = try options.threadCount()
    let glyphs = try glyphs.map { try choose($0, "kind of glyphs", from: Glyphs.allCases.map { ($0.rawValue, $0) }) }
    let themes: [(String, Theme?)] = [
      ("auto", nil), ("dark", .dark), ("light", .light), ("high-contrast", .highContrast),
    ]
    let theme = try theme.flatMap { try choose($0, "theme", from: themes) }
    let screen: NcursesScreen
    do {
      screen = try NcursesScreen(glyphs: glyphs, theme: theme)
    } catch {
      throw Failure("\(error); use `roulade train` instead", code: Play.noTerminal)
    }
    let loop = Loop(
      start.run, sampling: sampling, threads: threads, screen: screen,
      snapshots: Snapshot.Destination(program: "roulade \(Roulade.version)", points: start.settings.points),
      notes: notes)
    let ending = loop.run()
    screen.close()
    if case .signal(let signal) = ending { NcursesScreen.die(of: signal) }
  }
}
