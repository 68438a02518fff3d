import Diffusion
import Export
import Foundation
import Plot

/// The present moment in a folder: the checkpoint, the picture of every view, loss and samples as tables, the settings,
/// and how to get there again.
package struct Snapshot: Sendable {
  /// Where snapshots go, and what the playground itself does not know of them.
  package struct Destination: Sendable {
    let directory: String
    /// What writes it, with its version.
    let program: String
    /// Where the points were read from, if they were.
    let points: PointsOrigin?

    /// - Parameters:
    ///   - directory: Where folders are made.
    ///   - program: What writes them, with its version.
    ///   - points: Where the points were read from, if they were.
    package init(directory: String = ".", program: String = "roulade", points: PointsOrigin? = nil) {
      (self.directory, self.program, self.points) = (directory, program, points)
    }
  }

  private static let sampleCount = 1000

  /// As it was when the key was pressed, with the run of the capture.
  private let app: App
  private let capture: Lab.Capture
  private let destination: Destination
  private let configuration: ConfigurationFile

  init(_ app: App, _ capture: Lab.Capture, _ destination: Destination) {
    var app = app
    app.look(at: capture.frame)
    (self.app, self.capture, self.destination) = (app, capture, destination)
    configuration = ConfigurationFile(
      Configuration(
        capture.checkpoint.experiment, sampling: app.world.sampling, classNames: capture.dataset.classNames),
      seed: capture.checkpoint.seed, readAs: destination.points)
  }

  /// Without a number; says which run and which step.
  private var name: String {
    let checkpoint = capture.checkpoint
    let names = [checkpoint.experiment.name, checkpoint.experiment.data.name].map(Self.fileName)
    return "roulade-\(names[0])-\(names[1])-seed\(checkpoint.seed)-step\(checkpoint.step)"
  }

  /// A name with nothing in it that means something to a file system or a shell.
  private static func fileName(_ name: String) -> String {
    let last = name.split(separator: "/").last ?? "data"
    return String(last.prefix(40).map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "-" })
  }

  /// Writes the folder, whole or not at all. An earlier one of that name stays: this one is then numbered.
  ///
  /// - Returns: Its name.
  /// - Throws: Why it cannot be written.
  func write() throws -> String {
    let folder = try AtomicFolder(in: destination.directory)
    var contents: [(name: String, what: String)] = []
    func add(_ bytes: [UInt8], _ name: String, _ what: String) throws {
      try folder.write(bytes, to: name)
      contents.append((name, what))
    }
    let file = CheckpointFile(capture.checkpoint, origin: configuration.points, box: capture.dataset.box)
    try add(
      file.encoded(program: destination.program), "checkpoint.safetensors", "the whole run, and its weights as net.*")
    for (name, scene) in app.pictures() {
      let svg = SVGRenderer(width: 640, height: scene.window.isSquare ? 640 : 440).render(scene)
      try add(Array(svg.utf8), name + ".svg", scene.title)
    }
    try add(Array(losses.utf8), "loss.csv", "the smoothed loss, by step")
    try add(samples, "samples.csv", "\(Self.sampleCount) samples")
    try add(Array(configuration.toml.utf8), "settings.toml", "all settings, for --config")
    try folder.write(readme(contents), to: "README.txt")
    return try folder.finish(as: name)
  }

  private var losses: String {
    let history = capture.checkpoint.losses
    // The history begins where the loss began to mean what it means.
    let first = capture.checkpoint.step - history.count
    let lines = history.values.enumerated().map { "\(first + ($0 + 1) * history.stride),\($1)\n" }
    return "step,loss\n" + lines.joined()
  }

  private var samples: [UInt8] {
    let moment = capture.frame.moment
    var source = SampleSource(
      configuration.configuration, learned: moment.learned, average: moment.average, dataset: capture.dataset,
      seed: capture.checkpoint.seed)
    var writer = PointsWriter(.csv, count: Self.sampleCount, dataset: capture.dataset)
    let drawn = source.next(atMost: Self.sampleCount)
    return writer.head + writer.bytes(drawn.points, labels: drawn.labels) + writer.tail
  }

  /// The same without the settings' file.
  private var command: String {
    let checkpoint = capture.checkpoint
    return configuration.configuration.commandLine(
      "train", seed: checkpoint.seed,
      others: (configuration.points?.arguments ?? []) + ["--until-step", "\(checkpoint.step)"])
  }

  private func readme(_ contents: [(name: String, what: String)]) -> String {
    let checkpoint = capture.checkpoint
    let width = contents.map(\.name.cellWidth).max() ?? 0
    return """
      \(destination.program): step \(checkpoint.step) of \(checkpoint.experiment.name) on \(capture.dataset.name), \
      seed \(checkpoint.seed)

      \(contents.map { "\($0.name.padded(to: width))  \($0.what)" }.joined(separator: "\n"))

      Train the same again, if no setting was changed on the way:

          roulade train --config settings.toml --until-step \(checkpoint.step)
          \(command)

      Look at it, or go on from here:

          roulade evaluate checkpoint.safetensors
          roulade train --resume checkpoint.safetensors --until-step \(checkpoint.step + 1000)

      Draw the samples again, or others:

          roulade sample checkpoint.safetensors --config settings.toml --count \(Self.sampleCount)

      """
  }
}

extension App {
  /// Shows a moment, alone and at rest, so that pictures can be made of it.
  fileprivate mutating func look(at frame: Frame) {
    world.toPresent()
    world.freeze(false)
    _ = update(.frame(frame))
    (overlays, zoomed, world.wantsTraining) = ([], nil, false)
  }

  /// The picture of every view that has one, when it has come to rest, with the view's word.
  fileprivate func pictures() -> [(name: String, scene: Scene)] {
    views.indices.compactMap { index in
      var app = self
      app.chosenView = index
      app.views[index].appear(app.world)
      app.answerQuestions()
      // What moves is shown where it comes to rest.
      for _ in 0..<60 where app.isMoving { _ = app.update(.passed(0.5)) }
      return app.picture().map { (type(of: app.views[index]).word, $0) }
    }
  }
}
