import Diffusion

/// How the sample view draws.
package struct SampleSettings: Equatable, Sendable {
  /// Whose predictions the sampler follows.
  package enum Predictor: String, CaseIterable, Sendable {
    case learned, average, ideal
  }

  /// Numbers of steps to choose from.
  package static let stepChoices = [2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100]

  package var sampler: Sampler
  package var steps: Int
  package var predictor = Predictor.learned

  /// - Parameter steps: 1 or more, one of `stepChoices` or not.
  package init(sampler: Sampler = .accelerated, steps: Int = 20) {
    self.sampler = sampler
    self.steps = steps
  }

  package mutating func takeNextSampler(_ count: Int = 1) { sampler = Sampler.all.element(after: sampler, count) }

  /// - Parameter hasAverage: Whether there is a moving average to choose.
  package mutating func takeNextPredictor(_ count: Int = 1, hasAverage: Bool) {
    predictor = Predictor.allCases.filter { hasAverage || $0 != .average }.element(after: predictor, count)
  }

  /// More steps, or fewer: the next choice beyond the present one, if there is one.
  package mutating func moveSteps(_ count: Int) {
    let further = SampleSettings.stepChoices.filter { count > 0 ? $0 > steps : $0 < steps }
    if let next = count > 0 ? further.first : further.last { steps = next }
  }
}

extension Collection where Element: Equatable {
  /// The element so many places behind one of them, beginning again after the last.
  func element(after element: Element, _ count: Int = 1) -> Element {
    let place = firstIndex(of: element).map { distance(from: startIndex, to: $0) } ?? 0
    let next = (place + count) % self.count
    return self[index(startIndex, offsetBy: next < 0 ? next + self.count : next)]
  }
}
