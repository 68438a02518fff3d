import Diffusion

/// A change that can be taken back.
package struct Change: Sendable {
  /// The settings before it.
  let configuration: Configuration
  /// The settings that it changed, by their keys.
  let keys: Set<String>
  /// The run that it ended, if it did, and its seed.
  let run: Int?
  let seed: UInt64
}

/// What is set, and taken back.
extension World {
  /// So many changes can be taken back.
  private static let mostChanges = 200

  /// Goes over to other settings, and says what that does where it does more than one may think.
  package mutating func set(_ next: Configuration) -> [Effect] {
    let (before, run) = (configuration, run)
    let effects = change(to: next)
    let words = configuration.differences(from: before)
    if self.run != run, !words.isEmpty {
      say("\(words): training begins again" + (aside?.run == run ? "; u brings the run back" : ""))
    }
    return effects
  }

  /// Keeps what there was before a change. A setting that is moved on and on is one change.
  ///
  /// - Parameter run: The run that the change has ended; nil if it goes on.
  mutating func remember(_ before: Configuration, endedRun run: Int? = nil, seed: UInt64? = nil) {
    let keys = configuration.keysOfDifferences(from: before)
    guard !keys.isEmpty || run != nil else { return }
    if let last = changes.last, last.keys == keys, keys.count == 1, last.run == nil, run == nil { return }
    changes.append(Change(configuration: before, keys: keys, run: run, seed: seed ?? self.seed))
    if changes.count > World.mostChanges { changes.removeFirst() }
  }

  /// Takes the last change back.
  package mutating func undo() -> [Effect] {
    guard let change = changes.popLast() else {
      say("there is no change to undo")
      return []
    }
    let before = configuration
    let comesBack = change.run != nil && change.run == aside?.run
    let effects = goBack(to: change)
    let words = configuration.differences(from: before)
    let run = change.run == nil ? "" : comesBack ? "; its run is back" : "; training begins again"
    say("undone: " + (words.isEmpty ? "the reset" : words) + run)
    return effects
  }
}

extension Configuration {
  /// The keys of the parameters whose values differ.
  func keysOfDifferences(from other: Configuration) -> Set<String> {
    Set(Parameter.all.filter { $0.text(self) != $0.text(other) }.map(\.key))
  }

  /// What differs, in words: "lr 0.01, batch 64"; of many, what comes first.
  func differences(from other: Configuration) -> String {
    if experiment.name != other.experiment.name { return "preset \(experiment.name)" }
    let parameters = Parameter.all.filter { $0.applies(to: self) && $0.text(self) != $0.text(other) }
    let words = parameters.prefix(3).map { "\($0.key) \($0.text(self))" }.joined(separator: ", ")
    return parameters.count > 3 ? words + " …" : words
  }
}
