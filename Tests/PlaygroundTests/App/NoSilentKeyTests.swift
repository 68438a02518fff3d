import Diffusion
import Terminal
import Testing

@testable import Playground

@Suite("no key is silent")
struct NoSilentKeyTests {
  /// What can be typed.
  static let keys: [Key] =
    (0x20...0x7E).map { .character(Character(Unicode.Scalar(UInt8($0)))) }
    + [
      .up, .down, .left, .right, .home, .end, .pageUp, .pageDown, .enter, .tab, .backTab, .escape, .backspace, .delete,
    ]

  @Test("every key does something in every view, or says why not")
  func everyKey() {
    for view in 1...Views.all.count {
      var app = makeApp()
      app.press(view == 1 ? "21" : "\(view)")
      for key in NoSilentKeyTests.keys {
        var pressed = app
        let effects = pressed.update(.key(key))
        let isSilent = effects.isEmpty && pressed.world.notice == nil && pressed.cells() == app.cells()
        #expect(!isSilent, "\(key) in view \(view)")
      }
    }
  }

  @Test("at the end of a slider, too")
  func ends() {
    var app = makeApp()
    for key in [Key.right, .left, .up, .down] {
      for _ in 0..<200 { _ = app.update(.key(key)) }
      #expect(app.world.notice != nil)
    }
  }
}
