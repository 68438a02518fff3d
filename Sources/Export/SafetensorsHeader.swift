import Foundation
import Plot

/// The JSON header.
struct SafetensorsHeader: Decodable {
  struct Entry: Decodable {
    let dtype: String
    let shape: [Int]
    let dataOffsets: [Int]

    enum CodingKeys: String, CodingKey {
      case dtype, shape
      case dataOffsets = "data_offsets"
    }

    var start: Int { dataOffsets.first ?? 0 }

    /// Nil for types that are not read.
    var bytesPerValue: Int? { ["F32": 4, "F64": 8][dtype] }

    /// The tensor's bytes, counted from the end of the header: of the shape's size, and beginning where the last ended,
    /// for the format allows no holes.
    func checkedRange(name: String, after end: Int, file: String) throws(SafetensorsError) -> Range<Int> {
      guard let bytes = bytesPerValue else {
        throw SafetensorsError(file, .typeMismatch(tensor: name, found: dtype))
      }
      var size: Int? = bytes
      for length in shape {
        let (product, overflow) = (size ?? 0).multipliedReportingOverflow(by: length)
        size = overflow || length < 0 ? nil : product
        if size == nil { break }
      }
      guard dataOffsets.count == 2, let size, dataOffsets[0] == end,
        dataOffsets[1].subtractingReportingOverflow(end) == (size, false)
      else {
        throw SafetensorsError(
          file,
          .badHeader(
            "tensor '\(name.quotable())' of shape \(words(shape)) is said to be at bytes \(words(dataOffsets))"))
      }
      return end..<dataOffsets[1]
    }

    /// A list that may be of any length.
    private func words(_ list: [Int]) -> String { "\(list.prefix(12))".quotable() }
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
      "'\(path(context).quotable())' has no '\(key.stringValue)'"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      context.codingPath.isEmpty
        ? "its header is not a JSON object" : "'\(path(context).quotable())' is not what it should be"
    default:
      "its header is not JSON"
    }
  }

  private static func path(_ context: DecodingError.Context) -> String {
    context.codingPath.map(\.stringValue).joined(separator: ".")
  }
}
