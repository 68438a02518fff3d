import Diffusion
import Foundation
import Testing

@testable import Export

@Suite("Drawn points in files")
struct PointsFormatTests {
  private let plain = Dataset(name: "plain", points: [Point(1, 2)])
  private let named = Dataset(
    name: "named", points: [Point(0, 0), Point(1, 1)], labels: [0, 1], classNames: ["a,\"b\"", "c\n"],
    box: UnitBox(around: [SIMD2(10, 20), SIMD2(14, 22)]))

  private func bytes(_ format: PointsFormat, _ points: [Point], labels: [Int] = [], of dataset: Dataset) -> [UInt8] {
    var writer = PointsWriter(format, count: points.count, dataset: dataset)
    var bytes = writer.head
    // In two parts, as a stream.
    bytes += writer.bytes(Array(points.prefix(1)), labels: Array(labels.prefix(1)))
    bytes += writer.bytes(Array(points.dropFirst()), labels: Array(labels.dropFirst()))
    return bytes + writer.tail
  }

  private func text(_ format: PointsFormat, _ points: [Point], labels: [Int] = [], of dataset: Dataset) -> String {
    String(decoding: bytes(format, points, labels: labels, of: dataset), as: UTF8.self)
  }

  @Test("CSV has the points in their units, and the classes by name, quoted as RFC 4180 says")
  func csv() {
    #expect(text(.csv, [Point(0.1, -2), Point(.nan, 1e-9)], of: plain) == "x,y\n0.1,-2.0\nnan,1e-09\n")
    #expect(
      text(.csv, [Point(-1, 0), Point(1, 0.5)], labels: [0, 1], of: named)
        == "x,y,class\n10.0,21.0,\"a,\"\"b\"\"\"\n14.0,22.0,\"c\n\"\n")
  }

  @Test("what was written as CSV is read as the same points")
  func readBack() throws {
    let points = [Point(0.25, -0.5), Point(-1, 1), Point(1, -1)]
    let file = try PointsFile(text: text(.csv, points, of: plain), file: "p.csv")
    #expect(file.dataset.points == points)
  }

  @Test("JSON is an array of objects; what is not finite is null")
  func json() throws {
    let plainText = text(.json, [Point(0.5, 1), Point(.infinity, 2)], of: plain)
    #expect(plainText == "[\n{\"x\":0.5,\"y\":1.0},\n{\"x\":null,\"y\":2.0}\n]\n")
    let data = Data(bytes(.json, [Point(-1, 0), Point(1, 0)], labels: [0, 1], of: named))
    let rows = try JSONSerialization.jsonObject(with: data) as? [[String: Any]]
    #expect(rows?.compactMap { $0["class"] as? String } == ["a,\"b\"", "c\n"])
    #expect(rows?.compactMap { $0["x"] as? Double } == [10, 14])
  }

  @Test("NumPy's head says type and shape, and the data begin at a multiple of 64")
  func npy() {
    let file = bytes(.npy, [Point(0.5, 1), Point(-2, 4)], of: plain)
    #expect(Array(file[..<8]) == [0x93] + Array("NUMPY".utf8) + [1, 0])
    let length = Int(file[8]) + 256 * Int(file[9])
    #expect((10 + length) % 64 == 0 && file.count == 10 + length + 16)
    let head = String(decoding: file[10..<(10 + length)], as: UTF8.self)
    #expect(head.hasPrefix("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }") && head.hasSuffix("\n"))
    #expect(Array(file.suffix(16).prefix(4)) == [0, 0, 0, 0x3F])
    let boxed = String(decoding: bytes(.npy, [Point(-1, 0)], labels: [1], of: named), as: UTF8.self)
    #expect(boxed.contains("'<f8'") && boxed.contains("(1, 3)"))
  }
}
