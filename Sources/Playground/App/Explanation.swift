/// What something on the screen shows, in words for somebody who sees it for the first time.
package struct Explanation: Equatable, Sendable {
  /// What is explained, in a few words.
  package let title: String
  /// What it shows, in a sentence or two.
  package let shows: String
  /// What to look for now, or what to try.
  package let look: String
  /// The formula of it; nil where there is none.
  package let formula: String?

  package init(_ title: String, shows: String, look: String, formula: String? = nil) {
    (self.title, self.shows, self.look, self.formula) = (title, shows, look, formula)
  }
}
