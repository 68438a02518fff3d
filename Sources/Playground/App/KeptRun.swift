import Diffusion

/// A run that was set aside, with all that the world says of it.
package struct KeptRun: Sendable {
  let configuration: Configuration
  let dataset: Dataset
  let seed: UInt64
  let run: Int
  let frame: Frame
}

extension World {
  /// Less training is not worth keeping in the place of more.
  private static let leastSeconds = 1.0

  private var present: KeptRun {
    KeptRun(configuration: configuration, dataset: dataset, seed: seed, run: run, frame: newest)
  }

  /// Keeps the present run, which is about to end, unless there is too little of it.
  mutating func setAside() -> [Effect] {
    guard isCurrent, newest.moment.id.step > 0, aside == nil || newest.seconds >= World.leastSeconds else { return [] }
    aside = present
    return [.lab(.setAside)]
  }

  /// Exchanges the present run for the one that was there before training was begun anew; again, and it is back.
  package mutating func restore() -> [Effect] {
    guard let kept = aside else { return [] }
    aside = present
    adopt(kept.configuration, kept.dataset)
    (seed, run, frame, newest, rival) = (kept.seed, kept.run, kept.frame, kept.frame, nil)
    (rewind, isFrozen) = (nil, false)
    look()
    return [.lab(.restore)]
  }
}
