import Diffusion
import TestExperiments
import Testing

@Suite("Checkpoint")
struct CheckpointTests {
  @Test(
    "100 steps, a checkpoint taken apart and put together, and 100 more are 200 steps to the bit",
    arguments: ResumeCase.all)
  func resume(_ one: ResumeCase) throws {
    let experiment = one.experiment
    let dataset = experiment.loadData()
    var straight = Run(experiment, dataset: dataset, seed: 3, threads: one.threads)
    var first = straight
    func train(_ run: inout Run, _ steps: Int) throws -> [StepReport] { try (0..<steps).map { _ in try run.step() } }

    var slower = experiment
    slower.learningRate = 4e-4
    _ = try (train(&straight, 50), train(&first, 50))
    try straight.change(to: slower)
    try first.change(to: slower)
    _ = try (train(&straight, 50), train(&first, 50))

    let kept = first.checkpoint
    let checkpoint = try Checkpoint(recoded(kept.metadata), tensors: kept.tensors)
    #expect(checkpoint == kept)
    var resumed = try Run(resuming: checkpoint, dataset: dataset, threads: 4 - one.threads)
    #expect(try train(&resumed, 100) == train(&straight, 100))
    #expect(resumed.checkpoint == straight.checkpoint && resumed.stepCount == 200)
  }

  @Test("a run that goes on from a checkpoint takes the same changes as any other, and refuses the same")
  func change() throws {
    var run = Run(resumable(), dataset: resumable().loadData(), seed: 0, threads: 1)
    for _ in 0..<5 { try run.step() }
    var resumed = try Run(resuming: run.checkpoint, dataset: run.dataset, threads: 1)
    var other = run.experiment
    (other.batchSize, other.averageDecay, other.formulation.weighting) = (7, nil, .edm)
    try run.change(to: other)
    try resumed.change(to: other)
    #expect(try run.step() == resumed.step())
    other.hidden = [8]
    #expect(throws: TrainingError.self) { try resumed.change(to: other) }
  }

  @Test("all of a resumed run computes with the checkpoint's instruction set, whatever its network was made for")
  func instructionSet() throws {
    var run = Run(resumable(), dataset: resumable().loadData(), seed: 0, threads: 1, instructionSet: .baseline)
    for _ in 0..<5 { try run.step() }
    var checkpoint = run.checkpoint
    checkpoint.network.instructionSet = .best
    var resumed = try Run(resuming: checkpoint, dataset: run.dataset, threads: 1)
    for _ in 0..<5 { #expect(try run.step() == resumed.step()) }
    #expect(resumed.checkpoint == run.checkpoint)
  }

  @Test("other points are refused in words")
  func otherData() throws {
    let run = Run(resumable(), dataset: resumable().loadData(), seed: 0, threads: 1)
    var other = resumable()
    other.dataSeed = 1
    #expect(other.loadData().digest != run.dataset.digest)
    #expect(throws: CheckpointError.otherData(name: "moons", count: 300)) {
      try Run(resuming: run.checkpoint, dataset: other.loadData(), threads: 1)
    }
  }

  @Test("what is missing, left over, of another shape or impossible is refused by name")
  func damaged() throws {
    var run = Run(resumable(), dataset: resumable().loadData(), seed: 0, threads: 1)
    try run.step()
    let (metadata, tensors) = (run.checkpoint.metadata, run.checkpoint.tensors)
    for tensor in tensors {
      #expect(throws: CheckpointError.missing(tensor.name)) {
        try Checkpoint(metadata, tensors: tensors.filter { $0 != tensor })
      }
      let longer = NamedTensor(name: tensor.name, shape: [3], values: .float32([1, 2, 3]))
      #expect(throws: CheckpointError.self) {
        try Checkpoint(metadata, tensors: tensors.map { $0 == tensor ? longer : $0 })
      }
    }
    for name in ["net.9.weight", "optimizer.more", "average.net.9.bias"] {
      let stranger = NamedTensor(name: name, shape: [1], values: .float32([1]))
      #expect(throws: CheckpointError.unexpected(name)) { try Checkpoint(metadata, tensors: tensors + [stranger]) }
    }
    let changes: [(inout Checkpoint.Metadata) -> Void] = [
      { $0.step = -1 }, { $0.rows = -1 }, { $0.optimizer["step"] = 0.5 }, { $0.optimizer["step"] = -1 },
      { $0.averageUpdates = nil }, { $0.losses.stride = 0 }, { $0.losses.capacity = 3 },
      { $0.experiment.batchSize = 0 }, { $0.experiment.hidden = [5, 5] },
    ]
    for change in changes {
      var other = metadata
      change(&other)
      #expect(throws: CheckpointError.self) { try Checkpoint(other, tensors: tensors) }
    }
  }

  @Test("an experiment that could not be trained is not decoded")
  func decoding() throws {
    let changes: [(inout Experiment) -> Void] = [
      { $0.batchSize = 0 }, { $0.runs = [] }, { $0.runs = [0] }, { $0.hidden = [] }, { $0.hidden = [0] },
      { $0.labelDropout = 2 }, { $0.learningRate = -1 }, { $0.clipNorm = 0 }, { $0.averageDecay = 1 },
      { $0.warmUpSteps = -1 }, { $0.schedule.count = 0 }, { $0.formulation.features.octaves = 99 },
      { $0.data = .shape(.moons, count: 0) }, { $0.data = .word("", count: 5) }, { $0.optimizer["beta2"] = 1 },
      { $0.formulation.weighting = .minSNR(gamma: -1) }, { $0.learningRateSchedule = .cosine(floor: 7) },
      { $0.schedule = ScheduleSettings(.ddpm, count: 100_000) },
    ]
    for (number, change) in changes.enumerated() {
      var experiment = resumable()
      change(&experiment)
      #expect(throws: DecodingError.self, "change \(number)") { try recoded(experiment) }
    }
  }
}
