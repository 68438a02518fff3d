import Diffusion
import Export
import Foundation
import Plot
import Testing

@Suite("Safetensors")
struct SafetensorsTests {
  private let small = Safetensors(
    tensors: [
      .init(name: "a", shape: [2, 1], values: .float32([1, -2])),
      .init(name: "none", shape: [0, 3], values: .float32([])),
      .init(name: "scalar", shape: [], values: .float32([0.5])),
    ],
    metadata: ["what": "a \"test\"\n\\ é", "step": "7"])

  @Test("the header is JSON padded to 8 bytes, the data little-endian float32")
  func bytes() {
    let text =
      #"{"__metadata__":{"step":"7"},"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}}"#
    let file = Safetensors(tensors: [small.tensors[0]], metadata: ["step": "7"])
    let padded = text + String(repeating: " ", count: (8 - text.count % 8) % 8)
    let length: [UInt8] = [UInt8(padded.count), 0, 0, 0, 0, 0, 0, 0]
    #expect(file.encoded() == length + Array(padded.utf8) + [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0])
  }

  @Test("what is written reads back the same")
  func roundTrip() throws {
    #expect(try Safetensors(decoding: Data(small.encoded()), file: "f") == small)
    let empty = Safetensors(tensors: [])
    #expect(try Safetensors(decoding: Data(empty.encoded()), file: "f") == empty)
  }

  @Test("PyTorch's file becomes a network, and its parameters come back")
  func pytorch() throws {
    let file = try Safetensors(contentsOf: fixtures + "default_model.safetensors")
    let network = try file.network(widths: [4, 128, 256, 256, 256, 128, 2], activation: .gelu, file: "f")
    let forward = try JSONDecoder().decode(
      Forward.self, from: Data(contentsOf: URL(fileURLWithPath: fixtures + "default_model_forward.json")))
    #expect(network.tensors.count == forward.parameterSummary.count)
    for tensor in network.tensors {
      let values = network.parameters[tensor.range].map(Double.init)
      let summary = try #require(forward.parameterSummary[tensor.name])
      #expect(abs(values.reduce(0, +) - summary.sum) < 1e-5)
      #expect(abs(values.reduce(0) { $0 + $1 * $1 }.squareRoot() - summary.l2) < 1e-5)
    }
    let written = try Safetensors(decoding: Data(Safetensors(network: network).encoded()), file: "f")
    #expect(try written.network(widths: network.widths, activation: .gelu, file: "f") == network)
    #expect(written.metadata == ["format": "pt"])
  }

  @Test("a trained network's file says what it was trained by, and how its data lie in their box")
  func trained() throws {
    let network = MLP(widths: [4, 3, 2], activation: .silu)
    let box = UnitBox(around: [[10, 7], [14, 9]])
    let written = try Safetensors(network, experiment: .fourier, seed: 5, step: 7, box: box)
    let file = try Safetensors(decoding: Data(written.encoded()), file: "f")
    #expect(file.metadata["step"] == "7" && file.metadata["seed"] == "5")
    let experiment = try #require(file.metadata["experiment"])
    #expect(try JSONDecoder().decode(Experiment.self, from: Data(experiment.utf8)) == .fourier)
    #expect(file.metadata["box"] == #"{"center":[12,8],"halfSide":2}"#)
    #expect(try file.network(widths: [4, 3, 2], activation: .silu, file: "f") == network)
    #expect(try Safetensors(network, experiment: .fourier, seed: 5, step: 7).metadata["box"] == nil)
  }

  @Test("a file that is cut short, anywhere, is refused")
  func truncated() {
    let whole = small.encoded()
    for count in 0..<whole.count {
      let error = #expect(throws: SafetensorsError.self) {
        try Safetensors(decoding: Data(whole.prefix(count)), file: "f")
      }
      guard case .truncated(_, found: count) = error?.reason else {
        Issue.record("\(count) bytes: \(String(describing: error))")
        continue
      }
    }
    #expect(
      message(Array(whole.dropLast()))
        == "model.safetensors: the file ends after \(whole.count - 1) bytes; its header says \(whole.count)")
  }

  @Test("a bad header is refused in words")
  func badHeader() {
    let start = "model.safetensors: not a safetensors file: "
    #expect(message(Array("hello, world".utf8)) == start + "its header would be 8583909746840200552 bytes long")
    #expect(message(header: "{\"a\":") == start + "its header is not JSON")
    #expect(message(header: "[1]") == start + "its header is not a JSON object")
    #expect(message(header: #"{"a":{"dtype":"F32","shape":[0]}}"#) == start + "'a' has no 'data_offsets'")
    #expect(
      message(header: #"{"a":{"dtype":"F32","shape":"2","data_offsets":[0,0]}}"#)
        == start + "'a.shape' is not what it should be")
    for (shape, offsets) in [
      ("[2]", "[0,4]"), ("[1]", "[4,8]"), ("[1]", "[0,4,8]"), ("[-1]", "[0,-4]"), ("[1]", "[4,0]"),
      ("[4611686018427387904,4]", "[0,0]"),
    ] {
      let numbers = { (text: String) in text.replacingOccurrences(of: ",", with: ", ") }
      #expect(
        message(header: #"{"a":{"dtype":"F32","shape":\#(shape),"data_offsets":\#(offsets)}}"#, data: 4)
          == start + "tensor 'a' of shape \(numbers(shape)) is said to be at bytes \(numbers(offsets))")
    }
    #expect(message(header: "{}", data: 4) == start + "4 bytes after the last tensor")
  }

  @Test("values of another type, or not finite, are refused by name")
  func values() {
    #expect(
      message(header: #"{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}"#, data: 4)
        == "model.safetensors: tensor 'a' has type F16; expected F32 or F64")
    let bad = Safetensors(tensors: [.init(name: "a", shape: [2], values: .float32([0, .nan]))])
    #expect(message(bad.encoded()) == "model.safetensors: tensor 'a' holds a value that is not finite")
  }

  @Test("a network's file must have its tensors, of its shapes, and no others")
  func network() {
    func message(_ tensors: [Safetensors.Tensor]) -> String? {
      failure {
        _ = try Safetensors(tensors: tensors).network(widths: [2, 3], activation: .silu, file: "model.safetensors")
      }
    }
    let weight = Safetensors.Tensor(
      name: "net.0.weight", shape: [3, 2], values: .float32([Float](repeating: 0, count: 6)))
    let bias = Safetensors.Tensor(name: "net.0.bias", shape: [3], values: .float32([0, 0, 0]))
    let turned = Safetensors.Tensor(name: "net.0.weight", shape: [2, 3], values: weight.values)
    let more = Safetensors.Tensor(name: "net.2.bias", shape: [], values: .float32([0]))
    #expect(message([bias, weight]) == nil)
    #expect(message([weight]) == "model.safetensors: tensor 'net.0.bias' is missing")
    #expect(message([turned, bias]) == "model.safetensors: tensor 'net.0.weight' has shape [2, 3]; expected [3, 2]")
    #expect(message([weight, bias, more]) == "model.safetensors: tensor 'net.2.bias' has no place in this network")
  }

  @Test("a missing file is an error that names it")
  func missing() {
    #expect(failure { _ = try Safetensors(contentsOf: "/nowhere/a") } == "cannot read /nowhere/a: no such file")
  }

  private func message(_ bytes: [UInt8]) -> String? {
    failure { _ = try Safetensors(decoding: Data(bytes), file: "model.safetensors") }
  }

  private func message(header: String, data: Int = 0) -> String? {
    message([UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0] + Array(header.utf8) + [UInt8](repeating: 0, count: data))
  }

  private struct Forward: Decodable {
    struct Summary: Decodable {
      let sum: Double
      let l2: Double
    }
    let parameterSummary: [String: Summary]

    enum CodingKeys: String, CodingKey {
      case parameterSummary = "parameter_summary"
    }
  }

  @Test("float64 stands before float32, aligned, and comes back the same")
  func doubles() throws {
    let losses = Safetensors.Tensor(name: "losses", shape: [2], values: .float64([0.1, -1e300]))
    let odd = Safetensors.Tensor(name: "odd", shape: [1], values: .float32([3]))
    let bytes = Safetensors(tensors: [odd, losses]).encoded()
    #expect(try Safetensors(decoding: Data(bytes), file: "f").tensors == [losses, odd])
    #expect((bytes.count - 20) % 8 == 0)
  }

  @Test("a header as long as it likes is refused before it is read, and a pipe is no file")
  func huge() throws {
    let path = NSTemporaryDirectory() + "/roulade-huge-\(UUID().uuidString).safetensors"
    try AtomicFile.write([0, 0, 0, 0x10, 0, 0, 0, 0], to: path)
    defer { unlink(path) }
    #expect(truncate(path, 1 << 40) == 0)
    #expect {
      try Safetensors(contentsOf: path)
    } throws: {
      "\($0)" == "\(path): not a safetensors file: its header would be 268435456 bytes long"
    }
    #expect(throws: FileError("cannot read", "/dev/zero", "it is not a plain file")) {
      try Safetensors(contentsOf: "/dev/zero")
    }
  }

  @Test("20,000 files with mistakes are read or refused in one line of words")
  func fuzz() {
    let whole = small.encoded()
    let words = [
      "-1", "9223372036854775807", "1e99", "\"F64\"", "\"F16\"", "[", "{}", "null", "\u{1B}", "\"a\":", ",", "é",
    ]
    var random = Random(seed: 8)
    for _ in 0..<20_000 {
      var bytes = whole
      for _ in 0...random.index(below: 3) {
        let place = random.index(below: bytes.count)
        switch random.index(below: 5) {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes.removeSubrange(place..<min(place + 1 + random.index(below: 8), bytes.count))
        case 2: bytes.insert(contentsOf: words[random.index(below: words.count)].utf8, at: place)
        case 3:
          bytes[8 + random.index(below: min(200, bytes.count - 8))] = UInt8(ascii: "0") + UInt8(random.index(below: 10))
        default: bytes[0] = UInt8(truncatingIfNeeded: random.next())
        }
        if bytes.count < 16 { bytes = whole }
      }
      // A length that fits makes the header's mistakes count.
      if random.index(below: 2) == 0, let end = bytes.lastIndex(of: UInt8(ascii: "}")) {
        bytes[0] = UInt8(truncatingIfNeeded: end - 7)
        bytes[1] = UInt8(truncatingIfNeeded: (end - 7) >> 8)
      }
      do {
        _ = try Safetensors(decoding: Data(bytes), file: "f")
      } catch {
        let text = "\(error)"
        #expect(!text.isEmpty && text.count < 300 && text == text.printable, "\(text)")
      }
    }
  }
}
