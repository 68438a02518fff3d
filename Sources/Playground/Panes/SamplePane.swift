import Diffusion
import Interface
import Pictures
import Plot
import Terminal

/// Samples on their way from noise to data, and what is to be said of the last that arrived.
package struct SamplePane: Pane {
  package enum Action: Sendable {
    /// Holds the flow and training, or lets both go on.
    case hold
    case nextSampler
    case nextPredictor
    /// To the next choice, or to the one before.
    case moveSteps(Int)
    /// To the next class, or to the one before; all classes together are one more choice.
    case nextClass(Int)
    case moveGuidance(Int)
    /// To the next spacing of the noise levels.
    case nextSpacing
    /// Holds the flow, and moves it along the slider of sigma, which is its time.
    case moveSigma(Int)
    /// Holds the flow at the sampler's next step, or at the one before.
    case step(Int)
  }

  package static let word = "samples"
  package static let comesForItsKeys = true
  package static let bindings: [Binding<Action>] = [
    Binding(
      "space", [.character(" "): .hold], "pause and resume training", footer: ("space", "pause"), rank: 0),
    Binding("m", [.character("m"): .nextSampler], "sampling method", footer: ("m", "method"), rank: 4),
    Binding(
      ", .", [.character(","): .moveSteps(-1), .character("."): .moveSteps(1)], "steps of the sampler",
      footer: (",.", "steps"), rank: 4),
    Binding("v", [.character("v"): .nextSpacing], "spacing of the sampler's noise levels", rank: 4),
    Binding(
      "d", [.character("d"): .nextPredictor], "denoiser that samples follow", footer: ("d", "denoiser"), rank: 4),
    Binding(
      "c  C", [.character("c"): .nextClass(1), .character("C"): .nextClass(-1)], "samples of all classes, or of one",
      footer: ("c", "class"), rank: 4),
    Binding(
      "( )", [.character("("): .moveGuidance(-1), .character(")"): .moveGuidance(1)], "guidance towards the class",
      footer: ("( )", "guidance"), rank: 4),
    Binding(
      "← →  [ ]  { }",
      [
        .left: .moveSigma(-1), .right: .moveSigma(1), .character("["): .moveSigma(-1), .character("]"): .moveSigma(1),
        .character("{"): .step(1), .character("}"): .step(-1),
      ], "hold the flow at a sigma; { } by steps", footer: ("←→", "sigma"), rank: 5),
  ]

  var player = SamplePlayer()
  /// Where the slider was last: whoever moves it, moves the flow.
  private var sigma = 0.0

  package func reason(against action: Action, _ world: World) -> String? {
    switch action {
    case .nextClass, .moveGuidance:
      if !world.hasClasses {
        "these data have no classes: s, then data: moons, tree …"
      } else if case .moveGuidance(1...) = action, !world.configuration.canGuide {
        "label dropout \(numberText(world.experiment.labelDropout)): guidance is not trained; s, then label-dropout"
      } else {
        nil
      }
    case .moveSigma, .step:
      player.flow.map { reason(against: action, $0, world) } ?? "the first samples are still being drawn"
    case .hold, .nextSampler, .nextPredictor, .moveSteps, .nextSpacing: nil
    }
  }

  private func reason(against action: Action, _ flow: Flow, _ world: World) -> String? {
    switch action {
    case .moveSigma(let notches):
      return player.isHeld && moved(notches, flow, world) == world.sigma ? "there is no noise level beyond this" : nil
    case .step(1...) where flow.hasArrived: return "the samples have arrived: } goes a step back"
    case .step(..<0) where player.isHeld && flow.position <= 0: return "this is pure noise: { goes a step on"
    default: return nil
    }
  }

  /// The slider of sigma, on from where the flow is, not from where it was left.
  private func moved(_ notches: Int, _ flow: Flow, _ world: World) -> LogSlider {
    var slider = world.sigma
    if !player.isHeld { slider.move(to: Double(flow.sigma)) }
    slider.move(by: notches)
    return slider
  }

  package mutating func update(_ action: Action, _ world: inout World) -> [Effect] {
    var next = world.configuration
    switch action {
    case .hold:
      // The flow is held, and goes on together with training.
      let flows = player.isFlowing
      let wasHeld = player.isHeld
      if flows { player.hold() } else { player.release() }
      // Held at a sigma while the network learns, the flow alone goes on.
      if wasHeld, world.isTraining { return [] }
      return world.train(!(world.isTraining || flows))
    case .nextSampler: next.sampling.takeNextSampler()
    case .nextPredictor: next.sampling.takeNextPredictor(hasAverage: world.experiment.averageDecay != nil)
    case .moveSteps(let count): next.sampling.moveSteps(count)
    case .nextClass(let count): next.sampling.takeNextClass(count, of: world.dataset.classCount)
    case .moveGuidance(let count): next.sampling.moveGuidance(count)
    case .nextSpacing:
      next.sampling.takeNextSpacing()
      // The title has no room for it on a small screen.
      let grid = Parameter.named("grid")
      let words = ["grid \(grid.text(next))", grid.explanation(next)].compactMap(\.self).joined(separator: ": ")
      let effects = world.change(to: next)
      world.say(words)
      return effects
    case .moveSigma(let notches):
      if let flow = player.flow { world.sigma = moved(notches, flow, world) }
      seek(world.sigma.value)
      return []
    case .step(let count):
      player.step(count)
      if let flow = player.flow { world.sigma.move(to: Double(flow.sigma)) }
      sigma = world.sigma.value
      return []
    }
    return world.change(to: next)
  }

  private mutating func seek(_ sigma: Double) {
    self.sigma = sigma
    player.seek(sigma: sigma)
  }

  package mutating func appear(_ world: World) {
    sigma = world.sigma.value
    player.replay(SampleRequest(world))
  }

  package mutating func pass(_ seconds: Double, _ world: World) {
    if world.sigma.value != sigma { seek(world.sigma.value) }
    let wanted = SampleRequest(world)
    player.forget(unlike: wanted)
    if let (_, trajectory) = world.answers.latest(SampleQuestion.learned, as: SampleQuestion.self) {
      player.take(trajectory, wanted)
    }
    player.advance(by: seconds, repeats: repeats(world))
  }

  package func isMoving(_ world: World) -> Bool { player.isMoving(repeats: repeats(world)) }

  /// The ideal denoiser's samples are the same every time: there is no need to ask again.
  private func repeats(_ world: World) -> Bool { world.isTraining && world.sampling.predictor == .ideal }

  package func questions(_ world: World, in place: Rectangle) -> [any Question] {
    guard let insight = world.insight, world.isCurrent else { return [] }
    let count = min(max(400 + place.columns * place.rows / 8, 500), 1000)
    func question(_ topic: Topic, _ request: SampleRequest) -> SampleQuestion {
      SampleQuestion(topic, request, count: count, moment: world.moment, insight: insight)
    }
    let wanted = SampleRequest(world)
    var questions: [any Question] = player.needs(wanted) ? [question(SampleQuestion.learned, wanted)] : []
    // Otherwise they are what is shown.
    if world.sampling.predictor != .ideal { questions.append(question(SampleQuestion.ideal, .ideal(world))) }
    return questions
  }

  package func planes(_ world: World, in place: Rectangle) -> [Plane] {
    draw(world, in: place).planes.map { plane in
      var plane = plane
      if let flow = player.flow {
        plane.followed = flow.points.enumerated().map { (.sample($0.offset), $0.element) }
        plane.sigma = flow.sigma
      }
      return plane
    }
  }

  package func draw(_ world: World, in place: Rectangle) -> Drawing {
    let inside = place.inside
    // Single dots get lost on a large screen, and among the data where there is no colour.
    let size: Scene.Mark.PointSize = inside.columns > 80 || world.needsShapes ? .large : .small
    let dataSize: Scene.Mark.PointSize = inside.columns > 80 && !world.needsShapes ? .large : .small
    let words = SampleWords(world, player)
    let room = Drawing.room(place.columns)
    let (title, value) = words.title(columns: room)
    var drawing = Drawing(
      box: place, title: title, value: value, legend: words.legend(size, dataSize, columns: room))
    var picture = inside
    let remarks = picture.cut(SampleWords.rows(columns: inside.columns - 2), from: .bottom)
    let flow = player.flow
    var scene = samples(
      of: world.dataset, points: flow?.points, labels: flow?.trajectory.labels ?? [], sigma: flow?.sigma ?? 0,
      fitting: flow?.points ?? [], trails: flow?.past ?? [], trailCount: trailCount(world, inside),
      title: words.sceneTitle, isLettered: world.lettersClasses, size: size, dataSize: dataSize)
    world.drawProbe(on: &scene)
    drawing.figure(scene, in: picture)
    for (i, line) in words.remarks(columns: remarks.columns - 2).enumerated() {
      drawing.write([line].shortened(to: remarks.columns - 2), column: remarks.column + 1, row: remarks.row + i)
    }
    return drawing
  }

  /// Where all inks are as strong as each other, trails would hide the samples.
  private func trailCount(_ world: World, _ inside: Rectangle) -> Int {
    let count = min(max(inside.columns * inside.rows / 80, 12), 40)
    return world.lettersClasses ? count / 3 : count
  }
}

extension SamplePane {
  package func explanations(_ world: World) -> [Explanation] {
    [
      Explanation(
        "samples",
        shows: "Pure noise flows into new points in many small steps, each asking the network.",
        look: "Do they reach all of the data? m and d change how they are drawn.",
        formula: "dx/dsigma = epsilonHat(x, sigma), noise to none"),
      Explanation(
        "quality of samples",
        shows: "How far samples are off the data, how much of these they cover, and how many are copies of a point.",
        look: "Few copies, near the data: it has generalised. Bounded: estimates that the setting margin held back.",
        formula: "Wasserstein: the mean work to move samples onto the data"),
    ]
  }
}
