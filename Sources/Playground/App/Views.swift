/// Which views there are. A new one is one line here.
package enum Views {
  /// In the order of their number keys.
  static var all: [any Pane] {
    [
      DenoisePane(),
      FieldPane(),
      SamplePane(),
      RacePane(),
      QualityPane(),
      CoursePane(),
      ComparePane(),
      DrawPane(),
    ]
  }

  /// What stands beside them, in the order of the layout.
  static var side: [any Pane] { [LossPane(), NoisePane(), RatePane()] }
}
