import Diffusion
import Foundation
import Plot

/// A checkpoint as a safetensors file, from which training goes on with the same bits. `docs/checkpoint.md` describes
/// it.
package struct CheckpointFile: Equatable, Sendable {
  /// Of the file's layout. It rises when a program that knows only the former could not read the file rightly.
  package static let version = 1

  /// The run itself.
  package var checkpoint: Checkpoint
  /// Where the points were read from; nil if the experiment makes them.
  package var origin: PointsOrigin?
  /// How they were put into the box from −1 to 1, if they were.
  package var box: UnitBox?

  package init(_ checkpoint: Checkpoint, origin: PointsOrigin? = nil, box: UnitBox? = nil) {
    (self.checkpoint, self.origin, self.box) = (checkpoint, origin, box)
  }
}

/// Writing.
extension CheckpointFile {
  /// The file's contents.
  ///
  /// - Parameter program: What writes it, with its version.
  package func encoded(program: String) throws -> [UInt8] {
    let rest = checkpoint.metadata
    var metadata = [
      "format": "pt", "checkpoint_version": "\(Self.version)", "program": program,
      "experiment": try json(rest.experiment), "seed": "\(rest.seed)", "step": "\(rest.step)", "rows": "\(rest.rows)",
      "instruction_set": rest.instructionSet.rawValue, "c_library": InstructionSet.cLibrary, "digest": rest.digest,
      "optimizer": try json(rest.optimizer), "losses": try json(rest.losses),
    ]
    if let updates = rest.averageUpdates { metadata["average_updates"] = "\(updates)" }
    if let origin { metadata["points"] = try json(origin) }
    if let box { metadata["box"] = try json(box) }
    return Safetensors(tensors: checkpoint.tensors, metadata: metadata).encoded()
  }
}

/// Reading.
extension CheckpointFile {
  /// - Throws: `FileError` if the file cannot be read, `SafetensorsError` if it is no safetensors file,
  ///   `CheckpointFileError` if it is not a checkpoint that training can go on from.
  package init(contentsOf path: String) throws {
    try self.init(Safetensors(contentsOf: path), path: path)
  }

  /// - Parameter path: Where the tensors were read from, for the errors, which are as when it is read from there.
  init(_ file: Safetensors, path: String) throws {
    do {
      try self.init(file)
    } catch let error as CheckpointError {
      throw CheckpointFileError(path, "\(error)".quotable(columns: 200))
    } catch let error as CheckpointFileError {
      throw CheckpointFileError(path, error.reason)
    }
  }

  private init(_ file: Safetensors) throws {
    let texts = MetadataTexts(texts: file.metadata)
    guard let version = file.metadata["checkpoint_version"] else {
      throw CheckpointFileError("", "it holds no checkpoint, only tensors; weights are read with --weights")
    }
    guard version == "\(Self.version)" else {
      let program = file.metadata["program"].map { ", written by \($0.quotable(columns: 40))" } ?? ""
      throw CheckpointFileError(
        "",
        "a checkpoint of version \(version.quotable(columns: 20))\(program); this program reads version \(Self.version)"
      )
    }
    let metadata = Checkpoint.Metadata(
      experiment: try texts.decoded("experiment"), seed: try texts.number("seed"), step: try texts.number("step"),
      rows: try texts.number("rows"), instructionSet: try texts.instructionSet(), digest: try texts.text("digest"),
      optimizer: try texts.decoded("optimizer"),
      averageUpdates: try file.metadata["average_updates"].map { _ in try texts.number("average_updates") },
      losses: try texts.decoded("losses"))
    checkpoint = try Checkpoint(metadata, tensors: file.tensors)
    origin = try texts.decodedIfPresent("points")
    box = try texts.decodedIfPresent("box")
  }
}

/// Why a file is not a checkpoint that training can go on from.
package struct CheckpointFileError: Error, Equatable, CustomStringConvertible {
  /// Its path, as it was given.
  package let file: String
  /// What is wrong with it, in words that follow a colon.
  package let reason: String

  init(_ file: String, _ reason: String) { (self.file, self.reason) = (file, reason) }

  package var description: String { "\(file): \(reason)" }
}
