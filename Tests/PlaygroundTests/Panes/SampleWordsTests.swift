import Testing

@testable import Diffusion
@testable import Playground

@Suite("words about samples")
struct SampleWordsTests {
  /// The screen with samples of this experiment, on their way and at rest.
  private func screens(_ experiment: Experiment, _ settings: SampleSettings = SampleSettings()) -> [String] {
    var app = SamplePaneTests().makeSampling(experiment, settings)
    app.answerQuestions()
    return [1.0, 2].map { seconds in
      _ = app.update(.passed(seconds))
      return app.lines().joined(separator: "\n")
    }
  }

  @Test("a schedule whose noise is too small says so while samples flow, and at rest")
  func mismatch() {
    var experiment = tiny
    experiment.schedule = ScheduleSettings(.logLinear, bounds: 0.002...0.2)
    for screen in screens(experiment) { #expect(screen.contains("sigma max 0.2 is too small; take 1.")) }
    #expect(screens(experiment).last?.contains("off the data") == true)
  }

  @Test("what was never trained is said to be so")
  func untrained() {
    var experiment = tinyTree
    func says(_ words: String, _ dropout: Double, guidance: Float) -> Bool {
      experiment.labelDropout = dropout
      return screens(experiment, SampleSettings(guidance: guidance)).allSatisfy { $0.contains(words) }
    }
    #expect(says("guidance is not trained", 0, guidance: 1) && says("classes are not trained", 1, guidance: 0))
    #expect(!says("not trained", 0, guidance: 0) && !says("not trained", 0.1, guidance: 1))
  }

  @Test("samples say how long their network had been trained")
  func training() {
    #expect(screens(tiny)[0].contains("after step 0"))
    #expect(!screens(tiny, SampleSettings(predictor: .ideal))[0].contains("after step"))
  }
}
