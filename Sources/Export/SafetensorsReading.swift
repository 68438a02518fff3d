import Foundation

/// Why a safetensors file cannot be used.
package struct SafetensorsError: Error, Equatable, CustomStringConvertible {
  package enum Reason: Equatable, Sendable {
    case truncated(expected: Int, found: Int)
    case badHeader(String)
    case typeMismatch(tensor: String, found: String)
    case shapeMismatch(tensor: String, expected: [Int], found: [Int])
    case missing(tensor: String)
    case unexpected(tensor: String)
    case nonFinite(tensor: String)
  }

  package let file: String
  package let reason: Reason

  package init(_ file: String, _ reason: Reason) {
    self.file = file
    self.reason = reason
  }

  package var description: String {
    switch reason {
    case .truncated(let expected, let found):
      "\(file): the file ends after \(found) bytes; its header says \(expected)"
    case .badHeader(let what):
      "\(file): not a safetensors file: \(what)"
    case .typeMismatch(let tensor, let found):
      "\(file): tensor '\(tensor)' has type \(found); expected F32"
    case .shapeMismatch(let tensor, let expected, let found):
      "\(file): tensor '\(tensor)' has shape \(found); expected \(expected)"
    case .missing(let tensor):
      "\(file): tensor '\(tensor)' is missing"
    case .unexpected(let tensor):
      "\(file): tensor '\(tensor)' has no place in this network"
    case .nonFinite(let tensor):
      "\(file): tensor '\(tensor)' holds a value that is not finite"
    }
  }
}

extension Safetensors {
  /// Reads a file.
  ///
  /// - Throws: `FileError` if it cannot be read, `SafetensorsError` if its contents are not what they should be.
  package init(contentsOf path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      let exists = FileManager.default.fileExists(atPath: path)
      throw FileError("cannot read", path, exists ? "is it a file, and yours to read?" : "no such file")
    }
    try self.init(decoding: data, file: path)
  }

  /// Reads a file's contents; `file` is its name in errors.
  package init(decoding data: Data, file: String) throws(SafetensorsError) {
    let bytes = [UInt8](data)
    guard bytes.count >= 8 else { throw SafetensorsError(file, .truncated(expected: 8, found: bytes.count)) }
    let headerLength = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << (8 * UInt64($1)) }
    // The reference implementation's limit: without it, any file of text would claim a header of exabytes.
    guard headerLength <= 100_000_000 else {
      throw SafetensorsError(file, .badHeader("its header would be \(headerLength) bytes long"))
    }
    let start = 8 + Int(headerLength)
    guard start <= bytes.count else { throw SafetensorsError(file, .truncated(expected: start, found: bytes.count)) }

    let header: Header
    do {
      header = try JSONDecoder().decode(Header.self, from: Data(bytes[8..<start]))
    } catch {
      throw SafetensorsError(file, .badHeader(Header.reason(error)))
    }

    var end = 0
    var tensors: [Tensor] = []
    for (name, entry) in header.tensors.sorted(by: { ($0.value.start, $0.key) < ($1.value.start, $1.key) }) {
      let range = try entry.checkedRange(name: name, after: end, file: file)
      guard start + range.upperBound <= bytes.count else {
        throw SafetensorsError(file, .truncated(expected: start + range.upperBound, found: bytes.count))
      }
      end = range.upperBound
      let values = bytes[(start + range.lowerBound)..<(start + range.upperBound)].withUnsafeBytes { raw in
        (0..<raw.count / 4).map { i in
          Float(bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: 4 * i, as: UInt32.self)))
        }
      }
      guard values.allSatisfy(\.isFinite) else { throw SafetensorsError(file, .nonFinite(tensor: name)) }
      tensors.append(Tensor(name: name, shape: entry.shape, values: values))
    }
    guard start + end == bytes.count else {
      throw SafetensorsError(file, .badHeader("\(bytes.count - start - end) bytes after the last tensor"))
    }
    self.init(tensors: tensors, metadata: header.metadata)
  }
}

/// The JSON header.
private struct Header: Decodable {
  struct Entry: Decodable {
    let dtype: String
    let shape: [Int]
    let dataOffsets: [Int]

    enum CodingKeys: String, CodingKey {
      case dtype, shape
      case dataOffsets = "data_offsets"
    }

    var start: Int { dataOffsets.first ?? 0 }

    /// The tensor's bytes, counted from the end of the header: of the shape's size, and beginning where the last ended,
    /// for the format allows no holes.
    func checkedRange(name: String, after end: Int, file: String) throws(SafetensorsError) -> Range<Int> {
      guard dtype == "F32" else { throw SafetensorsError(file, .typeMismatch(tensor: name, found: dtype)) }
      var size: Int? = 4
      for length in shape {
        let (product, overflow) = (size ?? 0).multipliedReportingOverflow(by: length)
        size = overflow || length < 0 ? nil : product
        if size == nil { break }
      }
      guard dataOffsets.count == 2, let size, dataOffsets[0] == end,
        dataOffsets[1].subtractingReportingOverflow(end) == (size, false)
      else {
        throw SafetensorsError(
          file, .badHeader("tensor '\(name)' of shape \(shape) is said to be at bytes \(dataOffsets)"))
      }
      return end..<dataOffsets[1]
    }
  }

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  var metadata: [String: String] = [:]
  var tensors: [String: Entry] = [:]

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    for key in container.allKeys {
      if key.stringValue == "__metadata__" {
        metadata = try container.decode([String: String].self, forKey: key)
      } else {
        tensors[key.stringValue] = try container.decode(Entry.self, forKey: key)
      }
    }
  }

  /// What is wrong with a header that does not decode.
  static func reason(_ error: any Error) -> String {
    switch error as? DecodingError {
    case .keyNotFound(let key, let context):
      "'\(path(context))' has no '\(key.stringValue)'"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      context.codingPath.isEmpty ? "its header is not a JSON object" : "'\(path(context))' is not what it should be"
    default:
      "its header is not JSON"
    }
  }

  private static func path(_ context: DecodingError.Context) -> String {
    context.codingPath.map(\.stringValue).joined(separator: ".")
  }
}
