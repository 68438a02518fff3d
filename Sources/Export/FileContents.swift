import Diffusion

/// What a file holds, whatever it is called.
package enum FileContents: Sendable {
  case checkpoint(CheckpointFile, Safetensors)
  /// A network's, with what it was trained by where the file says so.
  case weights(WeightsFile, Safetensors)
  /// A safetensors file with anything else in it.
  case tensors(Safetensors)
  case configuration(ConfigurationFile)
  case points(PointsFile)
  case numpy(NumpyFile)

  /// - Throws: What reading a file of that kind throws.
  package init(of path: String) throws {
    if path.hasSuffix(".toml") {
      self = .configuration(try ConfigurationFile(contentsOf: path, over: ConfigurationFile(Configuration(.standard))))
      return
    }
    let start = try InputFile(path).read(9)
    if start.starts(with: NumpyFile.magic) || path.hasSuffix(".npy") {
      self = .numpy(try NumpyFile(contentsOf: path))
      return
    }
    // A length of 8 bytes, and the JSON after it.
    let isSafetensors = start.count == 9 && start[8] == UInt8(ascii: "{") && start[5...7] == [0, 0, 0]
    guard isSafetensors || path.hasSuffix(".safetensors") else {
      self = .points(try PointsFile(contentsOf: path))
      return
    }
    let file = try Safetensors(contentsOf: path)
    if file.metadata["checkpoint_version"] != nil {
      self = .checkpoint(try CheckpointFile(file, path: path), file)
    } else if let weights = try? WeightsFile(file, path: path) {
      self = .weights(weights, file)
    } else {
      self = .tensors(file)
    }
  }

  /// The settings in it, if there are any.
  package var configuration: ConfigurationFile? {
    switch self {
    case .checkpoint(let file, _): file.configuration
    case .weights(let weights, let file):
      weights.experiment.map {
        ConfigurationFile(Configuration($0), seed: file.metadata["seed"].flatMap { UInt64($0) })
      }
    case .configuration(let file): file
    case .tensors, .points, .numpy: nil
    }
  }
}

extension CheckpointFile {
  /// All that was set; points are where they were read from, whatever directory that was said in.
  package var configuration: ConfigurationFile {
    var experiment = checkpoint.experiment
    if let origin { experiment.data = .file(path: origin.path, scale: origin.scale) }
    return ConfigurationFile(Configuration(experiment), seed: checkpoint.seed, points: origin)
  }
}
