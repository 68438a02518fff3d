/// Where the training points come from: enough to make them again.
package enum DataSource: Codable, Equatable, Sendable {
  /// A drawn or computed shape.
  case shape(Shape, count: Int)
  /// Letters and digits, each a class of its own.
  case word(String, count: Int)
  /// Points that were read from a file, and how they are put into the box from −1 to 1.
  case file(path: String, scale: UnitBox.Scale = .together)

  package static func swissRoll(count: Int) -> DataSource { .shape(.swissRoll, count: count) }
  package static func smalldiffusionRoll(count: Int) -> DataSource { .shape(.smalldiffusionRoll, count: count) }

  /// As many points as help offers to draw, at most.
  package static let mostPoints = 1_000_000

  /// What is wrong, in words; nil if nothing is.
  package var problem: String? {
    switch self {
    case .shape(_, let count), .word(_, let count):
      guard (1...Self.mostPoints).contains(count) else { return "a data set has 1 to \(Self.mostPoints) points" }
      if case .word(let word, _) = self { return StrokeFont.problem(word) }
      return nil
    case .file: return nil
    }
  }

  /// The points, in about the unit box. The same source and seed give the same points.
  ///
  /// - Returns: Nil for a file's points, which have to be read by whoever may read files.
  package func make(seed: UInt64 = 0) -> Dataset? {
    var random = Random(seed: seed, stream: .shapes)
    switch self {
    case .shape(let shape, let count): return shape.points(count, using: &random)
    case .word(let word, let count): return .word(word, count: count, using: &random)
    case .file: return nil
    }
  }
}

/// The shapes that come with the program.
package enum Shape: String, CaseIterable, Codable, Sendable {
  case swissRoll = "swiss-roll"
  case smalldiffusionRoll = "smalldiffusion-roll"
  case moons
  case circles
  case spirals
  case checkerboard
  case pinwheel
  case mixture
  case dinosaur
  case tree

  /// One line for help and menus.
  package var summary: String {
    switch self {
    case .swissRoll: "the Swiss roll of the program \"Toy Diffusion Model (2D)\""
    case .smalldiffusionRoll: "smalldiffusion's Swiss roll, 100 points"
    case .moons: "two interleaved half circles, 2 classes"
    case .circles: "a circle within a circle, 2 classes"
    case .spirals: "two arms, 2 classes"
    case .checkerboard: "the dark squares of a board of 4 by 4"
    case .pinwheel: "five curved blades, 5 classes"
    case .mixture: "eight Gaussians on a circle, 8 classes"
    case .dinosaur: "a sauropod with a friendly face"
    case .tree: "smalldiffusion's tree, one class for each of its 64 leaves"
    }
  }

  /// How many points the shape has unless asked otherwise.
  package var standardCount: Int {
    switch self {
    case .smalldiffusionRoll: 100
    case .tree: 30 * 64
    default: 20_000
    }
  }

  fileprivate func points(_ count: Int, using random: inout Random) -> Dataset {
    switch self {
    case .swissRoll: .swissRoll(count: count)
    case .smalldiffusionRoll: .smalldiffusionRoll(count: count)
    case .moons: .moons(count: count, using: &random)
    case .circles: .circles(count: count, using: &random)
    case .spirals: .spirals(count: count, using: &random)
    case .checkerboard: .checkerboard(count: count, using: &random)
    case .pinwheel: .pinwheel(count: count, using: &random)
    case .mixture: .mixture(count: count, using: &random)
    case .dinosaur: .dinosaur(count: count, using: &random)
    case .tree: .tree(count: count)
    }
  }
}
