import Diffusion
import Interface
import Testing

@testable import Playground

@Suite("points of questions")
struct PointsTests {
  /// Whether each of the answers that a world holds is of its points.
  private func current(_ world: World, _ measurement: QualityMeasurement, _ samples: SampleRequest) -> [Bool] {
    [
      world.latest(EstimateQuestion.ideal, as: EstimateQuestion.self) != nil,
      world.latest(FieldQuestion.ideal, as: FieldQuestion.self) != nil,
      DensityQuestion.latest(DensityQuestion.exact, world) != nil,
      world.latest(MeshQuestion.ideal, as: MeshQuestion.self) != nil,
      world.probeReading != nil,
      measurement.isOf(world),
      SampleRequest.ideal(world).isLike(samples),
    ]
  }

  @Test(
    "what was found of other points is not shown: other data, another draw of them, another share held out",
    arguments: [{ $0.data = .swissRoll(count: 100) }, { $0.dataSeed = 1 }, { $0.holdout = 0.5 }]
      as [@Sendable (inout Experiment) -> Void])
  func points(change: @Sendable (inout Experiment) -> Void) throws {
    var world = makeWorld()
    world.insight = Insight(world)
    world.probe = Probe(place: .at(Point(0.2, 0.1)))
    let questions: [(any Question)?] = [
      EstimateQuestion.ideal(world, NoisyPoints.Density(row: 0.1, rows: 20)),
      FieldQuestion.ideal(world, in: Rectangle(columns: 20, rows: 10)),
      DensityQuestion(DensityQuestion.exact, world, columns: 4), MeshQuestion(MeshQuestion.ideal, world),
      ProbeQuestion(world),
    ]
    for question in questions {
      let question = try #require(question)
      func answered(_ question: some Question) throws -> Answered {
        Answered(question: question, answer: try #require(question.answer { true }))
      }
      world.take(try answered(question))
    }
    let (measurement, samples) = (QualityMeasurement(world), SampleRequest.ideal(world))
    #expect(current(world, measurement, samples) == [Bool](repeating: true, count: 7))
    change(&world.configuration.experiment)
    #expect(current(world, measurement, samples) == [Bool](repeating: false, count: 7))
  }
}
