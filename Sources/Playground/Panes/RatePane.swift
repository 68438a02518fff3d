import Diffusion
import Interface
import Plot

/// The learning rate: what the slider says, what the schedule makes of it, and how large the steps that come of it are.
package struct RatePane: Pane {
  package enum Action: Sendable {
    case moveRate(Int)
  }

  package mutating func update(_ action: Action, _ world: inout World) -> [Effect] {
    switch action {
    case .moveRate(0): []
    case .moveRate(let notches): world.moveLearningRate(notches)
    }
  }

  package func action(for pointer: Pointer, _ world: World, in place: Rectangle) -> Action? {
    track(world, in: place).notches(pointer).map(Action.moveRate)
  }

  package func draw(_ world: World, in place: Rectangle) -> Drawing {
    let value = rateText(world.learningRate.value)
    let remark = gradientRemark(
      world.frame.gradients, clipNorm: world.experiment.clipNorm, columns: Drawing.room(place.columns))
    let title = longest(["learning rate", "rate"], columns: Drawing.room(place.columns) - value.cellWidth - 3)
    var drawing = Drawing(
      box: place, title: [Label(title, .text, .bold)], value: [Label(value, .accent, .bold)],
      legend: [Label(remark)])
    drawing.slider(
      track(world, in: place), remark: [Label(rateRemark(world, value: value, columns: place.columns - 16))])
    return drawing
  }

  private func track(_ world: World, in place: Rectangle) -> SliderTrack {
    SliderTrack(world.learningRate, in: place.inset(columns: 2, rows: 1))
  }

  /// What the schedule makes of the rate, if that is another.
  private func rateRemark(_ world: World, value: String, columns: Int) -> String {
    guard let now = world.frame.learningRate.map(rateText), now != value else { return "" }
    return longest(["the schedule makes it \(now) now", "scheduled: \(now) now", "now \(now)"], columns: columns)
  }
}

/// `8.0e-3`, and from a tenth on as people write them: `0.50`, `1.0`.
func rateText(_ rate: Double) -> String {
  rate >= 0.1 ? rate.formatted(significant: 2, padded: true) : rate.scientific(significant: 2)
}

/// The gradient before clipping, and what becomes of it.
func gradientRemark(_ gradients: GradientHistory, clipNorm: Double?, columns: Int) -> String {
  guard let norm = gradients.meanNorm?.formatted(significant: 2, padded: true) else { return "" }
  let (short, share) = ("gradient \(norm)", gradients.clippedShare)
  guard let clip = clipNorm?.formatted(significant: 2), share > 0 else {
    return longest(["gradient norm \(norm)", short], columns: columns)
  }
  // Nearly always is nothing to worry about: it makes every step as long.
  let often = share > 0.95 ? "" : "in \(percent(share)) of steps "
  return longest(
    [
      "gradient norm \(norm), \(often)clipped to \(clip)", "\(short), \(often)clipped to \(clip)",
      "\(short), clipped to \(clip)", short,
    ], columns: columns)
}

extension RatePane {
  package func explanations(_ world: World) -> [Explanation] {
    let gradients = world.frame.gradients
    let clipped = gradients.clippedShare
    let clips =
      world.experiment.clipNorm == nil
      ? "Nothing is clipped here: a wild batch takes a wild step."
      : clipped > 0.95
        ? "Clipped at nearly every step, each is as long: harmless, the rate alone decides."
        : clipped > 0
          ? "Clipped now and then: rare wild batches are held back." : "Not clipped now: gradients are short."
    return [
      Explanation(
        "learning rate", shows: "How far each training step goes. The schedule lowers it over the run.",
        look: "↑ ↓ or drag. Too high: the loss jumps or stays at zero's; too low: it creeps.",
        formula: "rate now = base rate · schedule(step)"),
      Explanation(
        "gradient norm", shows: "How steep the loss is, over all weights together, before clipping; last 100 steps.",
        look: clips, formula: "g becomes g·min(1, clip/|g|)"),
    ]
  }
}
