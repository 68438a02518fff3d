/// The seeds of several runs that follow one another, as in `0-9` or `0,3,7`.
struct Seeds {
  static let most = 1000
  let all: [UInt64]

  /// Nil for a text that names none.
  init?(argument: String) {
    var all: [UInt64] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { UInt64($0) }
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last,
        last - first < UInt64(Self.most)
      else { return nil }
      all += first...last
    }
    guard !all.isEmpty, all.count <= Self.most, Set(all).count == all.count else { return nil }
    self.all = all
  }
}
