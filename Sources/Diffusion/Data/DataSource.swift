/// Where the training points come from: enough to make them again.
package enum DataSource: Codable, Equatable, Sendable {
  /// A drawn or computed shape.
  case shape(Shape, count: Int)
  /// Letters and digits, each a class of its own.
  case word(String, count: Int)
  /// Points that were read from a file, and how they are put into the box from −1 to 1.
  case file(path: String, scale: UnitBox.Scale = .together)

  /// Of the program "Toy Diffusion Model (2D)".
  package static func swissRoll(count: Int) -> DataSource { .shape(.swissRoll, count: count) }
  /// Of smalldiffusion.
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

  /// Whether a seed decides where its points are.
  package var isRandom: Bool {
    switch self {
    case .shape(let shape, _): shape.isRandom
    case .word: true
    case .file: false
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

extension DataSource {
  /// What names it on the command line.
  package var name: String {
    switch self {
    case .shape(let shape, _): shape.rawValue
    case .word(let word, _): "word:" + word
    case .file(let path, _): path
    }
  }

  /// How many points were asked for; nil for a file, which has the points that it has.
  package var count: Int? {
    switch self {
    case .shape(_, let count), .word(_, let count): count
    case .file: nil
    }
  }
}
