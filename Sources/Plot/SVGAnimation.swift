extension SVGRenderer {
  /// Scenes one after the other, without end, as one SVG: browsers animate it by its style sheet, and whatever does not
  /// animate, or is asked for less motion, shows the last.
  ///
  /// What is the same in all scenes is drawn once.
  ///
  /// - Parameters:
  ///   - scenes: One or more, of windows of one shape.
  ///   - seconds: For all of them together.
  ///   - hold: For how many more the last one stays.
  package func animate(_ scenes: [Scene], seconds: Double, hold: Double = 1.5) -> String {
    let pictures = scenes.map(parts)
    let total = seconds + hold
    func percent(_ time: Double) -> String { "\((time / total * 100_000).rounded() / 1000)%" }
    let frame = seconds / Double(scenes.count)
    let style = """
      <style>
      .f{visibility:hidden;animation:f \(total)s step-end infinite}
      .f.l{visibility:visible;animation-name:l}
      @keyframes f{0%{visibility:visible}\(percent(frame)){visibility:hidden}}
      @keyframes l{0%{visibility:visible}\(percent(frame + hold)){visibility:hidden}}
      @media (prefers-reduced-motion:reduce){.f{animation:none}}
      </style>
      """
    /// The elements of one kind: each by itself if no scene changes it, else one for each scene, shown in its time.
    func merged(_ all: [[String]]) -> [String] {
      (0..<(all.map(\.count).max() ?? 0)).flatMap { place -> [String] in
        let elements = all.map { place < $0.count ? $0[place] : "" }
        if elements.allSatisfy({ $0 == elements[0] }) { return [elements[0]] }
        return elements.enumerated().filter { !$1.isEmpty }.map { index, element in
          let start = ((Double(index) * frame - total) * 1000).rounded() / 1000
          let name = index == scenes.count - 1 ? "f l" : "f"
          return #"<g class="\#(name)" style="animation-delay:\#(start)s">\#(element)</g>"#
        }
      }
    }
    return document(
      scenes[scenes.count - 1], head: [style] + merged(pictures.map(\.head)), marks: merged(pictures.map(\.marks)))
  }
}
