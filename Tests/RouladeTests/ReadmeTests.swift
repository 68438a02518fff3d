import Foundation
import Testing

@Suite("README")
struct ReadmeTests {
  private func text(_ path: String) throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..").standardized
    return try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  @Test("the training step that it shows stands in the source")
  func step() throws {
    let readme = try text("README.md")
    let start = try #require(readme.range(of: "<!-- step: from Sources/Diffusion/Training/Run.swift -->\n```swift\n"))
    let end = try #require(readme.range(of: "\n```\n<!-- end of step -->"))
    let shown = readme[start.upperBound..<end.lowerBound].split(separator: "\n").map { "    " + $0 }.joined(
      separator: "\n")
    #expect(try text("Sources/Diffusion/Training/Run.swift").contains(shown))
  }

  @Test("functions and tests that docs/diffusion.md names are there")
  func formulas() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..").standardized
    func sources(_ folder: String) throws -> String {
      try FileManager.default.subpathsOfDirectory(atPath: root.path + "/" + folder).filter { $0.hasSuffix(".swift") }
        .map { try text(folder + "/" + $0) }.joined()
    }
    let (code, tests) = (try sources("Sources/Diffusion"), try sources("Tests/DiffusionTests"))
    var names = 0
    for name in try text("docs/diffusion.md").matches(of: /`([A-Z]\w+)(?:\.(\w+))?(?:\([\w:]*\))?`/) {
      let (type, member) = (name.1, name.2)
      names += 1
      if type.hasSuffix("Tests") {
        #expect(tests.contains("struct \(type) "), "\(type)")
      } else {
        #expect(code.contains(try Regex("(struct|enum|protocol|func) \(type)\\b")), "\(type)")
        if let member { #expect(code.contains(try Regex("(func|var|let) \(member)\\b")), "\(type).\(member)") }
      }
    }
    #expect(names > 60)
  }

  @Test("files that it links to are there")
  func links() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..").standardized
    let pages = try FileManager.default.contentsOfDirectory(atPath: root.path + "/docs").filter { $0.hasSuffix(".md") }
    #expect(pages.count > 10)
    for document in ["README.md", "CONTRIBUTING.md"] + pages.map({ "docs/" + $0 }) {
      let folder = document.split(separator: "/").dropLast().map { $0 + "/" }.joined()
      for link in try text(document).matches(of: /\]\(([^):#]+)\)/) where !link.1.hasPrefix("http") {
        #expect(throws: Never.self, "\(document): \(link.1)") {
          let path = URL(fileURLWithPath: "/" + folder + link.1).standardized.path
          _ = try FileManager.default.attributesOfItem(
            atPath: URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..").path
              + path)
        }
      }
    }
  }
}
