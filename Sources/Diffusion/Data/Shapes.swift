import RealModule

/// Shapes with random points. Point i is of class i modulo the number of classes, so classes are equally frequent.
extension Dataset {
  /// Two half circles, each reaching into the other, with a spread of 0.03 (after scikit-learn's `make_moons`).
  static func moons(count: Int, using random: inout Random) -> Dataset {
    classes("moons", 2, count) { label in
      let angle = Float.pi * random.uniform()
      let arc = Point(.cos(angle), .sin(angle))
      let moon = label == 0 ? arc : Point(1, 0.5) - arc
      return (moon - Point(0.5, 0.25)) / 1.5 + 0.03 * random.normal()
    }
  }

  /// Circles of radius 1 and ½ with a spread of 0.03 (after scikit-learn's `make_circles`), four fifths of their size.
  static func circles(count: Int, using random: inout Random) -> Dataset {
    classes("circles", 2, count) { label in
      let angle = 2 * Float.pi * random.uniform()
      return (label == 0 ? 0.8 : 0.4) * Point(.cos(angle), .sin(angle)) + 0.03 * random.normal()
    }
  }

  /// Two Archimedean arms of one and a half turns, equally dense along their length.
  static func spirals(count: Int, using random: inout Random) -> Dataset {
    classes("spirals", 2, count) { label in
      let reach = random.uniform().squareRoot()
      let angle = 3 * Float.pi * reach
      return (label == 0 ? 0.95 : -0.95) * reach * Point(.cos(angle), .sin(angle)) + 0.015 * random.normal()
    }
  }

  /// Uniform over those squares of a board of 4 by 4 whose column and row are both even or both odd.
  static func checkerboard(count: Int, using random: inout Random) -> Dataset {
    classes("checkerboard", 0, count) { _ in
      let (column, row) = (random.index(below: 4), random.index(below: 2))
      let corner = Point(Float(column), Float(2 * row + column % 2))
      return (corner + Point(random.uniform(), random.uniform())) / 2 - Point(1, 1)
    }
  }

  /// Five Gaussian blades, each bent by turning a point further the farther out it is (Johnson et al. 2016,
  /// "Composing graphical models with neural networks", the pinwheel data).
  static func pinwheel(count: Int, using random: inout Random) -> Dataset {
    classes("pinwheel", 5, count) { label in
      let blade = random.normal() * Point(0.3, 0.1) + Point(1, 0)
      let turn = 2 * Float.pi / 5 * Float(label) + 0.25 * .exp(blade.x)
      return 0.45 * Point(blade.x * .cos(turn) - blade.y * .sin(turn), blade.x * .sin(turn) + blade.y * .cos(turn))
    }
  }

  /// Eight Gaussians of standard deviation 0.05 on a circle of radius 0.8.
  static func mixture(count: Int, using random: inout Random) -> Dataset {
    let mixture = GaussianMixture.eight
    return classes("mixture", 8, count) { label in
      mixture.centres[label] + Float(mixture.deviation) * random.normal()
    }
  }

  /// smalldiffusion's `TreeDataset(branching_factor=4, depth=3)`: the paths from the root to each of 64 leaves on the
  /// unit circle, each path a class with an equal number of points, equally spaced.
  static func tree(count: Int) -> Dataset {
    let (branching, depth, leaves) = (4, 3, 64)
    let perPath = max((count + leaves - 1) / leaves, 1)
    var points: [Point] = []
    var labels: [UInt16] = []
    for leaf in 0..<leaves {
      var path = [Point.zero]
      var group = leaves
      for level in 1...depth {
        group /= branching
        // The middle of the leaves under the branch that leads to this one.
        let middle = Float(leaf / group * group) + Float(group - 1) / 2
        let angle = middle * 2 * .pi / Float(leaves)
        path.append(Float(level) / Float(depth) * Point(.cos(angle), .sin(angle)))
      }
      let line = Polylines([path])
      points += (0..<perPath).map { line.point(at: Float($0) / Float(max(perPath - 1, 1))).point }
      labels += [UInt16](repeating: UInt16(leaf), count: perPath)
    }
    return Dataset(name: "tree", points: points, labels: labels)
  }

  private static func classes(_ name: String, _ classCount: Int, _ count: Int, _ draw: (Int) -> Point) -> Dataset {
    let labels = (0..<count).map { classCount > 0 ? $0 % classCount : 0 }
    return Dataset(
      name: name, points: labels.map(draw), labels: classCount > 0 ? labels.map { UInt16($0) } : nil)
  }
}
