import Diffusion
import Plot
import Terminal
import Testing

@testable import Playground

@Suite("no key is silent")
struct NoSilentKeyTests {
  private static let special: [Key] = [
    .up, .down, .left, .right, .home, .end, .pageUp, .pageDown, .enter, .tab, .backTab, .escape, .backspace, .delete,
  ]
  /// What can be typed.
  static let keys: [Key] =
    (0x20...0x7E).map { .character(Character(Unicode.Scalar(UInt8($0)))) } + special
  /// The keys that move something, and those that open and close something.
  private static let moving = special + "[]{}+-0sxtpbUyLz?".map { .character($0) }

  /// Those of the keys that change nothing, and say nothing.
  private func silent(_ app: App, _ keys: [Key]) -> [Key] {
    // What an overlay covers changes, too.
    func pictures(_ app: App) -> [CellGrid] {
      var bare = app
      bare.overlays = []
      return [app.cells()] + (app.overlays.isEmpty ? [] : [bare.cells()])
    }
    let before = pictures(app)
    return keys.filter { key in
      var pressed = app
      let effects = pressed.update(.key(key))
      return effects.isEmpty && pressed.world.notice == nil && pressed.overlays.count == app.overlays.count
        && pictures(pressed) == before
    }
  }

  @Test("every key does something in every view, or says why not")
  func everyKey() {
    for view in 1...Views.all.count {
      var app = makeApp()
      app.press(view == 1 ? "21" : "\(view)")
      #expect(silent(app, NoSilentKeyTests.keys) == [], "view \(view)")
    }
  }

  @Test(
    "under every overlay, too, while training is paused",
    arguments: ["s", "s/", "s/xyz", "7o", "7o/", "b", "p", "x", "t", "?", "U", "y", "sx", "pz", "L"])
  func overlay(keys: String) {
    var app = makeApp()
    app.world.wantsTraining = false
    app.press(keys)
    #expect(silent(app, NoSilentKeyTests.moving) == [], "after \(keys)")
  }

  @Test("among a setting's values, too, where no key changes the setting under them", arguments: ["data", "batch"])
  func values(of setting: String) {
    var app = makeApp()
    app.press("s/" + setting)
    for _ in 0..<2 { _ = app.update(.key(.enter)) }
    #expect(app.overlays.last is ValueOverlay)
    #expect(silent(app, NoSilentKeyTests.moving) == [])
    for key in NoSilentKeyTests.moving where key != .enter {
      var pressed = app
      _ = pressed.update(.key(key))
      #expect(pressed.world.configuration == app.world.configuration)
      #expect((pressed.overlays.first as? SettingsOverlay)?.chosen == setting)
    }
  }

  @Test("one overlay is not opened twice", arguments: ["U", "b", "s", "p", "t", "?", "y"])
  func twice(key: String) {
    var app = makeApp()
    app.press(key + key)
    #expect(app.overlays.count <= 1)
  }

  @Test("at the end of a slider, too")
  func ends() {
    var app = makeApp()
    for key in [Key.right, .left, .up, .down] {
      for _ in 0..<200 { _ = app.update(.key(key)) }
      #expect(app.world.notice != nil)
    }
  }

  @Test("at both ends of what moves in a view, too", arguments: 3...8)
  func ends(of view: Int) {
    var app = makeRivals()
    _ = app.update(.resized(columns: 60, rows: 20))
    app.press("\(view)")
    app.answerQuestions()
    for seconds in [0, 30.0] {
      _ = app.update(.passed(seconds))
      #expect(silent(app, NoSilentKeyTests.moving) == [], "view \(view) after \(seconds) s")
    }
    for key in [Key.left, .up, .character("}"), .character("{"), .character("+"), .character("]")] {
      for _ in 0..<70 { _ = app.update(.key(key)) }
      #expect(silent(app, NoSilentKeyTests.moving) == [], "view \(view) after many \(key)")
    }
  }
}
