import Foundation

/// Compares a table of a document with what the program makes: what stands between
/// `<!-- NAME: made from the program -->` and
/// `<!-- end of NAME -->`. While `RECORD_GOLDENS` is set it is written there, and the test fails.
///
/// - Parameter document: Its path in the repository.
/// - Returns: What differs, or that it was recorded; nil if they are the same.
package func difference(_ table: String, named name: String, in document: String, file: String = #filePath) -> String? {
  var place = URL(fileURLWithPath: file)
  while place.lastPathComponent != "Tests", place.pathComponents.count > 1 { place = place.deletingLastPathComponent() }
  place = place.deletingLastPathComponent().appendingPathComponent(document)
  guard let contents = try? String(contentsOf: place, encoding: .utf8),
    let head = contents.firstRange(of: "<!-- \(name): made from the program -->\n"),
    let tail = contents[head.upperBound...].firstRange(of: "\n<!-- end of \(name) -->")
  else { return "\(place.path) has no place for \(name)" }
  guard contents[head.upperBound..<tail.lowerBound] != table else { return nil }
  guard isRecording else {
    return "the \(name) in \(document) are not those of the program; RECORD_GOLDENS=1 records them"
  }
  let text = contents[..<head.upperBound] + table + contents[tail.lowerBound...]
  do {
    try Data(text.utf8).write(to: place)
    return "recorded \(name) in \(place.path); look at it and run the test again"
  } catch {
    return "cannot record \(place.path): \(error)"
  }
}
