import Plot
import Testing

@Suite("Shades")
struct ShadeTests {
  /// Five levels across, one row.
  private let ramp = Raster(columns: 5, over: -1...1, -1...1, levels: [0, 0.25, 0.5, 0.75, 1])
  private let window = Window.chart(x: Axis(-1...1), y: Axis(-1...1))

  @Test("a level is rounded to its quarter, and what is none is nothing")
  func levels() {
    #expect([0, 0.1, 0.2, 0.5, 0.7, 0.9, 1].map { Shade($0).quarters } == [0, 0, 1, 2, 3, 4, 4])
    #expect([-.infinity, -1, 2, .infinity, .nan].map { Shade($0).quarters } == [0, 0, 4, 4, 0])
  }

  @Test("a raster fills the cells beneath the marks; without coloured grounds it is seen where no mark is")
  func raster() {
    var scene = Scene(window)
    scene.points([[0, 0], [-1, 0]], ink: .point)
    scene.raster(ramp, ink: .muted)
    for glyphs in Glyphs.allCases {
      let grid = glyphs.renderer.render(scene, columns: 10, rows: 3)
      #expect(grid.lines[0] == "  ░░▒▒▓▓██")
      #expect(grid[4, 1].ground == Cell.Ground(ink: .muted, shade: Shade(0.5)))
      #expect(grid[0, 1].ink == .point && grid[0, 1].ground == nil)
      let point = (0..<10).first { $0 > 0 && grid[$0, 1].ink == .point }
      #expect(point.map { grid[$0, 1].ground?.shade } == Shade(0.5) && grid[point ?? 0, 1].withoutGround.ink == .point)
    }
  }

  @Test("rows count from the lowest up, and what lies outside the raster or is NaN stays empty")
  func upright() {
    var scene = Scene(window)
    scene.raster(Raster(columns: 1, over: -1...0, -1...1, levels: [.nan, 0.5, 1]), ink: .data)
    #expect(picture(.braille, scene, columns: 4, rows: 3) == "██  \n▒▒  \n    ")
  }

  @Test("of two rasters the stronger is seen")
  func stronger() {
    let (weak, strong) = (Raster(columns: 1, over: -1...1, -1...1, levels: [0.25]), ramp)
    for isWeakFirst in [false, true] {
      var scene = Scene(window)
      if isWeakFirst { scene.raster(weak, ink: .data) }
      scene.raster(strong, ink: .ideal)
      if !isWeakFirst { scene.raster(weak, ink: .data) }
      let grid = BrailleRenderer().render(scene, columns: 5, rows: 1)
      #expect(grid.lines == ["░░▒▓█"])
      #expect(grid[0, 0].ground?.ink == .data && grid[4, 0].ground?.ink == .ideal)
    }
  }

  @Test("marks have a shade; in a cell the strongest of its ink is seen")
  func marks() {
    for glyphs in Glyphs.allCases {
      var scene = Scene(window)
      for shade in [Shade.full, Shade(0.25)] { scene.points([[0, 0]], ink: .arrow, shade: shade) }
      scene.points([[1, 0]], ink: .arrow, shade: Shade(0.25))
      let grid = glyphs.renderer.render(scene, columns: 3, rows: 1)
      #expect(grid[1, 0].shade == .full && grid[2, 0].shade == Shade(0.25))
    }
  }

  @Test("SVG fills runs of one shade, and marks are as opaque as their shade")
  func svg() {
    var scene = Scene(window)
    scene.raster(Raster(columns: 3, over: -1...1, -1...1, levels: [1, 1, 0.25]), ink: .data, name: "density")
    scene.points([[0, 0]], ink: .point, shade: Shade(0.5))
    let svg = SVGRenderer(width: 184, height: 212).render(scene)
    #expect(svg.contains(##"<path d="M0 100H66.67V0H0z" fill="#005faf" opacity="1" shape-rendering="crispEdges"/>"##))
    #expect(svg.contains(##"<path d="M66.67 100H100V0H66.67z" fill="#005faf" opacity="0.25""##))
    #expect(svg.contains(##"<g opacity="0.5"><path d="M50 50h0""##))
    #expect(svg.contains("density"))
  }
}
