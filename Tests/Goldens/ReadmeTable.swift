import Foundation

/// Compares a table of the README with what the program makes: what stands between
/// `<!-- NAME: made from the program -->` and
/// `<!-- end of NAME -->`. While `RECORD_GOLDENS` is set it is written there, and the test fails.
///
/// - Returns: What differs, or that it was recorded; nil if they are the same.
package func difference(_ table: String, fromReadme name: String, file: String = #filePath) -> String? {
  var place = URL(fileURLWithPath: file)
  while place.lastPathComponent != "Tests", place.pathComponents.count > 1 { place = place.deletingLastPathComponent() }
  place = place.deletingLastPathComponent().appendingPathComponent("README.md")
  guard let readme = try? String(contentsOf: place, encoding: .utf8),
    let head = readme.firstRange(of: "<!-- \(name): made from the program -->\n"),
    let tail = readme[head.upperBound...].firstRange(of: "\n<!-- end of \(name) -->")
  else { return "\(place.path) has no place for \(name)" }
  guard readme[head.upperBound..<tail.lowerBound] != table else { return nil }
  guard isRecording else { return "the README's \(name) are not those of the program; RECORD_GOLDENS=1 records them" }
  let text = readme[..<head.upperBound] + table + readme[tail.lowerBound...]
  do {
    try Data(text.utf8).write(to: place)
    return "recorded \(name) in \(place.path); look at it and run the test again"
  } catch {
    return "cannot record \(place.path): \(error)"
  }
}
