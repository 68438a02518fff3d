/// Draws scenes as SVG: a title, a legend, axes with ticks, and the marks, in colours that read on white. The same scene
/// gives the same text.
package struct SVGRenderer: Sendable {
  /// Of the picture, in pixels; the height follows where the window is square.
  package var width: Double
  package var height: Double

  /// In pixels.
  package init(width: Double = 640, height: Double = 440) {
    self.width = width
    self.height = height
  }

  /// The whole document, ending in a newline.
  package func render(_ scene: Scene) -> String {
    let (head, marks) = parts(scene)
    return document(scene, head: head, marks: marks)
  }

  /// What the picture is made of: title, legend and axes, and the marks, in the order of drawing.
  func parts(_ scene: Scene) -> (head: [String], marks: [String]) {
    let plot = PlotArea(scene, width: width, height: height)
    let viewport = Viewport(scene.window, extent: plot.size)
    let title =
      #"<text x="\#(n(width / 2))" y="24" font-size="15" text-anchor="middle">\#(escaped(scene.title))</text>"#
    return ([title, legend(scene, plot), axes(scene.window, plot)], scene.marks.map { draw($0, viewport) })
  }

  /// The picture made of its parts, as large as the scene asks.
  func document(_ scene: Scene, head: [String], marks: [String]) -> String {
    let plot = PlotArea(scene, width: width, height: height)
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(n(width))" height="\(n(plot.pictureHeight))" \
      viewBox="0 0 \(n(width)) \(n(plot.pictureHeight))" \
      font-family="DejaVu Sans, Helvetica, Arial, sans-serif" font-size="12" fill="\(Ink.text.hex)">
      <rect width="100%" height="100%" fill="#ffffff"/>
      \(head.joined(separator: "\n"))
      <clipPath id="plot"><rect width="\(n(plot.size.x))" height="\(n(plot.size.y))"/></clipPath>
      <g transform="translate(\(n(plot.left)) \(n(plot.top)))" clip-path="url(#plot)" stroke-linecap="round">
      \(marks.joined(separator: "\n"))
      </g>
      </svg>

      """
  }
}

/// Where the axes stand in the picture.
private struct PlotArea {
  let left = 64.0
  let top: Double
  let size: SIMD2<Double>
  let pictureHeight: Double

  init(_ scene: Scene, width: Double, height: Double) {
    let (right, bottom) = (20.0, 48.0)
    top = scene.marks.contains { $0.name != nil } ? 64 : 40
    let across = width - left - right
    size = SIMD2(across, scene.window.isSquare ? across * scene.window.aspect : height - top - bottom)
    pictureHeight = top + size.y + bottom
  }
}

extension SVGRenderer {
  private func draw(_ mark: Scene.Mark, _ viewport: Viewport) -> String {
    let shapes = drawShape(mark, viewport)
    return mark.shade == .full ? shapes : #"<g opacity="\#(n(mark.shade.level))">\#(shapes)</g>"#
  }

  private func drawShape(_ mark: Scene.Mark, _ viewport: Viewport) -> String {
    let hex = mark.ink.hex
    switch mark.shape {
    case .points(let points, let size):
      // A line of no length with round ends is a dot, in a third of the text of a circle.
      let dots = points.compactMap(viewport.project).map { "M\(at($0))h0" }.joined()
      return #"<path d="\#(dots)" fill="none" stroke="\#(hex)" stroke-width="\#(n(size.diameter))"/>"#
    case .polyline(let points):
      return #"<path d="\#(path(points, viewport))" fill="none" stroke="\#(hex)" stroke-width="1.5"/>"#
    case .symbols(let points, let symbol):
      let marks = points.compactMap(viewport.project).map { self.symbol(symbol, at: $0) }.joined()
      return #"<path d="\#(marks)" fill="none" stroke="\#(hex)" stroke-width="\#(n(symbol.stroke))"/>"#
    case .arrows(let tails, let tips), .directions(let tails, let tips):
      var (shafts, heads) = ("", "")
      for case let (tail?, tip?) in zip(tails.map(viewport.project), tips.map(viewport.project)) {
        shafts += "M\(at(tail))L\(at(tip))"
        heads += head(from: tail, to: tip)
      }
      return """
        <path d="\(shafts)" fill="none" stroke="\(hex)" stroke-width="1.1"/>
        <path d="\(heads)" fill="\(hex)"/>
        """
    case .raster(let raster):
      return Shade.allCases.dropFirst().map { shade in
        let path = raster.runs(of: shade).compactMap { run -> String? in
          guard let from = viewport.project(run.from), let to = viewport.project(run.to) else { return nil }
          return "M\(at(from))H\(n(to.x))V\(n(to.y))H\(n(from.x))z"
        }
        // Without blending at the edges, or cells that meet would show a seam.
        return #"<path d="\#(path.joined())" fill="\#(hex)" opacity="\#(n(shade.level))" "#
          + #"shape-rendering="crispEdges"/>"#
      }.joined(separator: "\n")
    case .text(let text, let point):
      guard let place = viewport.project(point) else { return "" }
      return #"<text x="\#(n(place.x))" y="\#(n(place.y))" fill="\#(hex)">\#(escaped(text))</text>"#
    }
  }

  /// A run of points is a subpath; what has no place ends it.
  private func path(_ points: [SIMD2<Float>], _ viewport: Viewport) -> String {
    var path = ""
    var command = "M"
    for point in points {
      guard let place = viewport.project(point) else {
        command = "M"
        continue
      }
      // The first point of a run also gets a line of no length, so that a run of one is a dot.
      path += "\(command)\(at(place))\(command == "M" ? "h0" : "")"
      command = "L"
    }
    return path
  }

  private func symbol(_ symbol: Scene.Mark.Symbol, at place: SIMD2<Double>) -> String {
    switch symbol {
    case .disc: "M\(at(place))h0"
    case .cross: "M\(at(place - 3))l6 6m-6 0l6 -6"
    }
  }

  /// A triangle whose tip is the arrow's; smaller for a short arrow, but never too small to see.
  private func head(from tail: SIMD2<Double>, to tip: SIMD2<Double>) -> String {
    let delta = tip - tail
    let length = (delta * delta).sum().squareRoot()
    guard length > 0.01 else { return "" }
    let along = delta / length * min(7, max(3.5, length / 2))
    let across = SIMD2(-along.y, along.x) * 0.45
    return "M\(at(tip))L\(at(tip - along + across))L\(at(tip - along - across))z"
  }

  private func legend(_ scene: Scene, _ plot: PlotArea) -> String {
    var x = plot.left
    return scene.marks.compactMap { mark -> String? in
      guard let name = mark.name else { return nil }
      defer { x += 40 + 7.5 * Double(name.cellWidth) }
      let sample: String
      switch mark.shape {
      case .points(_, let size):
        sample =
          #"<circle cx="\#(n(x + 9))" cy="46" r="\#(n(size.diameter / 2 + 1))" fill="\#(mark.ink.hex)"/>"#
      case .symbols(_, let symbol):
        sample =
          #"<path d="\#(self.symbol(symbol, at: SIMD2(x + 9, 46)))" stroke="\#(mark.ink.hex)" "#
          + #"stroke-width="\#(n(symbol.stroke))" stroke-linecap="round"/>"#
      case .arrows, .directions:
        let (tail, tip) = (SIMD2(x, 46), SIMD2(x + 18, 46))
        sample =
          #"<path d="M\#(at(tail))L\#(at(tip))\#(head(from: tail, to: tip))" "#
          + #"fill="\#(mark.ink.hex)" stroke="\#(mark.ink.hex)"/>"#
      case .raster:
        sample = #"<path d="M\#(n(x)) 40h18v12h-18z" fill="\#(mark.ink.hex)" opacity="0.5"/>"#
      case .polyline, .text:
        sample = #"<path d="M\#(n(x)) 46h18" stroke="\#(mark.ink.hex)" stroke-width="2"/>"#
      }
      return sample + #"<text x="\#(n(x + 24))" y="50">\#(escaped(name))</text>"#
    }.joined(separator: "\n")
  }

  private func axes(_ window: Window, _ plot: PlotArea) -> String {
    let bottom = plot.top + plot.size.y
    let frame =
      #"<rect x="\#(n(plot.left))" y="\#(n(plot.top))" width="\#(n(plot.size.x))" height="\#(n(plot.size.y))" "#
      + #"fill="none" stroke="\#(Ink.muted.hex)"/>"#
    let across = window.x.ticks(length: plot.size.x, gap: 28) { 7 * Double($0.cellWidth) }.map { tick in
      let x = n(plot.left + tick.position * plot.size.x)
      return #"<path d="M\#(x) \#(n(plot.top))V\#(n(bottom))" stroke="\#(Ink.grid.hex)"/>"#
        + #"<text x="\#(x)" y="\#(n(bottom + 17))" text-anchor="middle">\#(tick.label)</text>"#
    }
    let down = window.y.ticks(length: plot.size.y, gap: 28) { _ in 12 }.map { tick in
      let y = bottom - tick.position * plot.size.y
      return #"<path d="M\#(n(plot.left)) \#(n(y))h\#(n(plot.size.x))" stroke="\#(Ink.grid.hex)"/>"#
        + #"<text x="\#(n(plot.left - 7))" y="\#(n(y + 4))" text-anchor="end">\#(tick.label)</text>"#
    }
    let (x, y) = (n(plot.left + plot.size.x / 2), n(plot.top + plot.size.y / 2))
    let titles = [
      (window.x.title, "translate(\(x) \(n(bottom + 38)))"), (window.y.title, "translate(16 \(y)) rotate(-90)"),
    ]
    .filter { !$0.0.isEmpty }
    .map { #"<text transform="\#($0.1)" text-anchor="middle">\#(escaped($0.0))</text>"# }
    return (across + down + [frame] + titles).joined(separator: "\n")
  }

  private func at(_ place: SIMD2<Double>) -> String { "\(n(place.x)) \(n(place.y))" }

  /// A hundredth of a pixel is more than anyone sees. What lies far outside is drawn no farther than it need be.
  private func n(_ value: Double) -> String {
    let hundredths = Int((min(max(value, -1e5), 1e5) * 100).rounded())
    return DecimalDigits(hundredths, timesPowerOfTen: -2).fixed()
  }

  private func escaped(_ text: String) -> String {
    String(
      text.flatMap { character -> String in
        switch character {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        default: String(character)
        }
      })
  }
}

extension Scene.Mark.PointSize {
  fileprivate var diameter: Double { self == .small ? 2.2 : 4 }
}

extension Scene.Mark.Symbol {
  fileprivate var stroke: Double { self == .disc ? 5 : 1.5 }
}

extension Ink {
  /// Its colour on white. Lines of a grid cross the whole picture, so they are fainter than a terminal's borders.
  fileprivate var hex: String { self == .grid ? "#d8d8d8" : Theme.light.color(self)?.hex ?? "#222222" }
}
