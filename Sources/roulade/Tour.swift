import ArgumentParser

/// `roulade tour`: the playground, with the tour open.
struct Tour: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "A tour of diffusion in ten screens, each with one idea and one thing to try.",
    discussion: """
      Examples:
        roulade tour
        roulade tour --data dinosaur
      """)

  @OptionGroup var play: Play

  func run() throws { try play.run(opensTour: true) }
}
