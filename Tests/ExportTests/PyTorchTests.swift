import Diffusion
import Export
import Foundation
import TestExperiments
import Testing

/// What Scripts/pytorch_roundtrip.py makes of files, where python3 has torch and safetensors.
@Suite("PyTorch", .enabled(if: PyTorch.isThere, "python3 has no torch and safetensors"))
struct PyTorchTests {
  private let x: [Point] = [[0.3, -0.2], [-1.1, 0.9], [0, 0], [2.5, -1.5], [0.01, 0.7]]
  private let sigma: [Float] = [0.002, 0.05, 0.3, 1, 2]

  private func predictions(_ path: String, _ arguments: [String] = [], labels: [Int] = []) throws -> [Point] {
    let rows = x.indices.map { i in
      "\(x[i].x),\(x[i].y),\(sigma[i])" + (labels.isEmpty ? "" : ",\(labels[i])")
    }
    let lines = try PyTorch.run(["predict", path] + arguments, input: rows.joined(separator: "\n") + "\n")
    return try lines.split(separator: "\n").map { line in
      let numbers = line.split(separator: ",").compactMap { Float($0) }
      try #require(numbers.count == 2, "\(line)")
      return Point(numbers[0], numbers[1])
    }
  }

  /// To 1e-5, relative to the greater of 1 and the answer.
  private func agree(_ a: [Point], _ b: [Point]) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy { a, b in
        (a - b).lengthSquared.squareRoot() <= 1e-5 * max(1, b.lengthSquared.squareRoot())
      }
  }

  @Test("predicts from a checkpoint what the run predicts", arguments: [0, 1, 2, 3, 4])
  func checkpoint(_ number: Int) throws {
    var experiment = number < 3 ? Experiment.standard : .edm
    (experiment.hidden, experiment.batchSize, experiment.averageDecay) = ([24, 16], 32, 0.9)
    switch number {
    case 0: break
    case 1:
      (experiment.activation, experiment.formulation.parameterization) = (.gelu, .v)
      experiment.formulation.features = InputFeatures(scaling: .scaled, octaves: 3)
    case 3: break
    case 4: experiment.data = .shape(.moons, count: 200)
    default:
      experiment.data = .shape(.moons, count: 200)
      experiment.formulation.parameterization = .edm
      experiment.formulation.features = InputFeatures(scaling: .unitVariance, octaves: 0)
    }
    let dataset = experiment.loadData()
    var run = Run(experiment, dataset: dataset, seed: 1, threads: 1)
    for _ in 0..<5 { try run.step() }
    let labels = dataset.classCount > 0 ? [0, 1, -1, 1, 0] : []
    let path = NSTemporaryDirectory() + "roulade-\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try AtomicFile.write(try CheckpointFile(run.checkpoint).encoded(program: "test"), to: path)

    // A class of -1 is none; here they are told row by row.
    func own(_ denoiser: NetworkDenoiser) -> [Point] {
      x.indices.map { i in
        let label = labels.isEmpty || labels[i] < 0 ? [] : [labels[i]]
        return denoiser.epsilon(x: [x[i]], sigma: [sigma[i]], labels: label)[0]
      }
    }
    let options = ["--sigma-data", "\(dataset.sigmaData)"]
    #expect(agree(try predictions(path, options, labels: labels), own(run.denoiser)))
    let average = try #require(run.averageDenoiser)
    #expect(agree(try predictions(path, options + ["--average"], labels: labels), own(average)))
  }

  @Test("weights of an nn.Sequential predict here what they predict there")
  func weights() throws {
    let path = NSTemporaryDirectory() + "roulade-\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    _ = try PyTorch.run(["make", path, "--hidden", "24,16"])
    let file = try WeightsFile(contentsOf: path)
    #expect(file.widths == [4, 24, 16, 2] && file.experiment == nil)
    let denoiser = NetworkDenoiser(network: try file.network(activation: .silu))
    #expect(agree(try predictions(path), denoiser.epsilon(x: x, sigma: sigma, labels: [])))
  }
}

private enum PyTorch {
  static let isThere: Bool = {
    let code = "import importlib.util as u; assert all(map(u.find_spec, ['torch', 'safetensors', 'numpy']))"
    return (try? run(python: ["-c", code])) != nil
  }()

  struct Failed: Error { let code: Int32 }

  static func run(_ arguments: [String], input: String = "") throws -> String {
    let script = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../Scripts/pytorch_roundtrip.py")
    return try run(python: [script.standardized.path] + arguments, input: input)
  }

  private static func run(python arguments: [String], input: String = "") throws -> String {
    let (process, stdin, stdout) = (Process(), Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    (process.standardInput, process.standardOutput) = (stdin, stdout)
    if arguments[0] == "-c" { process.standardError = FileHandle.nullDevice }
    try process.run()
    try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try stdin.fileHandleForWriting.close()
    let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed(code: process.terminationStatus) }
    return String(decoding: output, as: UTF8.self)
  }
}
