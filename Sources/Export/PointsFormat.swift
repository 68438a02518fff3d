import Diffusion
import Foundation

/// How drawn points are written, one after the other, so that any number of them takes no more memory than a few.
package enum PointsFormat: String, CaseIterable, Sendable {
  /// `x,y`, and `class` by name where there are classes, with a line that says so.
  case csv
  /// An array of objects with the same names, one a line.
  case json
  /// NumPy's: float32 `[N, 2]`, float64 where the points have a box; a third column has the class, counted from 0.
  case npy
}

/// Points as bytes of a format.
package struct PointsWriter {
  private let format: PointsFormat
  private let count: Int
  private let box: UnitBox?
  /// Nil for points without classes.
  private let classNames: [String]?
  private var written = 0

  /// - Parameters:
  ///   - count: Points that will be written in all; the head of some formats says so.
  ///   - dataset: Whose box leads back to units, and whose classes are named.
  package init(_ format: PointsFormat, count: Int, dataset: Dataset) {
    (self.format, self.count, box) = (format, count, dataset.box)
    classNames = dataset.labels == nil ? nil : dataset.classNames
  }

  /// What the file begins with.
  package var head: [UInt8] {
    switch format {
    case .csv: Array((classNames == nil ? "x,y\n" : "x,y,class\n").utf8)
    case .json: Array("[\n".utf8)
    case .npy: numpyHead
    }
  }

  /// What it ends with.
  package var tail: [UInt8] { format == .json ? Array("\n]\n".utf8) : [] }

  /// The next points.
  ///
  /// - Parameters:
  ///   - points: `[B, 2]`, in the box.
  ///   - labels: `[B]`; empty for points without classes.
  package mutating func bytes(_ points: [Point], labels: [Int]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, point) in points.enumerated() {
      let label = labels.isEmpty ? nil : labels[index]
      switch format {
      case .csv:
        bytes += texts(point).joined(separator: ",").utf8
        if let label { bytes += ("," + quoted(name(label))).utf8 }
        bytes.append(.lineFeed)
      case .json:
        // JSON has no word for what is not finite.
        let (x, y) = (point.x.isFinite ? texts(point)[0] : "null", point.y.isFinite ? texts(point)[1] : "null")
        let ending = label.map { #","class":"\#(name($0).escaped)""# } ?? ""
        bytes += ((written + index == 0 ? "" : ",\n") + #"{"x":\#(x),"y":\#(y)\#(ending)}"#).utf8
      case .npy: appendBinary(point, label, to: &bytes)
      }
    }
    written += points.count
    return bytes
  }

  /// Both coordinates in their units, each in as few digits as tell it from its neighbours.
  private func texts(_ point: Point) -> [String] {
    guard let box else { return ["\(point.x)", "\(point.y)"] }
    let place = box.invert(point)
    return ["\(place.x)", "\(place.y)"]
  }

  private func name(_ label: Int) -> String { classNames?[label] ?? "\(label)" }

  /// A cell as RFC 4180 has it.
  private func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { ![.comma, .quotationMark, .lineFeed, .carriageReturn].contains($0) }
    return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  // MARK: NumPy's format, version 1.0: numpy.org/doc/stable/reference/generated/numpy.lib.format.html

  private var numpyHead: [UInt8] {
    let columns = classNames == nil ? 2 : 3
    var text = "{'descr': '<f\(box == nil ? 4 : 8)', 'fortran_order': False, 'shape': (\(count), \(columns)), }"
    // The data begin at a multiple of 64.
    text += String(repeating: " ", count: 63 - (10 + text.utf8.count) % 64) + "\n"
    let length = UInt16(text.utf8.count)
    return NumpyFile.magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + Array(text.utf8)
  }

  private func appendBinary(_ point: Point, _ label: Int?, to bytes: inout [UInt8]) {
    func append(_ bits: some FixedWidthInteger) {
      withUnsafeBytes(of: bits.littleEndian) { bytes.append(contentsOf: $0) }
    }
    if let box {
      let place = box.invert(point)
      for value in [place.x, place.y] + (label.map { [Double($0)] } ?? []) { append(value.bitPattern) }
    } else {
      for value in [point.x, point.y] + (label.map { [Float($0)] } ?? []) { append(value.bitPattern) }
    }
  }
}
