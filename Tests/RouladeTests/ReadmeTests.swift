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

  @Test("files that it links to are there")
  func links() throws {
    for document in ["README.md", "docs/playground.md", "docs/options.md", "docs/commands.md", "docs/files.md"] {
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
