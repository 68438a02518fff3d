import Diffusion
import Foundation

extension Safetensors {
  /// Longer headers are refused: as text they describe some hundred thousand tensors.
  package static let mostHeaderBytes = 8 << 20

  /// Reads a file, a tensor at a time: a file that promises more than it holds is refused before its data are read.
  ///
  /// - Throws: `FileError` if it cannot be read, `SafetensorsError` if its contents are not what they should be.
  package init(contentsOf path: String) throws {
    let file = try InputFile(path)
    try self.init(size: file.size, file: path) { try file.read($0) }
  }

  /// Reads a file's contents; `file` is its name in errors.
  ///
  /// - Throws: `SafetensorsError` if they are not what they should be.
  package init(decoding data: Data, file: String) throws {
    var rest = data[...]
    try self.init(size: data.count, file: file) { count in
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
  }

  /// - Parameters:
  ///   - size: The file's, in bytes.
  ///   - file: Its name, for errors.
  ///   - read: Gives the next so many bytes, or fewer if there are no more.
  private init(size: Int, file: String, read: (Int) throws -> [UInt8]) throws {
    func fail(_ reason: SafetensorsError.Reason) -> SafetensorsError { SafetensorsError(file, reason) }

    let lengthBytes = try read(8)
    guard lengthBytes.count == 8 else { throw fail(.truncated(expected: 8, found: size)) }
    let headerLength = lengthBytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    // Without a limit, any file of text would claim a header of exabytes.
    guard headerLength <= Self.mostHeaderBytes else {
      throw fail(.badHeader("its header would be \(headerLength) bytes long"))
    }
    let start = 8 + Int(headerLength)
    guard start <= size else { throw fail(.truncated(expected: start, found: size)) }
    let header: SafetensorsHeader
    do {
      header = try JSONDecoder().decode(SafetensorsHeader.self, from: Data(try read(Int(headerLength))))
    } catch let error as DecodingError {
      throw fail(.badHeader(SafetensorsHeader.reason(error)))
    }

    // The whole header first: what it says is checked against the file's size before anything is made of it.
    var end = 0
    let entries = header.tensors.sorted { ($0.value.start, $0.key) < ($1.value.start, $1.key) }
    for (name, entry) in entries { end = try entry.checkedRange(name: name, after: end, file: file).upperBound }
    guard end <= size - start else { throw fail(.truncated(expected: start + end, found: size)) }
    guard end == size - start else {
      throw fail(.badHeader("\(size - start - end) bytes after the last tensor"))
    }

    var tensors: [Tensor] = []
    for (name, entry) in entries {
      let count = entry.dataOffsets[1] - entry.dataOffsets[0]
      let bytes = try read(count)
      // A file that somebody else writes to meanwhile.
      guard bytes.count == count else { throw fail(.truncated(expected: start + end, found: size)) }
      let values = Tensor.Values(littleEndian: bytes, isDouble: entry.dtype == "F64")
      // What is infinite in the state of an optimizer, the optimizer judges.
      let mayOverflow = name.hasPrefix("optimizer.")
      guard mayOverflow ? values.areNumbers : values.areFinite else { throw fail(.nonFinite(tensor: name)) }
      tensors.append(Tensor(name: name, shape: entry.shape, values: values))
    }
    self.init(tensors: tensors, metadata: header.metadata)
  }
}

extension NamedTensor.Values {
  fileprivate init(littleEndian bytes: [UInt8], isDouble: Bool) {
    self = bytes.withUnsafeBytes { raw in
      if isDouble {
        .float64(
          (0..<raw.count / 8).map {
            Double(bitPattern: UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self)))
          })
      } else {
        .float32(
          (0..<raw.count / 4).map {
            Float(bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)))
          })
      }
    }
  }

  fileprivate var areNumbers: Bool {
    switch self {
    case .float32(let values): values.allSatisfy { !$0.isNaN }
    case .float64(let values): values.allSatisfy { !$0.isNaN }
    }
  }

  fileprivate var areFinite: Bool {
    switch self {
    case .float32(let values): values.allSatisfy(\.isFinite)
    case .float64(let values): values.allSatisfy(\.isFinite)
    }
  }
}
