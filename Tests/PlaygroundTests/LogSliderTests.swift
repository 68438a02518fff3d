import Playground
import Testing

@Suite("LogSlider")
struct LogSliderTests {
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

  @Test("even in the logarithm")
  func position() {
    #expect(abs(LogSlider(origin: 0.1, range: 0.01...1, notchesPerDecade: 10).position - 0.5) < 1e-15)
  }

  @Test("a single value is a range")
  func singleValue() {
    var slider = LogSlider(origin: 1, range: 1...1, notchesPerDecade: 10)
    slider.move(by: 3)
    #expect(slider.value == 1 && slider.position == 0)
  }
}
