import Diffusion
import Export
import Foundation
import Plot

/// The present moment in files: the weights, their moving average if there is one, and the picture on screen.
struct Snapshot: Sendable {
  private let frame: Frame
  /// What a person's points were put into.
  private let box: UnitBox?
  private let picture: Scene?
  /// Without ending; says which run and which step.
  let name: String

  init(_ app: App) {
    let world = app.world
    // What the frame says of itself: after a reset it may still be the one of before.
    frame = world.frame
    let experiment = frame.moment.experiment
    // Only the data that a person brought along can have been put into a box.
    let isOriginal = experiment.data == world.original.configuration.experiment.data
    box = isOriginal ? world.original.dataset.box : nil
    picture = app.picture()
    let data = Snapshot.fileName(experiment.data)
    name = "roulade-\(experiment.name)-\(data)-seed\(frame.seed)-step\(frame.moment.id.step)"
  }

  /// The data set's name with nothing in it that means something to a file system or a shell.
  private static func fileName(_ data: DataSource) -> String {
    let name = data.name.split(separator: "/").last ?? "data"
    return String(name.prefix(40).map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "-" })
  }

  /// Writes all files, each whole or not at all. An earlier export of that name, perhaps of other settings, stays as it
  /// is: this one is then numbered.
  ///
  /// - Returns: Their names, in short: the first whole, of the others the ending.
  /// - Throws: Why they cannot be written.
  func write(toDirectory directory: String) throws -> String {
    func file(_ denoiser: NetworkDenoiser) throws -> Safetensors {
      try Safetensors(
        denoiser.network, experiment: frame.moment.experiment, seed: frame.seed, step: frame.moment.id.step, box: box)
    }
    let weights =
      [(ending: ".safetensors", file: try file(frame.moment.learned))]
      + (try frame.moment.average.map { [(ending: "-average.safetensors", file: try file($0))] } ?? [])
    var path = AtomicFile.join(directory, name)
    var number = 1
    while FileManager.default.fileExists(atPath: path + ".safetensors") {
      number += 1
      path = AtomicFile.join(directory, "\(name)-\(number)")
    }
    for (ending, file) in weights { try AtomicFile.write(file.encoded(), to: path + ending) }
    if let picture { try AtomicFile.write(SVGRenderer(width: 640, height: 640).render(picture), to: path + ".svg") }
    let shown = directory == "." ? String(path.dropFirst(2)) : path
    return shown + ".safetensors" + weights.dropFirst().map { _ in ", -average" }.joined()
      + (picture == nil ? "" : ", .svg")
  }
}
