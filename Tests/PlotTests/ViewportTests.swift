import Plot
import Testing

@Suite("Viewport")
struct ViewportTests {
  @Test("a unit is as long across as down, whatever the shape of the picture and of its pixels")
  func square() throws {
    for aspect in [1.0, 2.0] {
      for extent in [SIMD2(159.0, 95.0), SIMD2(40.0, 400.0)] {
        let viewport = Viewport(.plane(radius: 1.6), extent: extent, pixelAspect: aspect)
        let origin = try #require(viewport.project([0, 0]))
        let right = try #require(viewport.project([1, 0])) - origin
        let up = try #require(viewport.project([0, 1])) - origin
        #expect(abs(right.x + up.y * aspect) < 1e-9)
        #expect(right.x > 0 && right.y == 0 && up.x == 0)
        #expect(abs(origin.x - extent.x / 2) < 1e-9 && abs(origin.y - extent.y / 2) < 1e-9)
      }
    }
  }

  @Test("the radius fits in every direction, and touches in one")
  func fits() throws {
    let viewport = Viewport(.plane(center: [3, -1], radius: 2), extent: SIMD2(100, 60))
    #expect(try #require(viewport.project([3, 1])) == SIMD2(50, 0))
    #expect(try #require(viewport.project([3, -3])) == SIMD2(50, 60))
    #expect(try #require(viewport.project([5, -1])) == SIMD2(80, 30))
  }

  @Test("a chart fills the picture, from the bottom left to the top right")
  func chart() throws {
    let window = Window.chart(x: Axis(0...10), y: Axis(1...100, scale: .log))
    let viewport = Viewport(window, extent: SIMD2(20, 8))
    #expect(try #require(viewport.project([0, 1])) == SIMD2(0, 8))
    #expect(try #require(viewport.project([10, 100])) == SIMD2(20, 0))
    #expect(try #require(viewport.project([5, 10])) == SIMD2(10, 4))
  }

  @Test("what is not finite has no pixel")
  func nonFinite() {
    let viewport = Viewport(.plane(radius: 1), extent: SIMD2(10, 10))
    #expect(viewport.project([.nan, 0]) == nil)
    #expect(viewport.project([0, .infinity]) == nil)
    #expect(viewport.project([3e38, -3e38]) != nil)
  }

  @Test("a pixel leads back to the point that it shows, on every kind of axis")
  func unproject() throws {
    let windows = [
      Window.plane(center: [3, -1], radius: 2), .chart(x: Axis(0...400), y: Axis(1e-4...10, scale: .log)),
    ]
    for window in windows {
      let viewport = Viewport(window, extent: SIMD2(159, 95), pixelAspect: 2)
      for point in [SIMD2<Float>(1.5, 0.25), SIMD2(4, 2e-4), SIMD2(2, 3)] {
        let pixel = try #require(viewport.project(point))
        let back = try #require(viewport.unproject(pixel))
        #expect(abs(back.x - point.x) < 1e-4 && abs(back.y - point.y) < 1e-5 * point.y + 1e-6)
      }
    }
    #expect(Viewport(.plane(radius: 1), extent: SIMD2(0, 0)).unproject(SIMD2(0, 0)) == nil)
  }

  @Test("a window fits its points with a margin; points in a line or a place have one, too")
  func fitting() {
    let window = Window.plane(fitting: [[-1, 0], [3, 1], [2, -1]], margin: 0.5)
    #expect(window.x.range == -1.5...3.5 && window.y.range == -1.5...1.5 && window.aspect == 0.6)
    #expect(window.contains([-1.5, 1.5]) && !window.contains([0, 1.6]))
    let flat = Window.plane(fitting: [[0, 1], [4, 1]], margin: 0)
    #expect(flat.x.range == 0...4 && flat.y.range == 0.5...1.5)
    #expect(Window.plane(fitting: [[2, 2]], margin: 0).aspect == 1)
  }
}
