import Diffusion

/// Named tensors and texts about them, in the safetensors format: an 8-byte length, a JSON header, the data.
///
/// Format: github.com/huggingface/safetensors, "Format". Float32 and float64 are read and written.
package struct Safetensors: Equatable, Sendable {
  /// Named as PyTorch names it.
  package typealias Tensor = NamedTensor

  /// In the order of the file.
  package var tensors: [Tensor]
  /// The header's `__metadata__`.
  package var metadata: [String: String]

  package init(tensors: [Tensor], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  /// The tensor of that name; nil if there is none.
  package subscript(name: String) -> Tensor? { tensors.first { $0.name == name } }
}

/// Writing.
extension Safetensors {
  /// The file's contents. The same tensors and texts give the same bytes.
  package func encoded() -> [UInt8] {
    var header = Array(headerText.utf8)
    // Padding with spaces aligns the data to 8 bytes, as the format asks.
    header += [UInt8](repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + header.count + tensors.reduce(0) { $0 + $1.byteCount })
    append(UInt64(header.count), to: &bytes)
    bytes += header
    for tensor in aligned {
      switch tensor.values {
      case .float32(let values): for value in values { append(value.bitPattern, to: &bytes) }
      case .float64(let values): for value in values { append(value.bitPattern, to: &bytes) }
      }
    }
    return bytes
  }

  /// Float64 first, so that each begins at a multiple of its size.
  private var aligned: [Tensor] { tensors.filter(\.isDouble) + tensors.filter { !$0.isDouble } }

  private var headerText: String {
    var entries: [String] = []
    if !metadata.isEmpty {
      let texts = metadata.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }
      entries.append("\"__metadata__\":{\(texts.joined(separator: ","))}")
    }
    var end = 0
    for tensor in aligned {
      let start = end
      end += tensor.byteCount
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      entries.append(
        "\(quoted(tensor.name)):{\"dtype\":\"\(tensor.isDouble ? "F64" : "F32")\",\"shape\":[\(shape)],\"data_offsets\":[\(start),\(end)]}"
      )
    }
    return "{\(entries.joined(separator: ","))}"
  }

  private func append(_ integer: some FixedWidthInteger, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: integer.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// A JSON string.
  private func quoted(_ text: String) -> String { "\"" + text.escaped + "\"" }
}

extension NamedTensor {
  fileprivate var isDouble: Bool { if case .float64 = values { true } else { false } }
  fileprivate var byteCount: Int { (isDouble ? 8 : 4) * values.count }
}
