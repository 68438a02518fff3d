/// What the network is asked to answer.
///
/// The noise that was drawn is right only in the mean. What it is right in the mean about is known, as the data are:
/// the posterior mean of the noise, given the noisy point. Asking for that has the same expected gradient and the same
/// best answer, without the noise of the target ("stable target field", Xu, Tong and Jaakkola 2023, arXiv 2302.00670).
package enum TrainingTarget: Codable, Equatable, Sendable {
  /// The noise that was drawn.
  case sample
  /// Its posterior mean over all data points.
  case posterior
  /// Its posterior mean over the row's own data point and some others, drawn anew for every 256 rows.
  case references(Int)

  /// Those that help and the settings panel list.
  package static let all: [TrainingTarget] = [.sample, .posterior, .references(1000)]
  static let mostReferences = 100_000

  /// `sample`, `posterior`, `posterior:1000`.
  package var name: String {
    switch self {
    case .sample: "sample"
    case .posterior: "posterior"
    case .references(let count): "posterior:\(count)"
    }
  }

  /// The target of a name as `name` gives it; nil for any other text.
  package init?(name: String) {
    switch name {
    case "sample": self = .sample
    case "posterior": self = .posterior
    default:
      guard name.hasPrefix("posterior:"), let count = Int(name.dropFirst("posterior:".count)),
        (1...Self.mostReferences).contains(count)
      else { return nil }
      self = .references(count)
    }
  }

  /// One line for help and menus.
  package var summary: String {
    switch self {
    case .sample: "the noise that was drawn (Ho et al. 2020)"
    case .posterior: "its exact posterior mean over the data (Xu et al. 2023)"
    case .references(let count): "its posterior mean over the row's own point and \(count - 1) others (Xu et al. 2023)"
    }
  }
}
