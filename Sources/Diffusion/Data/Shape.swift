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

  /// Whether a seed decides where its points are.
  package var isRandom: Bool {
    switch self {
    case .swissRoll, .smalldiffusionRoll, .tree: false
    case .moons, .circles, .spirals, .checkerboard, .pinwheel, .mixture, .dinosaur: true
    }
  }

  /// What its points are drawn from, where that is known in closed form.
  package var mixture: GaussianMixture? { self == .mixture ? .eight : nil }

  /// How many points the shape has unless asked otherwise.
  package var standardCount: Int {
    switch self {
    case .smalldiffusionRoll: 100
    case .tree: 30 * 64
    default: 20_000
    }
  }

  /// As many points, in about the unit box.
  func points(_ count: Int, using random: inout Random) -> Dataset {
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
