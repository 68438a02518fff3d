/// What a mark means. Renderers choose its colour: a terminal from its palette, SVG in hex. Most meanings also have a
/// shape, place or label of their own. Only classes differ in colour alone; where there are too few colours for them,
/// their points are letters.
package enum Ink: UInt8, CaseIterable, Sendable {
  /// Axes, borders, tick marks.
  case grid
  /// Secondary text.
  case muted
  /// The data set.
  case data
  /// What the ideal denoiser says.
  case ideal
  /// From a noisy point to the learned estimate.
  case arrow
  /// Noisy or flowing points.
  case point
  /// Points of a class: which, `ofClass` says.
  case class1, class2, class3, class4, class5, class6, class7, class8
  /// The curve of the loss, and what the network has learned.
  case curve
  /// Plain text.
  case text
  /// Present values, the selected thing, key names.
  case accent
  /// Something is wrong.
  case warning

  /// Of classes, in the order of their labels.
  package static let classes: [Ink] = [
    .class1, .class2, .class3, .class4, .class5, .class6, .class7, .class8,
  ]

  /// The ink of a class, counted from 0. Where there are more classes than inks, they take turns.
  package static func ofClass(_ label: Int) -> Ink { classes[label % classes.count] }
}
