import Interface
import Plot
import Testing

@Suite("slider")
struct SliderTests {
  @Test("there and back is the same value")
  func thereAndBack() {
    var slider = LogSlider(origin: 5e-3, range: 1e-6...1, notchesPerDecade: 10)
    slider.move(by: 7)
    slider.move(by: -7)
    #expect(slider.value == 5e-3)
    slider.move(by: 10)
    #expect(abs(slider.value - 5e-2) < 1e-15)
  }

  @Test("stops at its bounds, and comes away at once")
  func bounds() {
    var slider = LogSlider(origin: 0.25, range: 0.002...2, notchesPerDecade: 20)
    slider.move(by: 1000)
    #expect(slider.value == 2 && slider.position == 1)
    slider.move(by: -1)
    #expect(slider.value < 2)
    slider.move(by: -1000)
    #expect(slider.value == 0.002 && slider.position == 0)
  }

  @Test("it goes to the notch nearest to a value, and no farther than its bounds")
  func move() {
    var slider = LogSlider(origin: 0.1, range: 0.002...2, notchesPerDecade: 20)
    slider.move(to: 0.52)
    #expect(abs(slider.value / 0.52 - 1) < 0.06)
    slider.move(to: 0)
    #expect(slider.value == 0.002)
    slider.move(to: 50)
    #expect(slider.value == 2)
    slider.move(to: 0.1)
    #expect(slider.value == 0.1)
  }

  @Test("even in the logarithm")
  func position() {
    #expect(abs(LogSlider(origin: 0.1, range: 0.01...1, notchesPerDecade: 10).position - 0.5) < 1e-15)
  }

  @Test("a single value is a range")
  func singleValue() {
    var slider = LogSlider(origin: 1, range: 1...1, notchesPerDecade: 10)
    slider.move(by: 3)
    #expect(slider.value == 1 && slider.position == 0 && slider.notches(to: 1) == 0)
  }

  @Test("a pointer on the track puts the knob under it, to half a notch, and at the ends exactly")
  func pointer() throws {
    var slider = LogSlider(origin: 0.2, range: 0.002...2, notchesPerDecade: 20)
    for column in 4...43 {
      let track = SliderTrack(slider, in: Rectangle(column: 4, row: 7, columns: 40, rows: 3))
      slider.move(by: try #require(track.notches(Pointer(.press, column: column, row: 7))))
      let moved = SliderTrack(slider, in: track.place)
      #expect(abs(moved.knob - column) <= 1)
      #expect(moved.notches(Pointer(.press, column: column, row: 7)) == 0)
    }
    #expect(slider.value == 2)
  }

  @Test("a drag that began on the track goes on beside it; one that began elsewhere is not its business")
  func drag() {
    let slider = LogSlider(origin: 0.2, range: 0.002...2, notchesPerDecade: 20)
    let track = SliderTrack(slider, in: Rectangle(column: 4, row: 7, columns: 40, rows: 3))
    let start = Pointer.Spot(column: 10, row: 7)
    #expect(track.notches(Pointer(.drag, column: 99, row: 2, from: start)) == slider.notches(to: 1))
    #expect(track.notches(Pointer(.drag, column: -9, row: 2, from: start)) == slider.notches(to: 0))
    #expect(track.notches(Pointer(.drag, column: 10, row: 7, from: Pointer.Spot(column: 10, row: 3))) == nil)
    #expect(track.notches(Pointer(.release, column: 10, row: 7)) == nil)
    #expect(track.notches(Pointer(.wheel(-2), column: 10, row: 8)) == -2)
  }

  @Test("track, knob and bounds, to the letter")
  func golden() {
    var drawing = Drawing(Rectangle(columns: 12, rows: 2))
    drawing.slider(SliderTrack(LogSlider(origin: 0.1, range: 0.01...1, notchesPerDecade: 10), in: drawing.place))
    #expect(drawing.cells(.braille).lines == ["━━━━━━●─────", "0.01       1"])
  }
}
