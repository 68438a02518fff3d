import Expect

/// Points of the plane that a model learns to draw from.
package struct Dataset: Equatable, Sendable {
  /// What it is called in pictures and messages.
  package let name: String
  /// `[n, 2]`, in data units.
  package let points: [Point]
  /// Of the box around all points: the least coordinates, and the greatest.
  package let corners: [Point]
  /// The class of each point, `[n]`, where the set has classes.
  package let labels: [UInt16]?
  /// How many classes there are; 0 for a set without labels.
  package let classCount: Int
  /// What to call them, `[classCount]`.
  package let classNames: [String]
  /// Root mean square of the coordinates, the spread that input scaling and EDM's preconditioning assume. At least
  /// 0.001, so that a single point at the origin has a scale.
  package let sigmaData: Float
  /// How a person's points were put into the box from −1 to 1; nil where the points are in units of their own.
  package let box: UnitBox?
  /// Points that were held out from these; nil if none were.
  package let heldOut: HeldOut?

  /// What tells these points and labels from others: 64 bits of a hash over all of them, in order, as 16 hexadecimal digits.
  package let digest: String

  /// - Parameter classNames: Without them, classes are called by number, from 1.
  package init(
    name: String, points: [Point], labels: [UInt16]? = nil, classNames: [String] = [], box: UnitBox? = nil
  ) {
    self.init(name: name, points: points, labels: labels, classNames: classNames, box: box, classCount: 0)
  }

  /// - Parameters:
  ///   - classCount: At least so many classes, if there are any, whether or not they have points.
  ///   - heldOut: What was held out.
  init(
    name: String, points: [Point], labels: [UInt16]?, classNames: [String], box: UnitBox?, classCount leastCount: Int,
    heldOut: HeldOut? = nil
  ) {
    expect(!points.isEmpty && points.allSatisfy(\.isFinite), "a data set needs finite points")
    expect(labels.map { $0.count == points.count } ?? true, "as many labels as points")
    self.name = name
    self.points = points
    corners = [points.reduce(points[0], pointwiseMin), points.reduce(points[0], pointwiseMax)]
    self.labels = labels
    self.box = box
    self.heldOut = heldOut
    let classCount = labels.map { max(Int($0.max() ?? 0) + 1, leastCount) } ?? 0
    self.classCount = classCount
    self.classNames = (0..<classCount).map { $0 < classNames.count ? classNames[$0] : "\($0 + 1)" }
    let sum = points.reduce(0.0) { $0 + Double($1.lengthSquared) }
    digest = Self.digest(points, labels)
    sigmaData = max(Float((sum / Double(2 * points.count)).squareRoot()), 0.001)
  }

  /// Each number is mixed into what the ones before it came to.
  private static func digest(_ points: [Point], _ labels: [UInt16]?) -> String {
    var hash = UInt64(points.count)
    for point in points {
      hash = Random.mix(hash ^ (UInt64(point.x.bitPattern) << 32 | UInt64(point.y.bitPattern))) &+ Random.gamma
    }
    for label in labels ?? [] { hash = Random.mix(hash ^ UInt64(label)) &+ Random.gamma }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The points of one class.
  package func points(ofClass label: Int) -> [Point] {
    zip(points, labels ?? []).filter { $1 == label }.map(\.0)
  }

  /// The points of each class, `[classCount]`.
  package var pointsByClass: [[Point]] {
    var classes = [[Point]](repeating: [], count: classCount)
    for (point, label) in zip(points, labels ?? []) { classes[Int(label)].append(point) }
    return classes
  }
}

extension [Point] {
  /// At most `most` points that stand for all: one at random from each of as many equal stretches. At equal distances
  /// they would fall in step with classes that take turns, and leave some out.
  package func sample(atMost most: Int) -> [Point] {
    guard count > most else { return self }
    var random = Random(seed: 0, stream: .subsets)
    return (0..<most).map { stretch in
      let (start, end) = (stretch * count / most, (stretch + 1) * count / most)
      return self[start + random.index(below: end - start)]
    }
  }
}
