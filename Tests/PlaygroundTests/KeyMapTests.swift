import Foundation
import Terminal
import Testing

@testable import Playground

@Suite("KeyMap")
struct KeyMapTests {
  @Test("no key means two things")
  func unique() {
    let keys = KeyMap.bindings.flatMap(\.keys.keys)
    #expect(Set(keys).count == keys.count)
  }

  @Test("every key of the playground is bound")
  func complete() {
    for character in " nN[]{}+-aigmd<>,.cC()srRe?q" {
      #expect(KeyMap.message(for: .character(character)) != nil, "\(character)")
    }
    for key in [Key.left, .right, .tab, .up, .down, .escape, .control("l")] {
      #expect(KeyMap.message(for: key) != nil, "\(key)")
    }
    #expect(KeyMap.message(for: .character("z")) == nil)
  }

  @Test("labels name the keys that they stand for")
  func labels() {
    for binding in KeyMap.bindings {
      for case .character(let character) in binding.keys.keys where character != " " {
        #expect(binding.label.contains(character))
      }
    }
  }

  @Test("the README's table is this one")
  func readme() throws {
    let file = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../README.md").standardized
    let readme = try String(contentsOf: file, encoding: .utf8)
    #expect(readme.contains("<!-- keys: made from KeyMap -->\n\(KeyMap.markdown)\n<!-- end of keys -->"))
  }

  @Test("the help panel and at least help and quit fit the smallest screen")
  func fit() {
    for state in [makeState(), makeState(tinyTree)] {
      let help = helpPanel(state)
      #expect(help.columns <= Layout.leastColumns && help.rows <= Layout.leastRows)
      #expect(help.lines.contains { $0.contains("( )") } == state.hasClasses)
    }
    let footer = view(makeState(), columns: Layout.leastColumns, rows: Layout.leastRows, glyphs: .braille).lines.last
    #expect(footer?.contains("? help  q quit") == true)
  }
}
