/// Points of the plane that a model learns to draw from.
package struct Dataset: Equatable, Sendable {
  package let name: String
  /// `[n, 2]`, in data units.
  package let points: [Point]
  /// The class of each point, `[n]`, where the set has classes.
  package let labels: [UInt16]?
  /// How many classes there are; 0 for a set without labels.
  package let classCount: Int
  /// Root mean square of the coordinates, the spread that input scaling and EDM's preconditioning assume. At least
  /// 0.001, so that a single point at the origin has a scale.
  package let sigmaData: Float

  package init(name: String, points: [Point], labels: [UInt16]? = nil) {
    precondition(!points.isEmpty && points.allSatisfy(\.isFinite), "a data set needs finite points")
    precondition(labels.map { $0.count == points.count } ?? true, "as many labels as points")
    self.name = name
    self.points = points
    self.labels = labels
    classCount = labels.map { Int($0.max() ?? 0) + 1 } ?? 0
    let sum = points.reduce(0.0) { $0 + Double($1.lengthSquared) }
    sigmaData = max(Float((sum / Double(2 * points.count)).squareRoot()), 0.001)
  }
}
