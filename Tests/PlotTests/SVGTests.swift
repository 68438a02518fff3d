import Plot
import Testing

@Suite("SVG")
struct SVGTests {
  @Test("a scene, literally")
  func literal() {
    var scene = Scene(.plane(radius: 1), title: "a < b & c")
    scene.points([[0, 0], [.nan, 0], [0.5, -0.5]], size: .large, ink: .point, name: "noisy")
    scene.arrows(from: [[0, 0]], to: [[0.5, 0]], ink: .arrow, name: "estimate")
    #expect(
      SVGRenderer(width: 284).render(scene) == """
        <svg xmlns="http://www.w3.org/2000/svg" width="284" height="312" \
        viewBox="0 0 284 312" \
        font-family="DejaVu Sans, Helvetica, Arial, sans-serif" font-size="12" fill="#222222">
        <rect width="100%" height="100%" fill="#ffffff"/>
        <text x="142" y="24" font-size="15" text-anchor="middle">a &lt; b &amp; c</text>
        <circle cx="73" cy="46" r="3" fill="#af5f00"/><text x="88" y="50">noisy</text>
        <path d="M141.5 46L159.5 46M159.5 46L152.5 49.15L152.5 42.85z" fill="#00875f" \
        stroke="#00875f"/><text x="165.5" y="50">estimate</text>
        <path d="M64 64V264" stroke="#d8d8d8"/><text x="64" y="281" text-anchor="middle">-1</text>
        <path d="M164 64V264" stroke="#d8d8d8"/><text x="164" y="281" text-anchor="middle">0</text>
        <path d="M264 64V264" stroke="#d8d8d8"/><text x="264" y="281" text-anchor="middle">1</text>
        <path d="M64 264h200" stroke="#d8d8d8"/><text x="57" y="268" text-anchor="end">-1.0</text>
        <path d="M64 214h200" stroke="#d8d8d8"/><text x="57" y="218" text-anchor="end">-0.5</text>
        <path d="M64 164h200" stroke="#d8d8d8"/><text x="57" y="168" text-anchor="end">0.0</text>
        <path d="M64 114h200" stroke="#d8d8d8"/><text x="57" y="118" text-anchor="end">0.5</text>
        <path d="M64 64h200" stroke="#d8d8d8"/><text x="57" y="68" text-anchor="end">1.0</text>
        <rect x="64" y="64" width="200" height="200" fill="none" stroke="#626262"/>
        <clipPath id="plot"><rect width="200" height="200"/></clipPath>
        <g transform="translate(64 64)" clip-path="url(#plot)" stroke-linecap="round">
        <path d="M100 100h0M150 150h0" fill="none" stroke="#af5f00" stroke-width="4"/>
        <path d="M100 100L150 100" fill="none" stroke="#00875f" stroke-width="1.1"/>
        <path d="M150 100L143 103.15L143 96.85z" fill="#00875f"/>
        </g>
        </svg>

        """)
  }

  @Test("a line breaks where a value is not finite; a log axis has no place for zero")
  func gaps() {
    var scene = Scene(.chart(x: Axis(0...4), y: Axis(1...100, scale: .log)))
    scene.polyline([[0, 1], [1, 100], [2, 0], [3, 10], [4, .nan]], ink: .curve)
    let svg = SVGRenderer(width: 184, height: 188).render(scene)
    #expect(svg.contains(#"d="M0 100h0L25 0M75 50h0""#))
  }

  @Test("axes have their titles")
  func titles() {
    let window = Window.chart(x: Axis(0...1, title: "step"), y: Axis(0...1, title: "loss"))
    let svg = SVGRenderer(width: 184, height: 188).render(Scene(window))
    #expect(svg.contains(#"<text transform="translate(114 178)" text-anchor="middle">step</text>"#))
    #expect(svg.contains(#"<text transform="translate(16 90) rotate(-90)" text-anchor="middle">loss</text>"#))
  }

  @Test("symbols are discs and crosses, directions are arrows, and a window keeps its shape")
  func symbols() {
    var scene = Scene(.plane(fitting: [[0, 0], [2, 1]], margin: 0))
    scene.symbols([[1, 0.5]], .disc, ink: .point, name: "noisy")
    scene.symbols([[1, 0.5]], .cross, ink: .ideal)
    scene.directions(from: [[0, 0]], to: [[1, 0]], ink: .arrow)
    let svg = SVGRenderer(width: 284).render(scene)
    #expect(svg.contains(#"<clipPath id="plot"><rect width="200" height="100"/>"#))
    #expect(svg.contains(##"<path d="M100 50h0" fill="none" stroke="#af5f00" stroke-width="5"/>"##))
    #expect(svg.contains(##"<path d="M97 47l6 6m-6 0l6 -6" fill="none" stroke="#af0087""##))
    #expect(svg.contains(##"<path d="M0 100L100 100" fill="none" stroke="#00875f""##))
  }

  @Test("a square window is drawn square")
  func square() {
    let svg = SVGRenderer(width: 500).render(Scene(.plane(radius: 2)))
    #expect(svg.contains(#"<clipPath id="plot"><rect width="416" height="416"/>"#))
  }
}
