import RealModule

/// What the network sees of a noisy point:
///
///     [scale·x, sin and cos of 2ᵏ·π·x/2 for k < octaves, sin(½ log sigma), cos(½ log sigma), label]
///
/// or with EDM's c_noise = ¼ log sigma in the place of the two that tell the level.
/// The label is there for data with classes: a one-hot vector with one more place, for "no class". The first layer's
/// columns for it are the label's embedding, a learned vector for each class that is added to the layer's bias.
package struct InputFeatures: Codable, Equatable, Sendable {
  /// What x is multiplied by.
  package var scaling: InputScaling
  /// How many octaves of Fourier features, 0 to 8. Each has sin and cos of both coordinates, the first with a period of
  /// 4 data units, each next with half the period (Tancik et al. 2020).
  package var octaves: Int
  /// Whether the level is told by c_noise = ¼ log sigma alone (Karras et al. 2022, table 1).
  package var hasNoiseConditioning: Bool

  /// x and the noise level alone.
  package static let plain = InputFeatures(scaling: .none, octaves: 0)

  /// The features that help and menus list; others can be named, such as `unit-variance+fourier-3`.
  package static let all: [InputFeatures] =
    InputScaling.allCases.map { InputFeatures(scaling: $0, octaves: 0) }
    + (1...mostOctaves).map { InputFeatures(scaling: .none, octaves: $0) }
    + [edm]

  /// EDM's c_in·x and c_noise.
  package static let edm = InputFeatures(scaling: .unitVariance, octaves: 0, hasNoiseConditioning: true)

  /// The most that can be asked for.
  package static let mostOctaves = 8

  package init(scaling: InputScaling, octaves: Int, hasNoiseConditioning: Bool = false) {
    (self.scaling, self.octaves, self.hasNoiseConditioning) = (scaling, octaves, hasNoiseConditioning)
  }

  /// `plain`, `scaled`, `unit-variance`, `fourier-4`, `c-noise` or a sum of several.
  package var name: String {
    let parts =
      (scaling == .none ? [] : [scaling.rawValue]) + (octaves == 0 ? [] : ["fourier-\(octaves)"])
      + (hasNoiseConditioning ? ["c-noise"] : [])
    return parts.isEmpty ? scaling.rawValue : parts.joined(separator: "+")
  }

  /// The features of a name as `name` gives it; nil for any other text.
  package init?(name: String) {
    self = .plain
    for part in name.split(separator: "+", omittingEmptySubsequences: false) {
      if let scaling = InputScaling(rawValue: String(part)) {
        self.scaling = scaling
      } else if part.hasPrefix("fourier-"), let octaves = Int(part.dropFirst(8)),
        (1...Self.mostOctaves).contains(octaves)
      {
        self.octaves = octaves
      } else if part == "c-noise" {
        hasNoiseConditioning = true
      } else {
        return nil
      }
    }
  }

  /// Which of those are x.
  package var coordinates: Range<Int> { 0..<2 }

  /// How many numbers the network sees of a row.
  package func width(classCount: Int) -> Int {
    (hasNoiseConditioning ? 3 : 4) + 4 * octaves + (classCount > 0 ? classCount + 1 : 0)
  }

  /// Writes what the network sees of one row.
  ///
  /// - Parameters:
  ///   - row: The place to write to, `width(classCount:)` numbers.
  ///   - x: The noisy point, in data units.
  ///   - level: Its noise level.
  ///   - label: Its class, nil for none.
  ///   - classCount: How many classes there are; 0 if the data has none.
  package func write(
    to row: UnsafeMutableBufferPointer<Float>, x: Point, level: NoiseLevel, label: Int?, classCount: Int
  ) {
    row[0] = level.inputScale * x.x
    row[1] = level.inputScale * x.y
    var end = 2
    if octaves > 0 {
      let angle = Float.pi / 2 * x
      var sine = Point(.sin(angle.x), .sin(angle.y))
      var cosine = Point(.cos(angle.x), .cos(angle.y))
      for _ in 0..<octaves {
        (row[end], row[end + 1], row[end + 2], row[end + 3]) = (sine.x, sine.y, cosine.x, cosine.y)
        end += 4
        // The double angle.
        (sine, cosine) = (2 * sine * cosine, 1 - 2 * sine * sine)
      }
    }
    if hasNoiseConditioning {
      row[end] = level.noiseConditioning
      end += 1
    } else {
      row[end] = level.embedding.x
      row[end + 1] = level.embedding.y
      end += 2
    }
    guard classCount > 0 else { return }
    for place in 0...classCount { row[end + place] = place == label ?? classCount ? 1 : 0 }
  }

  /// Writes how what the network sees of a row changes as x moves along an axis.
  ///
  /// - Parameters:
  ///   - row: The place to write to, as long as `write` fills.
  ///   - x: The noisy point, in data units.
  ///   - level: Its noise level.
  ///   - axis: 0 or 1.
  package func writeDerivative(to row: UnsafeMutableBufferPointer<Float>, x: Point, level: NoiseLevel, axis: Int) {
    for place in row.indices { row[place] = 0 }
    row[axis] = level.inputScale
    for octave in 0..<octaves {
      let frequency = Float.pi / 2 * Float(1 << octave)
      let angle = frequency * x[axis]
      row[2 + 4 * octave + axis] = frequency * .cos(angle)
      row[4 + 4 * octave + axis] = -frequency * .sin(angle)
    }
  }
}

extension InputFeatures {
  private enum CodingKeys: CodingKey { case scaling, octaves, hasNoiseConditioning }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      scaling: try container.decode(InputScaling.self, forKey: .scaling),
      octaves: try container.decode(Int.self, forKey: .octaves),
      hasNoiseConditioning: try container.decodeIfPresent(Bool.self, forKey: .hasNoiseConditioning) ?? false)
  }
}

/// What x is multiplied by before the network sees it.
package enum InputScaling: String, CaseIterable, Codable, Sendable {
  case none = "plain"
  case scaled
  case unitVariance = "unit-variance"

  /// One line for help and menus.
  package var summary: String {
    switch self {
    case .none: "x as it is"
    case .scaled: "x / √(1 + sigma²), as a variance-preserving chain has it"
    case .unitVariance: "x / √(sigma² + sigmaData²): variance 1 at every level, EDM's c_in"
    }
  }

  func factor(sigma: Double, sigmaData: Double) -> Double {
    switch self {
    case .none: 1
    case .scaled: 1 / (1 + sigma * sigma).squareRoot()
    case .unitVariance: 1 / (sigma * sigma + sigmaData * sigmaData).squareRoot()
    }
  }
}
