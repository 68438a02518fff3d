import ArgumentParser
import Diffusion

/// The options that say how samples are drawn.
struct SamplerOptions: ParsableArguments {
  typealias Settings = (sampler: Sampler, steps: Int)

  @Option(help: "Sampler: \(Sampler.all.map(\.name).joined(separator: ", ")).")
  var sampler = Sampler.accelerated.name

  @Option(parsing: .unconditional, help: "Steps from noise to data, 1 to 1000.")
  var samplerSteps = 20

  /// - Throws: `Failure` that names the option, what is wrong with it, and what it takes.
  func settings() throws -> Settings {
    guard (1...1000).contains(samplerSteps) else {
      throw Failure("--sampler-steps \(samplerSteps): 1 to 1000 steps", code: Failure.usage)
    }
    return (try choose(sampler, "sampler", from: Sampler.all.map { ($0.name, $0) }), samplerSteps)
  }
}
