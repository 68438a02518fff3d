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
    switch state.picture {
    case .estimates: picture = Snapshot.estimates(state)
    case .samples: picture = sampleScene(state)
    }
    name = "roulade-\(state.experiment.name)-seed\(state.seed)-step\(frame.step)"
  }

  private static func estimates(_ state: State) -> Scene {
    let noisy = state.noisyPoints(probes)
    func estimates(_ denoiser: any Denoiser) -> Estimates {
      Estimates(of: noisy, sigma: Float(state.sigma.value), by: denoiser, generation: state.generation)
    }
    let ideal = state.comparison == .learned ? nil : state.insight.map { estimates($0.ideal) }
    let learned = state.comparison == .ideal && ideal != nil ? nil : estimates(state.frame.denoiser)
    return denoisingScene(state, noisy: noisy, estimates: (learned, ideal))
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
