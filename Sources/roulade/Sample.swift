import ArgumentParser
import Diffusion
import Export
import Foundation
import Pictures
import Plot

/// `roulade sample`: points from a trained network, any number of them.
struct Sample: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw samples from a checkpoint.",
    discussion: """
      Points of a file come back in that file's units. The moving average of the weights is asked if one is kept; \
      --denoiser chooses. The same seed gives the same samples, and more of them begin with the same.

      Examples:
        roulade sample out/checkpoint.safetensors --count 1000 > samples.csv
        roulade sample out/checkpoint.safetensors --count 1000000 --out samples.npy
        roulade sample out/checkpoint.safetensors --class 3 --guidance 2 --out samples.svg
        roulade sample out/checkpoint.safetensors --format json | jq length
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case csv, json, npy, svg, png
  }

  @OptionGroup var checkpointOptions: CheckpointOptions
  @OptionGroup var samplerOptions: SamplerOptions

  @Option(parsing: .unconditional, help: ArgumentHelp("Samples to draw, 1 to 1000000000.", valueName: "number"))
  var count = 1000

  @Option(help: "Format: csv, json, npy (NumPy), svg, png (default: by the ending of --out, else csv).")
  var format: Format?

  @Option(help: ArgumentHelp("File for the samples, or - for standard output.", valueName: "file"))
  var out = "-"

  @Option(parsing: .unconditional, help: ArgumentHelp("Seed of the samples (default: the run's).", valueName: "number"))
  var seed: UInt64?

  /// What a picture shows at most.
  private static let mostShown = 20_000

  func run() throws {
    try require((1...1_000_000_000).contains(count), "--count \(count): 1 to 1000000000 samples")
    let format = self.format ?? Format(rawValue: (out as NSString).pathExtension.lowercased()) ?? .csv
    try Output.checkTerminal(out, isText: format == .csv || format == .json || format == .svg)
    let (run, settings) = try checkpointOptions.load()
    var configuration = settings.configuration
    configuration.sampling = try samplerOptions.settings(over: settings, dataset: run.dataset, prefersAverage: true)
    let sampling = configuration.sampling
    // A pipe is open only when somebody reads it; before that, a request to stop ends the program.
    let output = try Output(out)
    Interruption.watch()
    let isWanted = { Interruption.signal == nil }
    var source = SampleSource(
      configuration, learned: run.denoiser, average: run.averageDenoiser, dataset: run.dataset, seed: seed ?? run.seed)
    func next(atMost count: Int) throws -> (points: [Point], labels: [Int]) {
      let drawn = source.next(atMost: count, isWanted: isWanted)
      guard isWanted() else { throw Interruption.failure }
      return drawn
    }
    if let format = PointsFormat(rawValue: format.rawValue) {
      var writer = PointsWriter(format, count: count, dataset: run.dataset)
      try output.write(writer.head)
      var drawn = 0
      while drawn < count, output.isWanted {
        let (points, labels) = try next(atMost: count - drawn)
        try output.write(writer.bytes(points, labels: labels))
        drawn += points.count
      }
      try output.write(writer.tail)
    } else {
      var (points, labels): ([Point], [Int]) = ([], [])
      while points.count < min(count, Self.mostShown) {
        let (more, their) = try next(atMost: min(count, Self.mostShown) - points.count)
        (points, labels) = (points + more, labels + their)
      }
      if count > Self.mostShown { tell("note: the picture shows \(Self.mostShown) of \(count) samples") }
      let scene = samples(
        of: run.dataset, points: points, labels: labels, sigma: 0, fitting: points,
        title: "\(run.dataset.name): \(points.count) samples, \(sampling.sampler.name), \(sampling.steps) steps")
      let svg = SVGRenderer(width: 640, height: 640).render(scene)
      guard let bytes = format == .svg ? Array(svg.utf8) : try Picture.png(of: svg, isWanted: isWanted) else {
        throw Interruption.failure
      }
      try output.write(bytes)
    }
    try output.finish()
  }
}
