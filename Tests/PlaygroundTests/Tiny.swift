import Diffusion
import Interface
import Plot
import Synchronization
import Terminal
import TestExperiments

@testable import Playground

/// A run that is small enough for any machine.
let tiny: Experiment = {
  var experiment = Experiment.standard
  experiment.name = "tiny"
  experiment.data = .swissRoll(count: 200)
  experiment.hidden = [8]
  experiment.batchSize = 16
  // What the tests say of rates and averages does not follow the preset.
  experiment.learningRate = 5e-3
  experiment.averageDecay = nil
  experiment.runs = [5000]
  return experiment
}()

/// The same with classes.
let tinyTree: Experiment = {
  var experiment = tiny
  experiment.data = .shape(.tree, count: 640)
  return experiment
}()

func makeLab(_ experiment: Experiment = tiny, waker: Waker = Waker {}) -> Lab {
  Lab(Run(experiment, dataset: experiment.loadData(), seed: 0, threads: 1), threads: 1, waker: waker)
}

func makeWorld(_ experiment: Experiment = tiny, sampling: SampleSettings = SampleSettings()) -> World {
  World(
    Configuration(experiment, sampling: sampling), dataset: experiment.loadData(), seed: 0,
    frame: makeLab(experiment).firstFrame)
}

func makeApp(_ experiment: Experiment = tiny, columns: Int = 80, rows: Int = 24) -> App {
  var app = App(makeWorld(experiment))
  _ = app.update(.resized(columns: columns, rows: rows))
  return app
}

/// A frame after so many steps.
func makeFrame(_ experiment: Experiment = tiny, steps: Int) -> Frame {
  let lab = makeLab(experiment)
  lab.send(.advance(steps))
  return frame(of: lab) { $0.moment.id.step == steps && $0.remaining == 0 }
}

extension Insight {
  init(_ world: World) {
    self.init(world.experiment, dataset: world.dataset, denoiser: world.moment.learned, moment: world.moment.id)
  }
}

extension Insight {
  /// What is known once the floor is: a first look may not yet have seen every level.
  static func precise(_ world: World) -> Insight {
    var insight = Insight(world)
    while !insight.isPrecise { insight.refine(world.moment.learned, moment: world.moment.id) }
    return insight
  }
}

extension App {
  @discardableResult
  mutating func press(_ keys: String) -> [Effect] {
    keys.flatMap { update(.key(.character($0))) }
  }

  /// What the screen shows.
  func cells(_ glyphs: Glyphs = .braille) -> CellGrid {
    var app = self
    app.world.glyphs = glyphs
    return app.draw().cells(glyphs)
  }

  func lines(_ glyphs: Glyphs = .braille) -> [String] { cells(glyphs).lines }

  /// Has all that is wanted answered, with a desk that does its work at once, until nothing more is.
  mutating func answerQuestions(limit: Int = 20) {
    let work = Mutex<[@Sendable () -> Void]>([])
    let desk = Desk(waker: Waker {}) { job in work.withLock { $0.append(job) } }
    for _ in 0..<limit {
      desk.want(questions(), now: 0)
      let jobs = work.withLock { work in
        defer { work = [] }
        return work
      }
      guard !jobs.isEmpty else { return }
      for job in jobs { job() }
      _ = update(.answers(desk.takeAnswers()))
    }
  }
}

/// The commands among effects.
func commands(_ effects: [Effect]) -> [Lab.Command] {
  effects.compactMap { if case .lab(let command) = $0 { command } else { nil } }
}

extension CellGrid {
  func shows(_ text: String) -> Bool { lines.contains { $0.contains(text) } }
}
