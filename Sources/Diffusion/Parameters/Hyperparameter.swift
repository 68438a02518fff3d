/// A number that can be set about an optimizer, beside the learning rate, or about a sampler.
package struct Hyperparameter: Equatable, Sendable {
  /// What the command line and files call it.
  package let key: String
  /// Its name in a sentence.
  package let title: String
  /// What it means, in a line, with the source of it.
  package let summary: String
  /// The value that it has unless it is set.
  package let standard: Double
  /// What it may be.
  package let range: NumberRange
  /// Values that the settings panel leads through.
  package let stops: [Double]

  package init(
    _ key: String, _ title: String, _ summary: String, standard: Double, _ range: NumberRange, stops: [Double]
  ) {
    (self.key, self.title, self.summary) = (key, title, summary)
    (self.standard, self.range, self.stops) = (standard, range, stops)
  }
}
