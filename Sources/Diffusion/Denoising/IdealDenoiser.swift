import Expect
import CKernels
import RealModule

/// The best possible denoiser of an empirical data distribution: the posterior mean of the clean point.
///
///     E[x0 | x] = Σᵢ wᵢ xᵢ,   w = softmax(−‖x − xᵢ‖² / (2·sigma²)),   epsilonHat = (x − E[x0 | x]) / sigma
///
/// No network can have a smaller mean squared error over this data, so its loss is the floor of every loss. Data points
/// whose weights are less than e⁻³³ of the greatest are left out: a million of them change the mean by less than 10⁻⁸ of
/// their distance.
///
/// Equation: Karras et al. 2022, "Elucidating the design space of diffusion-based generative models", appendix B.3.
package struct IdealDenoiser: ConditionalDenoiser {
  /// All points, and those of each class.
  let all: PointTree
  private let classes: [PointTree]
  package var labels: [Int] = []
  package var guidance: Float = 0
  /// Whether to use all cores. The result is the same.
  package var isParallel = true

  /// - Complexity: O(N·log N).
  package init(points: [Point]) {
    all = PointTree(points)
    classes = []
  }

  /// The ideal denoiser of the data, and of each of its classes.
  ///
  /// - Parameter instructionSet: What it computes with: another one may round otherwise.
  package init(_ dataset: Dataset, instructionSet: InstructionSet = .best) {
    let all = PointTree(dataset.points, instructionSet: instructionSet)
    self.all = all
    classes = dataset.pointsByClass.map { $0.isEmpty ? all : PointTree($0, instructionSet: instructionSet) }
  }

  /// - Complexity: O(B·N) where sigma is as large as the data, and much less where it is small; no memory beyond the
  ///   result.
  package func epsilon(x: [Point], sigma: [Float], labels: [Int]) -> [Point] {
    estimates(x: x, sigma: sigma, labels: labels).map(\.epsilon)
  }

  /// What is known of the noise in a noisy point.
  package struct Estimate: Equatable, Sendable {
    /// Its mean.
    package var epsilon: Point
    /// Its variance, the sum over both coordinates: the squared error that the mean is expected to have.
    package var variance: Float
  }

  /// The mean and the variance of the noise in x, given x.
  ///
  /// - Parameters:
  ///   - x: Noisy points, `[B, 2]`, in data units.
  ///   - sigma: Their noise levels, `[B]`, positive.
  ///   - labels: Row i is of class `labels[i % labels.count]`; empty for no class. A class without points counts as none.
  /// - Returns: `[B]`.
  package func estimates(x: [Point], sigma: [Float], labels: [Int] = []) -> [Estimate] {
    expect(x.count == sigma.count, "x is [\(x.count), 2] but sigma is [\(sigma.count)]")
    return parallelMap(x.count, chunk: 16, parallel: isParallel) { rows, out in
      for (slot, row) in rows.enumerated() {
        tree(labels.isEmpty ? nil : labels[row % labels.count]).read { tree in
          out.initializeElement(at: slot, to: estimate(tree, x: x[row], sigma: sigma[row]))
        }
      }
    }
  }

  /// The same for one row; nil is no class.
  func estimate(x: Point, sigma: Float, label: Int?) -> Estimate {
    tree(label).read { estimate($0, x: x, sigma: sigma) }
  }

  /// The points of a class; all for no class, and where there are no classes.
  private func tree(_ label: Int?) -> PointTree { label.flatMap { classes.isEmpty ? nil : classes[$0] } ?? all }

  /// The posterior seen from the data point p that is nearest to x:
  ///
  ///     E[x0 − p | x] = Σᵢ wᵢ (xᵢ − p) / Σᵢ wᵢ,   wᵢ = exp(−(‖x − xᵢ‖² − ‖x − p‖²) / (2·sigma²)) ≤ 1
  ///
  /// The greatest weight is 1 (log-sum-exp), and weights too small for single precision are zero beside it.
  private func estimate(_ tree: PointTree.Reader, x: Point, sigma: Float) -> Estimate {
    guard x.isFinite else { return Estimate(epsilon: Point(repeating: .nan), variance: .nan) }
    let (nearest, sums) = posterior(tree, x: x, sigma: sigma)
    let p = nearest.point
    let offset = SIMD2(sums.x, sums.y) / sums.weight
    let variance = max(sums.square / sums.weight - (offset * offset).sum(), 0)
    return Estimate(
      epsilon: ((x - p) - Point(offset)) / sigma, variance: Float(variance / (Double(sigma) * Double(sigma))))
  }

  /// The data point p nearest to x, and the weights and offsets of all as seen from it.
  private func posterior(
    _ tree: PointTree.Reader, x: Point, sigma: Float
  ) -> (nearest: PointTree.Neighbour, sums: kernel_sums) {
    // Very far away only the direction matters.
    let seen = x.withFiniteSquare
    let nearest = tree.nearest(to: seen)
    // Kept finite, as zero times infinity would not be zero.
    let scale = min(1 / (2 * sigma * sigma), .greatestFiniteMagnitude)
    let query = kernel_query(
      x: seen.x, y: seen.y, nearest_x: nearest.point.x, nearest_y: nearest.point.y, scale: scale)
    var bound = nearest.squaredDistance + 33 / scale
    // A leaf at a time in single precision, the leaves in double: a million small weights still count.
    var sums = kernel_sums()
    tree.visitLeaves(around: seen, bound: &bound) { leaf, _ in
      kernel_posterior(
        tree.kernel, tree.xs.baseAddress.map { $0 + leaf.lowerBound },
        tree.ys.baseAddress.map { $0 + leaf.lowerBound }, leaf.count, query, &sums)
    }
    return (nearest, sums)
  }
}

extension IdealDenoiser {
  /// The logarithm of the exact density of noisy points, a mixture of N Gaussians around the data points, in nats per
  /// square data unit:
  ///
  ///     log p_sigma(x) = log Σᵢ exp(−‖x − xᵢ‖² / (2·sigma²)) − log(N·2π·sigma²)
  ///
  /// - Parameters:
  ///   - x: Points, `[B, 2]`, in data units.
  ///   - sigma: The noise level, positive.
  ///   - label: The class whose density is meant; nil for all of the data.
  /// - Returns: `[B]`; NaN where x is not finite.
  /// - Complexity: That of `estimates`.
  package func logDensity(x: [Point], sigma: Float, label: Int? = nil) -> [Double] {
    let tree = tree(label)
    let variance = Double(sigma) * Double(sigma)
    let constant = Double.log(Double(tree.count) * 2 * .pi * variance)
    return parallelMap(x.count, chunk: 16, parallel: isParallel) { rows, out in
      tree.read { reader in
        for (slot, row) in rows.enumerated() {
          guard x[row].isFinite else {
            out.initializeElement(at: slot, to: .nan)
            continue
          }
          let (nearest, sums) = posterior(reader, x: x[row], sigma: sigma)
          let offset = SIMD2<Double>(x[row]) - SIMD2<Double>(nearest.point)
          out.initializeElement(
            at: slot, to: .log(sums.weight) - (offset * offset).sum() / (2 * variance) - constant)
        }
      }
    }
  }
}
