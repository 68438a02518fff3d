import Diffusion
import Export
import Pictures

/// What a run leaves behind.
struct Results {
  static let checkpoint = "checkpoint.safetensors"
  static let pictures = ["loss_curve", "denoise_step"]
  static let names =
    ["model.safetensors", "average.safetensors", checkpoint] + pictures.flatMap { ["\($0).svg", "\($0).png"] }

  let run: Run
  /// Of each step after the first so many, which others took.
  let losses: [Double]
  let first: Int
  /// Where the points were read from; nil if they were made.
  let origin: PointsOrigin?

  /// - Parameter note: Called with each file's path once it is there.
  func write(to directory: String, note: (String) -> Void) throws {
    // The weights first: they are what cannot be made again.
    var networks = [("model.safetensors", run.network)]
    if let average = run.averageDenoiser { networks.append(("average.safetensors", average.network)) }
    for (name, network) in networks {
      let path = AtomicFile.join(directory, name)
      let file = try Safetensors(
        network, experiment: run.experiment, seed: run.seed, step: run.stepCount, box: run.dataset.box)
      try AtomicFile.write(file.encoded(), to: path)
      note(path)
    }
    note(try writeCheckpoint(to: directory))

    var random = Random(seed: run.seed, stream: .denoisingStep)
    let step = denoisingStep(
      run.denoiser, dataset: run.dataset, schedule: run.schedule, using: &random)
    var missing: [String] = []
    for (name, scene) in zip(Results.pictures, [lossCurve(losses, after: first, of: run.dataset.name), step]) {
      let path = AtomicFile.join(directory, name + ".svg")
      let reason = try Picture.write(scene, to: path)
      note(path)
      if let reason {
        if !missing.contains(reason) { missing.append(reason) }
      } else {
        note(AtomicFile.join(directory, name + ".png"))
      }
    }
    for reason in missing { tell(reason) }
  }

  /// - Returns: The file's path.
  @discardableResult
  func writeCheckpoint(to directory: String) throws -> String {
    let path = AtomicFile.join(directory, Self.checkpoint)
    let file = CheckpointFile(run.checkpoint, origin: origin?.absolute, box: run.dataset.box)
    try AtomicFile.write(file.encoded(program: "roulade \(Roulade.version)"), to: path)
    return path
  }
}
