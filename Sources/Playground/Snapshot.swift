import Diffusion
import Export
import Foundation
import Plot

/// The present moment in files: the weights, their moving average if there is one, and the picture on screen.
struct Snapshot {
  private static let probes = 200

  /// What is written, by the ending of its name.
  private let weights: [(ending: String, file: Safetensors)]
  private let picture: Scene
  /// Without ending; says which run and which step.
  let name: String

  init(_ state: State) throws {
    // What the frame says of itself: after a reset it may still be the one of before.
    let frame = state.frame
    // Only the data that a person brought along can have been put into a box.
    let box = frame.experiment.data == state.original.experiment.data ? state.original.dataset.box : nil
    func file(_ denoiser: NetworkDenoiser) throws -> Safetensors {
      try Safetensors(denoiser.network, experiment: frame.experiment, seed: frame.seed, step: frame.step, box: box)
    }
    weights =
      [(".safetensors", try file(frame.denoiser))]
      + (try frame.average.map { [("-average.safetensors", try file($0))] } ?? [])
    switch state.picture {
    case .estimates: picture = Snapshot.estimates(state)
    case .samples: picture = sampleScene(state)
    }
    let data = Snapshot.fileName(frame.experiment.data)
    name = "roulade-\(frame.experiment.name)-\(data)-seed\(frame.seed)-step\(frame.step)"
  }

  /// The data set's name with nothing in it that means something to a file system or a shell.
  private static func fileName(_ data: DataSource) -> String {
    let name = data.name.split(separator: "/").last ?? "data"
    return String(name.prefix(40).map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "-" })
  }

  private static func estimates(_ state: State) -> Scene {
    let learned = state.comparison != .ideal && state.isFrameCurrent ? state.question(probes: probes).answer : nil
    let ideal = state.comparison != .learned ? state.idealQuestion(probes: probes)?.answer : nil
    return denoisingScene(state, noisy: state.noisyPoints(probes), estimates: (learned, ideal))
  }

  /// Writes all files, each whole or not at all. An earlier export of that name, perhaps of other settings, stays as it
  /// is: this one is then numbered.
  ///
  /// - Returns: Their names, in short: the first whole, of the others the ending.
  func write(toDirectory directory: String) throws(FileError) -> String {
    var path = AtomicFile.join(directory, name)
    var number = 1
    while FileManager.default.fileExists(atPath: path + ".safetensors") {
      number += 1
      path = AtomicFile.join(directory, "\(name)-\(number)")
    }
    for (ending, file) in weights { try AtomicFile.write(file.encoded(), to: path + ending) }
    try AtomicFile.write(SVGRenderer(width: 640, height: 640).render(picture), to: path + ".svg")
    let shown = directory == "." ? String(path.dropFirst(2)) : path
    return shown + ".safetensors" + weights.dropFirst().map { _ in ", -average" }.joined() + ", .svg"
  }
}
