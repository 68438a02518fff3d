extension Dataset {
  /// Points that training does not see: whatever a denoiser knows of them it has learned, not memorised.
  package struct HeldOut: Equatable, Sendable {
    /// `[m, 2]`, in data units.
    package let points: [Point]
    let labels: [UInt16]?
    /// Where they were among all points, rising, `[m]`.
    let places: [Int]
  }

  /// The same points with a share of them held out, in the order in which they were.
  ///
  /// - Parameters:
  ///   - share: From 0 to below 1, of all points, held out before or not. One point at least is left.
  ///   - seed: Determines which.
  package func holdingOut(_ share: Double, seed: UInt64) -> Dataset {
    let all = whole
    let total = all.points.count
    let count = min(Int((share * Double(total)).rounded()), total - 1)
    guard count > 0 else { return all }
    var random = Random(seed: seed, stream: .heldOut)
    let (drawn, others) = random.draw(count, of: Array(0..<total))
    let (out, kept) = (drawn.sorted(), others.sorted())
    func labels(_ places: [Int]) -> [UInt16]? { all.labels.map { labels in places.map { labels[$0] } } }
    return Dataset(
      name: name, points: kept.map { all.points[$0] }, labels: labels(kept), classNames: classNames, box: box,
      classCount: classCount,
      heldOut: HeldOut(points: out.map { all.points[$0] }, labels: labels(out), places: out))
  }

  /// All points, in the order in which they were.
  private var whole: Dataset {
    guard let heldOut else { return self }
    /// Both in turn, those that were held out at their places.
    func merged<Element>(_ kept: [Element], _ out: [Element]) -> [Element] {
      var (all, next) = ([Element](), 0)
      all.reserveCapacity(kept.count + out.count)
      for element in kept {
        while next < out.count, heldOut.places[next] == all.count {
          all.append(out[next])
          next += 1
        }
        all.append(element)
      }
      return all + out[next...]
    }
    return Dataset(
      name: name, points: merged(points, heldOut.points),
      labels: labels.map { merged($0, heldOut.labels ?? []) }, classNames: classNames, box: box, classCount: classCount)
  }
}
