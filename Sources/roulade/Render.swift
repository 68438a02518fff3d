import ArgumentParser
import Diffusion
import Export
import Foundation
import Plot

/// `roulade render`: a checkpoint as a picture, still or moving.
struct Render: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw a checkpoint: as SVG or PNG, as text in the terminal, or moving.",
    discussion: """
      --animate sampling shows samples on their way from noise; --animate training trains again from the checkpoint's \
      settings and seed, which takes as long as it took, and draws what it comes by. A moving SVG needs nothing but a \
      browser; GIF and APNG need rsvg-convert (Debian: librsvg2-bin) and one of gifski, ImageMagick, ffmpeg or apngasm.

      Examples:
        roulade render out/checkpoint.safetensors --view sample
        roulade render out/checkpoint.safetensors --view trails --count 100 --out trails.svg
        roulade render out/checkpoint.safetensors --view sample --animate sampling --sampler-steps 60 --out flow.svg
        roulade render out/checkpoint.safetensors --view sample --animate training --out learning.gif
      """)

  enum Motion: String, CaseIterable, ExpressibleByArgument {
    case sampling, training
  }

  @OptionGroup var checkpointOptions: CheckpointOptions
  @OptionGroup var samplerOptions: SamplerOptions

  @Option(help: "What to draw: \(RenderedView.allCases.map(\.rawValue).joined(separator: ", ")).")
  var view = RenderedView.denoise

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Noise level of field and density, one of training's.", valueName: "number"))
  var sigma = 0.1

  @Option(help: "What moves: sampling or training (default: nothing).")
  var animate: Motion?

  @Option(parsing: .unconditional, help: ArgumentHelp("Arrows or samples, 1 to 20000.", valueName: "number"))
  var count = 300

  @Option(parsing: .unconditional, help: ArgumentHelp("Moments of a training, 2 to 500.", valueName: "number"))
  var frames = 60

  @Option(parsing: .unconditional, help: ArgumentHelp("Seconds that it moves, above 0 to 600.", valueName: "number"))
  var seconds = 6.0

  @Option(help: ArgumentHelp("File for the picture, or - for standard output.", valueName: "file"))
  var out = "-"

  @Option(
    help: "Format: text, svg, png, gif, apng (default: by the ending of --out; text on a terminal, else svg).")
  var format: PictureFormat?

  @OptionGroup var pictureOptions: PictureOptions

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Seed of what is drawn (default: the run's).", valueName: "number"))
  var seed: UInt64?

  func run() throws {
    try require((1...20_000).contains(count), "--count \(count): 1 to 20000")
    try require((2...500).contains(frames), "--frames \(frames): 2 to 500")
    try require(seconds > 0 && seconds <= 600, "--seconds \(seconds): above 0, at most 600")
    let format = try pictureFormat()
    try pictureOptions.check()
    let (run, settings) = try checkpointOptions.load()
    var configuration = settings.configuration
    configuration.sampling = try samplerOptions.settings(over: settings, dataset: run.dataset, prefersAverage: true)
    let sigmas = run.schedule.range
    try require(
      sigmas.contains(Float(sigma)),
      "--sigma \(numberText(sigma)): this run's are \(sigmas.lowerBound.formatted(significant: 3)) to "
        + sigmas.upperBound.formatted(significant: 3))
    // A pipe is open only when somebody reads it; before that, a request to stop ends the program.
    let output = try Output(out)
    Interruption.watch()
    let isWanted = { Interruption.signal == nil }
    let picture = RunPicture(
      view: view, configuration: configuration, dataset: run.dataset, sigma: Float(sigma), count: count,
      seed: seed ?? run.seed, isLettered: format == .text && !TextPicture.hasColors, isWanted: isWanted)
    let scenes: [Scene]?
    switch animate {
    case nil: scenes = picture.scene(run).map { [$0] }
    case .sampling: scenes = picture.states(run)
    case .training: scenes = try training(of: run, picture)
    }
    guard let scenes, isWanted(),
      let bytes = try pictureOptions.bytes(of: scenes, format, seconds: seconds, isWanted: isWanted)
    else { throw Interruption.failure }
    try output.write(bytes)
    try output.finish()
  }

  private func pictureFormat() throws -> PictureFormat {
    let ending = PictureFormat(rawValue: (out as NSString).pathExtension.lowercased())
    let usual: PictureFormat = out == "-" && isatty(STDOUT_FILENO) == 1 ? .text : .svg
    let format = self.format ?? ending ?? usual
    // A PNG that moves is an APNG.
    let moving = animate != nil && format == .png ? .apng : format
    try Output.checkTerminal(out, isText: [.text, .svg].contains(moving))
    try require(animate == nil || moving != .text, "--animate: text does not move; take svg, gif or apng")
    try require(
      animate != nil || ![.gif, .apng].contains(moving), "\(moving.rawValue) is for pictures that move: --animate")
    try require(animate != .sampling || view == .sample, "--animate sampling goes with --view sample")
    return moving
  }

  /// Trains anew, from the same seed with the same settings, and draws on the way: often at first, when most happens.
  private func training(of end: Run, _ picture: RunPicture) throws -> [Scene] {
    let progress = Progress("training")
    var run = Run(
      end.experiment, dataset: end.dataset, seed: end.seed, threads: try checkpointOptions.threadOptions.threadCount(),
      instructionSet: end.instructionSet)
    var scenes: [Scene] = []
    for frame in 0..<frames {
      let share = Double(frame) / Double(frames - 1)
      let step = Int((share * share * Double(end.stepCount)).rounded())
      while run.stepCount < step, Interruption.signal == nil {
        try run.step()
        progress.show(run.stepCount, of: end.stepCount)
      }
      guard let scene = picture.scene(run) else { break }
      scenes.append(scene)
    }
    progress.clear()
    if Interruption.signal == nil, run.network != end.network {
      tell(
        "note: this is the run that the checkpoint's settings make; the checkpoint's own was changed on its way, began with other weights, or was computed elsewhere"
      )
    }
    return scenes
  }
}
