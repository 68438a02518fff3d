import Foundation
import Testing

@testable import Export

@Suite("a person's own file")
struct UserFileTests {
  @Test("theme, glyphs, preset, memory and keys")
  func all() {
    let file = UserFile(
      text: """
        theme = "high-contrast"
        glyphs = "block"
        preset = "fourier"
        remember = false
        [keys]
        freeze = "F"
        explain = "h"
        """, file: "config.toml")
    #expect(file.theme == .highContrast && file.glyphs == .block && file.preset == "fourier" && !file.remembers)
    #expect(file.keys.map(\.word) == ["explain", "freeze"] && file.keys.map(\.key) == ["h", "F"])
    #expect(file.keys.map(\.place) == ["config.toml, line 7", "config.toml, line 6"])
    #expect(file.problems.isEmpty)
  }

  @Test("one that is not there holds no choices, and is no mistake")
  func absent() {
    #expect(UserFile(contentsOf: "/nonexistent/config.toml") == UserFile())
  }

  @Test(
    "a mistake names line and key, and the rest holds",
    arguments: [
      ("theme = \"drak\"", "theme: no such theme; did you mean 'dark'? there are: middle, dark, light, high-contrast"),
      ("theme = 3", "theme: no such theme; there are: middle, dark, light, high-contrast"),
      ("remember = 1", "remember: true or false"),
      ("keys = 1", "keys: a table of words and keys"),
      ("colour = 1", "colour: no such choice; there are: theme, glyphs, preset, remember, [keys]"),
    ])
  func mistakes(line: String, problem: String) {
    let file = UserFile(text: "glyphs = \"ascii\"\n\(line)\n", file: "c.toml")
    #expect(file.problems == ["c.toml, line 2: \(problem)"] && file.glyphs == .ascii)
  }

  @Test("what is no TOML is a mistake with its line")
  func noTOML() {
    let file = UserFile(text: "theme = \"dark\"\ntheme =\n", file: "c.toml")
    #expect(file.problems.count == 1 && file.problems[0].hasPrefix("c.toml, line 2: ") && file.theme == nil)
  }

  @Test("one that is too long, or no text, is refused as other configuration files are")
  func refused() throws {
    try withDirectory { directory in
      let path = directory + "/config.toml"
      let long = "theme = \"dark\"" + String(repeating: "\n", count: ConfigurationFile.mostBytes)
      for (contents, problem) in [
        (Array(long.utf8), "it has more than 64 KiB"), ([0xFF, 0x41], "it is not text in UTF-8"),
        (Array("remember = false\0".utf8), "it is not text in UTF-8"),
      ] as [([UInt8], String)] {
        try AtomicFile.write(contents, to: path)
        let file = UserFile(contentsOf: path)
        #expect(file.problems == ["\(path): \(problem)"] && file.theme == nil && file.remembers)
      }
    }
  }

  @Test("directories as XDG has them; a relative one is ignored")
  func directories() {
    #expect(UserDirectory.state.path("a", environment: ["HOME": "/h"]) == "/h/.local/state/roulade/a")
    #expect(UserDirectory.configuration.path("a", environment: ["HOME": "/h"]) == "/h/.config/roulade/a")
    #expect(
      UserDirectory.state.path("a", environment: ["HOME": "/h", "XDG_STATE_HOME": "/s"]) == "/s/roulade/a")
    #expect(
      UserDirectory.state.path("a", environment: ["HOME": "/h", "XDG_STATE_HOME": "s"]) == "/h/.local/state/roulade/a")
    #expect(UserDirectory.state.path("a", environment: [:]) == nil)
  }
}
