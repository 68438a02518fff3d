import Foundation
import Testing

@testable import Export

@Suite("Arrays of NumPy's")
struct NumpyFileTests {
  @Test("type, shape and ends of the columns, of float32 as NumPy saves it; what is not finite is counted apart")
  func saved() throws {
    let file = try NumpyFile(contentsOf: fixtures + "numpy_points.npy")
    #expect(file.shape == [3, 2] && file.bytesPerValue == 4 && file.nonFiniteCount == 1)
    #expect(file.ranges == [-3...0.5, -1...2])
  }

  @Test("the same of float64 with classes, big-endian, column by column, in version 2")
  func fortran() throws {
    let file = try NumpyFile(contentsOf: fixtures + "numpy_classes.npy")
    #expect(file.shape == [2, 3] && file.bytesPerValue == 8 && file.nonFiniteCount == 0)
    #expect(file.ranges == [10...14, 20.5...22, 0...2])
  }

  @Test("no points have a shape, and no ends")
  func empty() throws {
    try withDirectory { directory in
      try AtomicFile.write(bytes(header()), to: directory + "/a.npy")
      let file = try NumpyFile(contentsOf: directory + "/a.npy")
      #expect(file.shape == [0, 2] && file.ranges == [nil, nil])
    }
  }

  @Test("more points than are read at once are all read")
  func many() throws {
    try withDirectory { directory in
      var data = [UInt8](repeating: 0, count: 3 * 8 * 10_000)
      data.replaceSubrange((data.count - 8)..., with: [0, 0, 0, 0, 0, 0, 0, 0x40])
      try AtomicFile.write(bytes(header("'<f8'", "(10000, 3)"), data), to: directory + "/a.npy")
      #expect(try NumpyFile(contentsOf: directory + "/a.npy").ranges == [0...0, 0...0, 0...2])
    }
  }

  @Test(
    "what a header says is checked against the file",
    arguments: hostileFiles)
  func hostile(contents: [UInt8], reason: String) throws {
    try withDirectory { directory in
      try AtomicFile.write(contents, to: directory + "/a.npy")
      let said = try #require(failure { _ = try NumpyFile(contentsOf: directory + "/a.npy") })
      #expect(said.hasPrefix(directory + "/a.npy: ") && said.contains(reason), "\(said)")
      #expect(said.unicodeScalars.allSatisfy { $0.value >= 0x20 })
    }
  }
}

private func header(_ type: String = "'<f4'", _ shape: String = "(0, 2)") -> String {
  "{'descr': \(type), 'fortran_order': False, 'shape': \(shape), }     \n"
}

private func header(shape: String) -> String { header("'<f4'", shape) }

/// A file of version 1, or another.
private func bytes(_ header: String, _ data: [UInt8] = [], version: UInt8 = 1) -> [UInt8] {
  let count = header.utf8.count
  return [0x93] + Array("NUMPY".utf8) + [version, 0, UInt8(count & 0xFF), UInt8(count >> 8)] + Array(header.utf8) + data
}

private let hostileFiles: [(contents: [UInt8], reason: String)] = [
  (bytes(header(shape: "(1, 2)")), "says shape (1, 2) of 4 bytes; 0 bytes follow"),
  (bytes(header(shape: "(1, 2)"), [0, 0, 0, 0, 0, 0, 0, 0, 0]), "9 bytes follow"),
  (bytes(header(shape: "(4611686018427387904, 2)")), "0 bytes follow"),
  (bytes(header(shape: "(99999999999999999999, 2)")), "expected float32"),
  (bytes(header(shape: "(-1, 2)")), "expected float32"),
  (bytes(header(shape: "(3,)")), "expected float32"),
  (bytes(header(shape: "(3, 4)")), "expected float32"),
  (bytes(header("'<i8'")), "{'descr': '<i8', 'fortran_order': False, 'shape': (0, 2), }'; expected"),
  (bytes(header("'|O'")), "expected float32"),
  (bytes("\u{1B}[2J" + String(repeating: "x", count: 9000)), "its header is"),
  (bytes(""), "expected float32"),
  (bytes(header(), version: 9), "version 1, 2 or 3"),
  (Array(bytes(header()).prefix(7)), "version 1, 2 or 3"),
  (Array(bytes(header()).prefix(9)), "expected float32"),
  (Array(bytes(header()).dropLast(3)), "says shape"),
  ([0x93] + Array("NUMPY".utf8) + [2, 0, 0xFF, 0xFF, 0xFF, 0xFF], "its header would be 4294967295 bytes long"),
]
