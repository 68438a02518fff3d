import Expect

/// A picture before it has pixels: what is shown where, and what it means. Every renderer draws the same scene.
package struct Scene: Sendable {
  /// Things of one kind and one meaning.
  package struct Mark: Sendable {
    /// What is drawn, in the units of the window.
    package enum Shape: Sendable {
      case points([SIMD2<Float>], PointSize)
      /// A character's size, so that none is taken for a part of a line of dots.
      case symbols([SIMD2<Float>], Symbol)
      /// From the i-th of the first to the i-th of the second, with a head. In cells, one that spans fewer than three has
      /// room for none.
      case arrows(from: [SIMD2<Float>], to: [SIMD2<Float>])
      /// The same, short: a cell shows the direction alone, at the first.
      case directions(from: [SIMD2<Float>], to: [SIMD2<Float>])
      /// A line through the points in turn, with a gap where one is not finite.
      case polyline([SIMD2<Float>])
      /// Fills what it covers, beneath all other marks.
      case raster(Raster)
      /// Begins at the point.
      case text(String, at: SIMD2<Float>)
    }

    /// One dot, or two by two.
    package enum PointSize: Sendable {
      case small, large
    }

    /// A shape that a lone point may have.
    package enum Symbol: Sendable {
      case disc, cross
    }

    package let shape: Shape
    package let ink: Ink
    /// How strongly it shows; a raster has its own.
    package let shade: Shade
    /// Its name in the legend; without one it is not listed.
    package let name: String?
  }

  /// The part of the plane that is shown.
  package var window: Window
  /// For a file; a pane has its own.
  package var title: String
  /// In the order of drawing: what comes later covers what is beneath.
  package private(set) var marks: [Mark] = []

  /// Without marks.
  package init(_ window: Window, title: String = "") {
    self.window = window
    self.title = title
  }

  /// Dots, one for each point that has a place in the window.
  package mutating func points(
    _ points: [SIMD2<Float>], size: Mark.PointSize = .small, ink: Ink, shade: Shade = .full, name: String? = nil
  ) {
    marks.append(Mark(shape: .points(points, size), ink: ink, shade: shade, name: name))
  }

  /// A symbol at each of the points.
  package mutating func symbols(_ points: [SIMD2<Float>], _ symbol: Mark.Symbol, ink: Ink, name: String? = nil) {
    marks.append(Mark(shape: .symbols(points, symbol), ink: ink, shade: .full, name: name))
  }

  /// An arrow from each tail to the tip of the same place; as many tips as tails.
  package mutating func arrows(from tails: [SIMD2<Float>], to tips: [SIMD2<Float>], ink: Ink, name: String? = nil) {
    expect(tails.count == tips.count, "\(tails.count) tails and \(tips.count) tips")
    marks.append(Mark(shape: .arrows(from: tails, to: tips), ink: ink, shade: .full, name: name))
  }

  /// The direction from each tail to the tip of the same place; as many tips as tails.
  package mutating func directions(
    from tails: [SIMD2<Float>], to tips: [SIMD2<Float>], ink: Ink, shade: Shade = .full, name: String? = nil
  ) {
    expect(tails.count == tips.count, "\(tails.count) tails and \(tips.count) tips")
    marks.append(Mark(shape: .directions(from: tails, to: tips), ink: ink, shade: shade, name: name))
  }

  /// A line through the points in turn, with a gap where one is not finite.
  package mutating func polyline(_ points: [SIMD2<Float>], ink: Ink, shade: Shade = .full, name: String? = nil) {
    marks.append(Mark(shape: .polyline(points), ink: ink, shade: shade, name: name))
  }

  /// Fills cells beneath all marks. The stronger of two rasters is seen where they overlap.
  package mutating func raster(_ raster: Raster, ink: Ink, name: String? = nil) {
    marks.append(Mark(shape: .raster(raster), ink: ink, shade: .full, name: name))
  }

  /// Text that begins at a point.
  package mutating func text(_ text: String, at point: SIMD2<Float>, ink: Ink = .text) {
    marks.append(Mark(shape: .text(text, at: point), ink: ink, shade: .full, name: nil))
  }
}
