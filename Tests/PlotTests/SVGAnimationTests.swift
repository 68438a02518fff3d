import Testing

@testable import Plot

@Suite("Animated SVG")
struct SVGAnimationTests {
  private func scene(_ x: Float) -> Scene {
    var scene = Scene(.plane(radius: 1), title: "one & two")
    scene.points([SIMD2(0, 0)], ink: .data, name: "data")
    scene.points([SIMD2(x, 0)], ink: .point, name: "point")
    return scene
  }

  @Test("what stays the same is drawn once, what moves once a frame; the last frame is what stands still")
  func frames() {
    let text = SVGRenderer().animate([scene(0.1), scene(0.2), scene(0.3)], seconds: 3, hold: 1)
    #expect(text.split(separator: "one &amp; two").count == 2)
    let groups = text.split(separator: "\n").filter { $0.hasPrefix("<g class=") }
    #expect(groups.count == 3)
    #expect(groups[0].hasPrefix(#"<g class="f" style="animation-delay:-4.0s">"#))
    #expect(groups[1].hasPrefix(#"<g class="f" style="animation-delay:-3.0s">"#))
    #expect(groups[2].hasPrefix(#"<g class="f l" style="animation-delay:-2.0s">"#))
    #expect(text.contains("@keyframes f{0%{visibility:visible}25.0%{visibility:hidden}}"))
    #expect(text.contains("@keyframes l{0%{visibility:visible}50.0%{visibility:hidden}}"))
  }

  @Test("a single scene does not move")
  func one() {
    let text = SVGRenderer().animate([scene(0.1)], seconds: 1)
    #expect(!text.contains("<g class="))
  }
}
