import Interface

/// What can be explained: everything on the screen.
extension App {
  /// The view first, then what stands around it, and the lines at the top and the bottom.
  var explainables: [ExplainOverlay.Target] {
    guard let layout else { return [] }
    var panes: [(slot: Layout.Slot, place: Rectangle)] = []
    for pane in layout.panes {
      // Of what lies over the panes, only what says something of itself.
      if case .overlay(let number) = pane.slot, overlays[number] is ExplainOverlay { continue }
      panes.append(pane)
    }
    let own = panes.flatMap { slot, place in
      self[slot].explanations(world).map { ExplainOverlay.Target(place: place, explanation: $0) }
    }
    return own + [
      ExplainOverlay.Target(place: layout.header, explanation: headerExplanation(world)),
      ExplainOverlay.Target(place: layout.footer, explanation: footerExplanation),
    ]
  }

  mutating func refreshExplanations() {
    guard var overlay = overlays.last as? ExplainOverlay else { return }
    overlay.targets = explainables
    overlays[overlays.count - 1] = overlay
  }

  private var footerExplanation: Explanation {
    Explanation(
      "keys", shows: "The keys that do something here and now, the most useful first; words can be clicked, too.",
      look: "? lists all keys. What a key would do that does nothing now, it says when it is pressed.")
  }
}
