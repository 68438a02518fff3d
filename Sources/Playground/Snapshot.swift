import Diffusion
import Export
import Plot

/// The present moment in files: the weights, and the picture on screen.
struct Snapshot {
  private static let probes = 200

  let weights: Safetensors
  let picture: Scene
  /// Without extension; says which run and which step.
  let name: String

  init(_ state: State) throws {
    let frame = state.frame
    weights = try Safetensors(
      frame.denoiser.network, experiment: state.experiment, seed: state.seed, step: frame.step)
    let noisy = state.noisyPoints(Snapshot.probes)
    let estimates = Estimates(
      of: noisy, sigma: Float(state.sigma.value), by: frame.denoiser, generation: state.generation)
    picture = denoisingScene(state, noisy: noisy, estimates: estimates)
    name = "roulade-\(state.experiment.name)-seed\(state.seed)-step\(frame.step)"
  }

  /// Writes both files, each whole or not at all.
  ///
  /// - Returns: Their paths.
  func write(toDirectory directory: String) throws(FileError) -> [String] {
    let paths = ["safetensors", "svg"].map { "\(directory)/\(name).\($0)" }
    try AtomicFile.write(weights.encoded(), to: paths[0])
    try AtomicFile.write(SVGRenderer(width: 640, height: 640).render(picture), to: paths[1])
    return paths
  }
}
