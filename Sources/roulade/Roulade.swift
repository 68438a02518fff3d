import ArgumentParser

@main
struct Roulade: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Watch a diffusion model learn, in the terminal.")
}
