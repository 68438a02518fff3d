import Foundation
import Plot

/// What there is to know of an array of points in a file of NumPy's, `.npy`, read piece by piece: all but the points.
///
/// Source: numpy.org/doc/stable/reference/generated/numpy.lib.format.html, versions 1 to 3.
package struct NumpyFile: Equatable, Sendable {
  /// `[N, 2]`, or `[N, 3]` where the third column has the class.
  package let shape: [Int]
  /// Of a value: 4 or 8.
  package let bytesPerValue: Int
  /// Of each column's finite values; nil where there are none.
  package private(set) var ranges: [ClosedRange<Double>?]
  package private(set) var nonFiniteCount = 0

  /// What every such file begins with.
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// NumPy's own limit.
  private static let mostHeaderBytes = 10_000

  /// - Throws: `FileError` if the file cannot be read, `PointsFileError` if it holds something else or less or more than
  ///   its header says.
  init(contentsOf path: String) throws {
    func fail(_ reason: String) -> PointsFileError { PointsFileError(path, reason: reason) }

    let file = try InputFile(path)
    let start = try file.read(8)
    guard start.count == 8, start.starts(with: Self.magic), 1...3 ~= start[6] else {
      throw fail("not a NumPy file of version 1, 2 or 3")
    }
    let lengthBytes = try file.read(start[6] == 1 ? 2 : 4)
    let length = lengthBytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= Self.mostHeaderBytes else { throw fail("its header would be \(length) bytes long") }
    let header = String(decoding: try file.read(length), as: UTF8.self)

    // {'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }, the keys sorted as all writers have them.
    let words = header.split { " \n{}':,()".contains($0) }
    let types = ["<f4": 4, "<f8": 8, ">f4": 4, ">f8": 8]
    guard words.count == 7, words[0] == "descr", words[2] == "fortran_order", words[4] == "shape",
      let bytesPerValue = types[String(words[1])], ["False", "True"].contains(words[3]),
      let rows = Int(words[5]), rows >= 0, let columns = Int(words[6]), 2...3 ~= columns
    else {
      let said = header.trimmingCharacters(in: .whitespacesAndNewlines).quotable(columns: 80)
      throw fail("its header is '\(said)'; expected float32 or float64 of shape (N, 2), or (N, 3) with classes")
    }
    let dataBytes = file.size - start.count - lengthBytes.count - length
    guard rows.multipliedReportingOverflow(by: columns * bytesPerValue) == (dataBytes, false) else {
      throw fail("its header says shape (\(rows), \(columns)) of \(bytesPerValue) bytes; \(dataBytes) bytes follow")
    }

    (shape, self.bytesPerValue) = ([rows, columns], bytesPerValue)
    ranges = Array(repeating: nil, count: columns)
    let (isBigEndian, isByColumn) = (words[1].hasPrefix(">"), words[3] == "True")
    let count = rows * columns
    var index = 0
    while index < count {
      let bytes = try file.read(min(count - index, 8192) * bytesPerValue)
      // A file that somebody else writes to meanwhile.
      guard !bytes.isEmpty, bytes.count % bytesPerValue == 0 else { throw fail("the file has become shorter") }
      for start in stride(from: 0, to: bytes.count, by: bytesPerValue) {
        let value = Self.value(bytes[start..<start + bytesPerValue], isBigEndian: isBigEndian)
        take(value, column: isByColumn ? index / rows : index % columns)
        index += 1
      }
    }
  }

  private mutating func take(_ value: Double, column: Int) {
    guard value.isFinite else {
      nonFiniteCount += 1
      return
    }
    let range = ranges[column] ?? value...value
    ranges[column] = min(range.lowerBound, value)...max(range.upperBound, value)
  }

  private static func value(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> Double {
    func bits(_ bytes: some Sequence<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
    let bits = isBigEndian ? bits(bytes) : bits(bytes.reversed())
    return bytes.count == 4 ? Double(Float(bitPattern: UInt32(bits))) : Double(bitPattern: bits)
  }
}
