import Diffusion
import Interface
import Pictures
import Plot
import Terminal

/// Two ways to draw samples side by side, or two runs, from the same noise: an evaluation of the network takes both
/// equally long.
package struct RacePane: Pane {
  package enum Action: Sendable {
    /// Holds the race and training, or lets both go on.
    case hold
    case nextSampler(Lane)
    case nextPredictor(Lane)
    case moveSteps(Int)
    /// Two samplers, or the runs A and B.
    case toggleRuns
    /// Holds the race, and moves on by an evaluation, or back.
    case step(Int)
  }

  /// Who races where.
  package enum Lane: CaseIterable, Sendable {
    case left, right
  }

  package static let word = "race"
  package static let bindings: [Binding<Action>] = [
    Binding(
      "space", [.character(" "): .hold], "pause and resume training", footer: ("space", "pause"), rank: 0),
    Binding("m", [.character("m"): .nextSampler(.left)], "sampling method", footer: ("m", "left"), rank: 4),
    Binding(
      "w", [.character("w"): .nextSampler(.right)], "sampling method of the right lane", footer: ("w", "right"),
      rank: 4),
    Binding(
      "d  D", [.character("d"): .nextPredictor(.left), .character("D"): .nextPredictor(.right)],
      "denoiser, left and right", footer: ("dD", "denoisers"), rank: 4),
    Binding(
      ", .", [.character(","): .moveSteps(-1), .character("."): .moveSteps(1)], "steps of the sampler",
      footer: (",.", "steps"), rank: 4),
    Binding(
      "o", [.character("o"): .toggleRuns], "two samplers, or the runs A and B", footer: ("o", "A and B"), rank: 4),
    Binding(
      "← →  [ ]  { }",
      [
        .left: .step(-1), .right: .step(1), .character("["): .step(-1), .character("]"): .step(1),
        .character("{"): .step(-5), .character("}"): .step(5),
      ], "hold the race; by evaluations on, back", footer: ("←→", "evaluation"), rank: 5),
  ]

  /// Sampler and predictor of the right lane; in the left it is whoever draws samples elsewhere.
  private(set) var rival = SampleSettings(sampler: .ddpm)
  private(set) var race: Race?
  private(set) var isHeld = false
  /// Whether the runs A and B are to race, as soon as there is a B.
  private var wantsRuns = false
  /// The networks that are to be followed next, until both have been.
  private var next: [Lane: Moment]?

  /// Whether A runs in the left lane and B in the right one, sampled alike.
  func isOfRuns(_ world: World) -> Bool { wantsRuns && world.ofRival != nil }

  package func reason(against action: Action, _ world: World) -> String? {
    switch action {
    case .step(let count): race.map { reason(againstStepping: count, $0) } ?? "the race has not begun"
    case .toggleRuns:
      world.rival == nil
        ? "there is no B yet: in view 7, o chooses what it has otherwise"
        : world.ofRival == nil ? "B is about to begin" : nil
    case .nextSampler(.right), .nextPredictor(.right):
      isOfRuns(world) ? "A and B are sampled alike: m and d change both, o ends their race" : nil
    case .hold, .nextSampler, .nextPredictor, .moveSteps: nil
    }
  }

  private func reason(againstStepping count: Int, _ race: Race) -> String? {
    if count > 0 { return race.isOver ? "the race is over: ← goes back" : nil }
    return race.position <= 0 ? "here the race begins: → goes on" : nil
  }

  package mutating func update(_ action: Action, _ world: inout World) -> [Effect] {
    var settings = world.configuration
    let hasAverage = world.experiment.averageDecay != nil
    switch action {
    case .hold:
      let runs = race.map { !$0.isOver && !isHeld } ?? false
      isHeld = runs
      return world.train(!(world.isTraining || runs))
    case .nextSampler(.left): settings.sampling.takeNextSampler()
    case .nextSampler(.right): rival.takeNextSampler()
    case .nextPredictor(.left): settings.sampling.takeNextPredictor(hasAverage: hasAverage)
    case .nextPredictor(.right): rival.takeNextPredictor(hasAverage: hasAverage)
    case .moveSteps(let count): settings.sampling.moveSteps(count)
    case .toggleRuns:
      wantsRuns = !isOfRuns(world)
      (race, next) = (nil, nil)
    case .step(let count):
      isHeld = true
      race?.step(count)
    }
    return world.change(to: settings)
  }

  package mutating func appear(_ world: World) {
    (race, next, isHeld) = (nil, nil, false)
    pass(0, world)
  }

  package mutating func pass(_ seconds: Double, _ world: World) {
    guard world.isCurrent else {
      (race, next) = (nil, nil)
      return
    }
    let now = moments(world)
    if let race, !Lane.allCases.allSatisfy({ race[$0].request.isLike(request($0, now, world)) }) {
      // Other settings: what was drawn under them is no match.
      (self.race, next) = (nil, now)
    }
    if !isHeld { race?.advance(by: seconds) }
    if next == nil, wantsAnother(world) { next = now }
    guard let next else { return }
    let drawn = Lane.allCases.compactMap { lane -> Trajectory? in
      guard let (_, trajectory) = world.answers.latest(topic(lane), as: SampleQuestion.self),
        trajectory.request == request(lane, next, world)
      else { return nil }
      return trajectory
    }
    guard drawn.count == 2, race?.hasRested ?? true else { return }
    race = Race(left: drawn[0], right: drawn[1])
    self.next = nil
  }

  /// Whether there is another race to be run: of a network that has learned since, once this one is over.
  private func wantsAnother(_ world: World) -> Bool {
    guard let race else { return true }
    let now = moments(world)
    return race.isOver && Lane.allCases.contains { race[$0].request != request($0, now, world) }
  }

  package func isMoving(_ world: World) -> Bool {
    guard let race, !isHeld else { return false }
    return !race.isOver || next != nil
  }

  package func questions(_ world: World, in place: Rectangle) -> [any Question] {
    guard let insight = world.insight, world.isCurrent, let next else { return [] }
    return Lane.allCases.compactMap { lane in
      next[lane].map {
        SampleQuestion(topic(lane), request(lane, next, world), count: 300, moment: $0, insight: insight)
      }
    }
  }

  private func topic(_ lane: Lane) -> Topic { lane == .left ? "race, left" : "race, right" }

  /// The networks that run now.
  private func moments(_ world: World) -> [Lane: Moment] {
    [.left: world.moment, .right: isOfRuns(world) ? world.ofRival?.moment ?? world.moment : world.moment]
  }

  /// - Parameter moments: Whose samples they are.
  private func request(_ lane: Lane, _ moments: [Lane: Moment], _ world: World) -> SampleRequest {
    var (settings, world) = (world.sampling, world)
    if lane == .right {
      if isOfRuns(world), let ofB = world.ofRival {
        world = ofB
      } else {
        (settings.sampler, settings.predictor) = (rival.sampler, rival.predictor)
      }
    }
    return SampleRequest(settings, of: moments[lane] ?? world.moment, world)
  }

  private func request(_ lane: Lane, _ world: World) -> SampleRequest { request(lane, moments(world), world) }

  package func draw(_ world: World, in place: Rectangle) -> Drawing {
    let room = Drawing.room(place.columns)
    let count = race.map { [Label("evaluation "), Label("\(Int($0.position))", .accent, .bold)] } ?? []
    let steps = "\(world.sampling.steps) steps"
    let who = isOfRuns(world) ? "A and B: \(steps)" : "a race of \(steps)"
    let title = longest(["\(who) from the same noise", who, steps], columns: room - count.width - 3)
    var drawing = Drawing(
      box: place, title: [Label(title, .text, .bold)], value: count, legend: legend(world, columns: room))
    let (left, right) = place.inside.halves(gap: 2)
    for (lane, var picture) in [(Lane.left, left), (.right, right)] {
      let lines = [name(lane, world, columns: picture.columns), state(lane, world, columns: picture.columns)]
      for line in lines {
        let row = picture.cut(1, from: .top)
        drawing.write(line, column: row.column + (row.columns - line.width) / 2, row: row.row)
      }
      drawing.figure(scene(lane, world, picture), in: picture)
    }
    return drawing
  }

  private func scene(_ lane: Lane, _ world: World, _ place: Rectangle) -> Scene {
    let words = "\(world.dataset.name): a race, \(name(lane, world, columns: 100).map(\.text).joined())"
    guard let race else { return samples(of: world.dataset, points: nil, sigma: 0, title: words) }
    let state = race.state(lane)
    return samples(
      of: world.dataset, points: state.past.last, labels: race[lane].labels, sigma: race.sigma,
      fitting: Lane.allCases.flatMap { race.state($0).past.last ?? [] }, trails: state.past,
      trailCount: min(max(place.columns * place.rows / 100, 6), 24), title: words,
      isLettered: world.lettersClasses, size: sampleSize(world))
  }

  /// Who runs, and whether by an ordinary or a stochastic differential equation; of A and B, what they have otherwise.
  private func name(_ lane: Lane, _ world: World, columns: Int) -> [Label] {
    if isOfRuns(world), let rival = world.rival {
      let name = lane == .left ? Label("A", Compared.inkA, .bold) : Label("B", Compared.inkB, .bold)
      guard let difference = rival.configuration.trainingDifferences(from: world.configuration).first else {
        return [name]
      }
      let value = lane == .left ? difference.there : difference.here
      return longest(
        [" · \(difference.key) \(value)", " · \(value)", ""].map { [name, Label($0)] }, columns: columns)
    }
    let settings = request(lane, world).settings
    let name = Label(settings.sampler.name, .text, .bold)
    let kind = settings.sampler.isStochastic ? "SDE" : "ODE"
    let predictor = settings.predictor.rawValue
    return longest(
      [" · \(kind) · \(predictor)", " · \(kind)", " \(kind)", ""].map { [name, Label($0)] }, columns: columns)
  }

  /// How far it is, and when it has arrived, how good.
  private func state(_ lane: Lane, _ world: World, columns: Int) -> [Label] {
    guard let race else {
      let predictor = request(lane, world).settings.predictor
      return longest([[Label("\(predictor), drawing …")], [Label("drawing …")], []], columns: columns)
    }
    let (trajectory, state) = (race[lane], race.state(lane))
    let count = "\(state.evaluations)/\(trajectory.evaluations)"
    guard state.isOver else {
      return longest(
        [[Label("evaluation "), Label(count, .accent)], [Label(count, .accent)]], columns: columns)
    }
    let off = trajectory.quality.meanDistance.formatted(significant: 2)
    return longest(
      ["\(count), \(off) off the data", "\(count), \(off) off", "\(off) off"].map { [Label($0, .accent)] },
      columns: columns)
  }

  private func sampleSize(_ world: World) -> Scene.Mark.PointSize { world.needsShapes ? .large : .small }

  private func legend(_ world: World, columns: Int) -> [Label] {
    let data = LegendMark.smallPoint.entry(.data, "data", world.glyphs)
    let points = LegendMark(sampleSize(world)).entry(.point, "samples", world.glyphs)
    let ways = LegendMark.line.entry(world.hasClasses ? .muted : .point, "their ways", world.glyphs)
    return (world.hasClasses ? [data, ways] : [data, points, ways]).legend(columns: columns)
  }
}
