import Diffusion
import Foundation
import Interface
import Plot
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

func makeLab(_ experiment: Experiment = tiny, waker: Waker = Waker {}, clock: @escaping Clock = { .now }) -> Lab {
  Lab(Run(experiment, dataset: experiment.loadData(), seed: 0, threads: 1), threads: 1, waker: waker, clock: clock)
}

/// Waits for an event; only what is broken takes as long as this has patience.
func wait(patience: Duration = .seconds(300), until condition: () -> Bool) {
  let start = ContinuousClock.now
  while !condition(), ContinuousClock.now - start < patience { usleep(100) }
}

/// Waits for a frame that satisfies a condition.
func frame(of lab: Lab, where condition: (Frame) -> Bool) -> Frame {
  var frame = lab.firstFrame
  wait {
    frame = lab.takeFrames().first ?? frame
    return condition(frame)
  }
  return frame
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

/// The key of a view.
func viewKey<View: Pane>(_ type: View.Type) -> String {
  "\((Views.all.firstIndex { $0 is View } ?? -2) + 1)"
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

/// The number key of a view.
func numberKey(_ view: any Pane.Type) -> String {
  String((Views.all.firstIndex { type(of: $0) == view } ?? 0) + 1)
}

let sampleKey = Key.character(Character(numberKey(SamplePane.self)))

extension App {
  /// The view of a type.
  func view<V: Pane>(_ type: V.Type) -> V? { views.lazy.compactMap { $0 as? V }.first }

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
}

/// The commands among effects.
func commands(_ effects: [Effect]) -> [Lab.Command] {
  effects.compactMap { if case .lab(let command) = $0 { command } else { nil } }
}

extension CellGrid {
  func shows(_ text: String) -> Bool { lines.contains { $0.contains(text) } }
}

extension App {
  /// Whether the setting that is marked draws the data anew, which takes as long as hundreds of others.
  var choosesData: Bool {
    ["preset", "data", "points", "data-seed"].contains((overlays.last as? SettingsOverlay)?.chosen ?? "")
  }
}

/// A small experiment with another schedule, number of levels, parameterization and data each time.
func anyExperiment(_ random: inout Random) -> Experiment {
  var experiment = tiny
  let shapes = Shape.allCases
  experiment.data = .shape(shapes[random.index(below: shapes.count)], count: 100)
  let parameterizations = Parameterization.allCases
  experiment.formulation.parameterization = parameterizations[random.index(below: parameterizations.count)]
  var schedules: [ScheduleSettings] = []
  for kind in ScheduleKind.allCases {
    schedules.append(ScheduleSettings(kind))
    // The quantiles of very many levels take long.
    let counts = kind.standardNormal == nil ? [1, 2, 50, 400, 1000, 5000] : [1, 2, 50, 400]
    for count in counts { schedules.append(ScheduleSettings(kind, count: count)) }
  }
  schedules.removeAll { $0.problem != nil }
  experiment.schedule = schedules[random.index(below: schedules.count)]
  return experiment
}
