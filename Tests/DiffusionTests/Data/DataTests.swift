import Foundation
import Testing

@testable import Diffusion

@Suite("Data")
struct DataTests {
  @Test("shapes are in the unit box or near it, finite, and the same each time", arguments: Shape.allCases)
  func shapes(shape: Shape) throws {
    for count in [1, 2, 65, 2000] {
      let data = DataSource.shape(shape, count: count).load()
      #expect(data.name == shape.rawValue)
      #expect(shape == .tree ? data.points.count >= count : data.points.count == count)
      #expect(data.points.allSatisfy { max(abs($0.x), abs($0.y)) < 1.2 })
      #expect(data == DataSource.shape(shape, count: count).load())
    }
    let source = DataSource.shape(shape, count: 5)
    #expect(try recoded(source) == source && source.problem == nil)
  }

  @Test("shapes have about the spread that preconditioning assumes")
  func spread() {
    for shape in Shape.allCases {
      let sigmaData = DataSource.shape(shape, count: 2000).load().sigmaData
      #expect((0.3...0.65).contains(sigmaData), "\(shape) has \(sigmaData)")
    }
  }

  @Test("each class of a shape has its share of the points, and its own place")
  func labels() throws {
    let classes: [Shape: Int] = [.moons: 2, .circles: 2, .spirals: 2, .pinwheel: 5, .mixture: 8, .tree: 64]
    for shape in Shape.allCases {
      let data = DataSource.shape(shape, count: 64 * 40).load()
      #expect(data.classCount == classes[shape, default: 0])
      guard let labels = data.labels else { continue }
      let counts = Dictionary(grouping: labels, by: { $0 }).mapValues(\.count)
      #expect(counts.values.allSatisfy { abs($0 - labels.count / data.classCount) <= 1 })
    }
    let circles = DataSource.shape(.circles, count: 200).load()
    for (point, label) in zip(circles.points, try #require(circles.labels)) {
      #expect(abs(point.lengthSquared.squareRoot() - (label == 0 ? 0.8 : 0.4)) < 0.15)
    }
  }

  @Test("a part of the points holds every class that takes turns, and whole sets are left whole")
  func sample() {
    let dataset = DataSource.shape(.mixture, count: 32_768).load()
    let part = dataset.points.sample(atMost: 4096)
    #expect(part.count == 4096)
    let octants = part.map { Int((atan2($0.y, $0.x) / (.pi / 4)).rounded() + 8) % 8 }
    for octant in 0..<8 { #expect(abs(octants.count { $0 == octant } - 512) < 100) }
    #expect(dataset.points.sample(atMost: 32_768) == dataset.points)
  }

  @Test("every second square of the board is empty")
  func checkerboard() {
    for p in DataSource.shape(.checkerboard, count: 1000).load().points {
      #expect((Int((p.x + 1) * 2) + Int((p.y + 1) * 2)) % 2 == 0)
    }
  }

  @Test("the tree is smalldiffusion's: leaves on the unit circle, paths through the same branches")
  func tree() throws {
    let data = DataSource.shape(.tree, count: 64 * 30).load()
    for leaf in 0..<64 {
      let path = data.points[(30 * leaf)..<(30 * leaf + 30)]
      #expect(path.first == Point.zero)
      let end = try #require(path.last)
      let angle = 2 * Double.pi * Double(leaf) / 64
      #expect(abs(Double(end.x) - cos(angle)) < 1e-5 && abs(Double(end.y) - sin(angle)) < 1e-5)
    }
    // Leaves 0 and 1 set out along the same branch; leaf 63 along another.
    func cross(_ a: Point, _ b: Point) -> Float { a.x * b.y - a.y * b.x }
    #expect(abs(cross(data.points[5], data.points[35])) < 1e-6)
    #expect(abs(cross(data.points[5], data.points[63 * 30 + 5])) > 1e-3)
  }

  @Test("points along lines are evenly spread by length, across segments and lines")
  func polylines() {
    let lines = Polylines([[Point(0, 0), Point(3, 0), Point(3, 1)], [Point(10, 0), Point(10, 4)]])
    #expect(lines.length == 8)
    #expect(lines.point(at: 0) == (Point(0, 0), 0))
    #expect(lines.point(at: 0.25) == (Point(2, 0), 0))
    #expect(lines.point(at: 0.4375) == (Point(3, 0.5), 0))
    #expect(lines.point(at: 0.75) == (Point(10, 2), 1))
    #expect(lines.point(at: 1) == (Point(10, 4), 1))
  }

  @Test("a word has a class for each of its letters, from left to right")
  func word() throws {
    let data = DataSource.word("Hi 5", count: 3000).load()
    #expect(data.classCount == 3 && data.classNames == ["H", "I", "5"])
    let labels = try #require(data.labels)
    let centres = (0..<3).map { label in
      let own = zip(data.points, labels).filter { $0.1 == label }.map(\.0.x)
      return own.reduce(0, +) / Float(own.count)
    }
    #expect(centres == centres.sorted() && centres[0] < -0.5 && centres[2] > 0.5)
  }

  @Test("every letter can be drawn, and a word that cannot says why")
  func letters() throws {
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-+!?." {
      #expect(StrokeFont.problem(String(letter)) == nil)
      let strokes = StrokeFont.strokes(of: String(letter))[0]
      #expect(strokes.joined().allSatisfy { (0...4).contains($0.x) && (0...6).contains($0.y) })
      #expect(strokes.allSatisfy { $0.count >= 2 })
    }
    #expect(try #require(DataSource.word("a_b", count: 10).problem).contains("'_'"))
    #expect(DataSource.word(" ", count: 10).problem == "a word needs a letter")
    #expect(try #require(DataSource.word("supercalifragilistic", count: 10).problem).contains("12"))
    #expect(DataSource.shape(.moons, count: 0).problem != nil)
  }

  @Test("letters look like letters")
  func pictures() {
    #expect(
      picture("R5") == [
        "####  #####",
        "#   # #    ",
        "#   # #    ",
        "####  #### ",
        "# ##      #",
        "#  ## #   #",
        "#   #  ### ",
      ])
  }

  private func picture(_ word: String) -> [String] {
    let width = StrokeFont.advance * word.count - 1
    var cells = [[Character]](repeating: [Character](repeating: " ", count: width), count: 7)
    for stroke in StrokeFont.strokes(of: word).joined() {
      let line = Polylines([stroke])
      for step in 0...100 {
        let point = line.point(at: Float(step) / 100).point
        cells[6 - Int(point.y.rounded())][Int(point.x.rounded())] = "#"
      }
    }
    return cells.map { String($0) }
  }
}
