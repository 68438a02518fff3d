import Diffusion
import Interface
import Export
import Foundation
import Plot
import Terminal
import Testing

@testable import Playground

/// A quick machine is at the end of `tiny` before a key comes.
private let endless = without(end: tiny)
private let endlessTree = without(end: tinyTree)

private func without(end experiment: Experiment) -> Experiment {
  var experiment = experiment
  experiment.runs = [1_000_000_000]
  return experiment
}

/// Keys in, cells out.
@Suite("Loop")
struct LoopTests {
  func run(
    _ script: [MemoryScreen.Step], columns: Int = 80, rows: Int = 24, glyphs: Glyphs = .braille,
    directory: String = ".", experiment: Experiment = endless
  ) -> (loop: Loop, screen: MemoryScreen, ending: Loop.Ending) {
    let screen = MemoryScreen(columns: columns, rows: rows, glyphs: glyphs, script: script)
    let loop = Loop(
      Run(experiment, dataset: experiment.loadData(), seed: 0, threads: 1), threads: 1, screen: screen,
      snapshots: Snapshot.Destination(directory: directory))
    return (loop, screen, loop.run())
  }

  @Test("starts by itself, pauses, takes a step, quits")
  func pauseAndStep() throws {
    let paused = step { !$0.contains("to go") && $0.contains("paused") }
    let (loop, screen, ending) = run([
      .until(shows: "● running"), .until { shownStep($0) ?? 0 > 5 }, .key(.character(" ")),
      paused, .key(.character("n")), paused, .key(.character("q")),
    ])
    #expect(ending == .quit)
    let steps = screen.frames.compactMap(shownStep)
    #expect(steps == steps.sorted())
    #expect(loop.app.world.moment.id.step > 5)
  }

  @Test("what was noted while the points were read is said at the start")
  func notes() {
    let screen = MemoryScreen(columns: 80, rows: 24, script: [.key(.character("q"))])
    let loop = Loop(
      Run(tiny, dataset: tiny.loadData(), seed: 0, threads: 1), threads: 1, screen: screen,
      notes: ["took column 1 for x", "and so on"])
    #expect(loop.app.world.notice?.text == "took column 1 for x; and so on")
  }

  @Test("what is too much to say for a line stands in a box, whole, until Esc")
  func manyNotes() {
    let notes = (1...3).map { "/home/somebody/.config/roulade/config.toml, line \($0): wobble: no such key" }
    let screen = MemoryScreen(columns: 80, rows: 24, script: [.key(.escape), .key(.character("q"))])
    let loop = Loop(
      Run(tiny, dataset: tiny.loadData(), seed: 0, threads: 1), threads: 1, screen: screen, notes: notes)
    let box = loop.app.overlays.first?.draw(loop.app.world, in: Rectangle(columns: 58, rows: 8)).cells(.ascii)
    #expect((1...3).allSatisfy { box?.shows("line \($0)") == true })
    #expect(loop.run() == .quit && loop.app.overlays.isEmpty)
  }

  @Test("a run that has been trained goes on from its step, with its seed and the same bits")
  func resumed() throws {
    var trained = Run(tiny, dataset: tiny.loadData(), seed: 5, threads: 1)
    for _ in 0..<7 { try trained.step() }
    var session = Session(trained, threads: 1)
    #expect(session.makeFrames()[0].moment.id.step == 7)
    session.perform(.advance(1))
    session.runSlice()
    try trained.step()
    let frame = session.makeFrames()[0]
    #expect(frame.moment.id.step == 8 && frame.losses == trained.losses)
    #expect(frame.moment.learned.network == trained.network)

    let screen = MemoryScreen(
      columns: 80, rows: 24, glyphs: .braille, script: [.key(.character("q"))], patience: .seconds(20))
    let loop = Loop(trained, threads: 1, screen: screen)
    #expect(loop.app.world.moment.id.step == 8 && loop.app.world.seed == 5)
  }

  @Test("n adds exactly one step")
  func advance() {
    let (loop, _, _) = run([
      .key(.character(" ")), .key(.character("r")), .until { shownStep($0) == 0 }, .key(.character("n")),
      .until { shownStep($0) == 1 }, .key(.character("N")), .until { shownStep($0) == 101 },
      .event(.timedOut), .key(.character("q")),
    ])
    #expect(loop.app.world.moment.id.step == 101 && !loop.app.world.isTraining)
  }

  @Test("sigma and learning rate follow their keys")
  func sliders() {
    let (loop, _, _) = run([
      .until(shows: "sigma 0.100"), .key(.right), .key(.character("]")), .until(shows: "0.126"), .key(.character("{")),
      .key(.up), .until(shows: "6.3e-3"), .key(.character("-")), .key(.down), .until(shows: "4.0e-3"),
      .key(.character("q")),
    ])
    #expect(loop.app.world.sigma.value < 0.1)
    #expect(loop.app.world.isTraining)
  }

  @Test("samples flow, with every sampler and denoiser, and back")
  func samples() {
    let (loop, _, ending) = run([
      .key(sampleKey), .until(shows: "accelerated · 20"), .until(shows: "covers"),
      .until(shows: " %, ideal "),
      .key(.character(",")), .key(.character("m")), .key(.character("d")), .until(shows: "heun · 15"),
      .until(shows: "covers"), .key(.character("1")), .until(shows: "one step from noise"), .key(.character("q")),
    ])
    #expect(ending == .quit && loop.app.world.isTraining)
  }

  @Test("a reset does not lose the ideal denoiser's samples")
  func resetWhileSampling() {
    let (_, screen, _) = run([
      .until(shows: "floor"), .key(sampleKey), .key(.character("r")), .until(shows: " %, ideal "),
    ])
    #expect(screen.frames.last?.lines.contains { $0.contains(" %, ideal ") } == true)
  }

  @Test("classes: in colours, guided, one by one, by every denoiser")
  func classes() {
    let isColoured = { @Sendable (grid: CellGrid) in
      Ink.classes.allSatisfy { ink in (1..<20).contains { row in (1..<43).contains { grid[$0, row].ink == ink } } }
    }
    let (loop, screen, _) = run(
      [
        .key(.character("d")), .until(shows: "ideal"), .until(shows: "64 classes · guidance 0"), .until(isColoured),
        .key(.character(")")), .until(shows: "guidance 0.5"), .until(shows: "covers"), .key(.character("C")),
        .until(shows: "class 64 · guidance 0.5"), .until(shows: "covers"), .key(.character("c")),
        .key(.character("c")), .until(shows: "class 1 · guidance 0.5"), .key(.character("(")),
        .until(shows: "guidance 0 "), .key(.character("d")), .until(shows: "learned"), .until(shows: "covers"),
        .key(.character("q")),
      ], experiment: endlessTree)
    #expect(loop.app.world.sampling.label == 0)
    #expect(screen.frames.last?.lines.last?.contains("c class") == true)
  }

  @Test("without classes, their keys do nothing and none but the line of messages speaks of them")
  func noClasses() {
    let (loop, screen, _) = run([
      .key(.character("c")), .key(.character(")")), .key(sampleKey), .until(shows: "covers"),
      .key(.character("?")), .until(shows: "pause and resume"), .key(.character("q")),
    ])
    #expect(loop.app.world.sampling == SampleSettings())
    // The last line says why a key does nothing, if a frame is drawn before the next key.
    #expect(
      !screen.frames.contains { $0.lines.dropLast().contains { $0.contains("class") || $0.contains("guidance") } })
  }

  @Test("i compares with the ideal denoiser")
  func comparison() {
    let (loop, _, _) = run([
      .key(.character("i")), .until(shows: " learned"), .until(shows: " ideal"),
      .until { grid in (1..<22).contains { row in (1..<43).contains { grid[$0, row].ink == .ideal } } },
      .key(.character("i")), .until { !$0.shows(" learned  ×") }, .key(.character("i")),
      .until(shows: " to the learned"), .key(.character("i")), .until(shows: " estimate"), .key(.character("q")),
    ])
    #expect(loop.app.world.latest(EstimateQuestion.ideal, as: EstimateQuestion.self) != nil)
  }

  @Test("floor, loss by noise level and gradient come by themselves")
  func insight() {
    let (loop, _, _) = run(
      [.until(shows: "of the way"), .until(shows: "█"), .until(shows: "clipped"), .key(.character("q"))])
    #expect(loop.app.world.insight != nil)
  }

  @Test("help opens and closes")
  func help() {
    let (loop, screen, ending) = run([
      .key(.character("?")), .until(shows: "100 steps, then pause"), .key(.escape),
      .until { grid in !grid.lines.contains { $0.contains("100 steps, then pause") } }, .key(.character("q")),
    ])
    #expect(ending == .quit && loop.app.overlays.isEmpty && screen.frames.count >= 2)
  }

  @Test("e writes a folder whose checkpoint is the run's, and says where; training goes on")
  func export() throws {
    try withDirectory { directory in
      let (loop, _, _) = run(
        [
          .until { shownStep($0) ?? 0 > 5 }, .key(.character("e")), .until(shows: "wrote"), .key(.character("q")),
        ],
        columns: 200, directory: directory)
      let names = try FileManager.default.contentsOfDirectory(atPath: directory)
      #expect(names.count == 1 && names[0].hasPrefix("roulade-tiny-swiss-roll-seed0-step"))
      let file = try CheckpointFile(contentsOf: "\(directory)/\(names[0])/checkpoint.safetensors")
      #expect(names[0].hasSuffix("step\(file.checkpoint.step)") && file.checkpoint.step > 5)
      #expect(loop.app.world.isTraining)
    }
  }

  @Test("an export that cannot be written says so and training goes on")
  func exportFails() {
    let (loop, _, ending) = run(
      [.key(.character("e")), .until(shows: "cannot write"), .key(.character("q"))], directory: "/dev/null/none")
    #expect(ending == .quit && loop.app.world.isTraining)
  }

  @Test("too small: says so, recovers by itself")
  func resize() {
    let (_, screen, ending) = run([
      .until(shows: "● running"), .resize(columns: 30, rows: 8), .until(shows: "needs 60×20"),
      .resize(columns: 60, rows: 20), .until(shows: "● running"), .key(.character("q")),
    ])
    #expect(ending == .quit && screen.frames.last?.columns == 60)
  }

  @Test("paused and idle, nothing wakes it and nothing is drawn")
  func idle() {
    let (_, _, ending) = run([.key(.character(" ")), .until(shows: "paused"), .rest, .key(.character("q"))])
    #expect(ending == .quit)
  }

  @Test("paused, the sample view plays to its end, and then nothing wakes it")
  func idleSamples() {
    // The floor of a single data point is known at once.
    var experiment = tiny
    experiment.data = .swissRoll(count: 1)
    let (loop, _, ending) = run(
      [
        .key(.character(" ")), .key(sampleKey), .until(shows: "covers"), .rest, .key(.character("q")),
      ], columns: 120, experiment: experiment)
    #expect(ending == .quit && !loop.app.world.wantsInsight && !loop.app.isMoving)
  }

  @Test("ASCII all over where the locale cannot show more")
  func ascii() {
    let (_, screen, _) = run(
      [.until(shows: "step 1"), .key(.character("?")), .until(shows: "pause and resume")], glyphs: .ascii)
    #expect(screen.frames.allSatisfy { $0.lines.allSatisfy { $0.unicodeScalars.allSatisfy { $0.isASCII } } })
  }
}

/// The step that the header shows.
private func shownStep(_ grid: CellGrid) -> Int? {
  guard let range = grid.lines[0].range(of: "step ") else { return nil }
  return Int(grid.lines[0][range.upperBound...].prefix { $0.isNumber || $0 == "," }.replacing(",", with: ""))
}

private func step(_ condition: @escaping @Sendable (String) -> Bool) -> MemoryScreen.Step {
  .until { grid in condition(grid.lines[0]) }
}
