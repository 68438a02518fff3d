import Diffusion
import Interface
import Plot

/// The loss at every noise level, what has been learned beside what could be, above the slider of sigma: both have the
/// same axis, so that its knob stands under the loss at the present noise level.
package struct NoisePane: Pane {
  package enum Action: Sendable {
    case moveSigma(Int)
  }

  /// The columns of the numbers left of the bars.
  private static let axisColumns = 2

  /// Border, bars, marks, slider, border.
  static func rows(around bars: Int) -> Int { bars + 5 }

  package mutating func update(_ action: Action, _ world: inout World) -> [Effect] {
    switch action {
    case .moveSigma(let notches): world.sigma.move(by: notches)
    }
    return []
  }

  package func action(for pointer: Pointer, _ world: World, in place: Rectangle) -> Action? {
    track(world, in: place).notches(pointer).map(Action.moveSigma)
  }

  package func draw(_ world: World, in place: Rectangle) -> Drawing {
    let room = Drawing.room(place.columns)
    let (title, height) = self.title(columns: room)
    let bars = self.bars(in: place)
    let marks = NoiseBars.Marks(world.glyphs)
    let learned = [Label(String(marks.full), .curve), Label(" learned")]
    let ideal = [Label(String(marks.lines[1]), .ideal), Label(" ideal")]
    let weight = [Label("•", .point), Label(" weight")]
    var drawing = Drawing(
      box: place, title: [Label(title, .text, .bold)], value: [Label(height)],
      legend: longest(
        [
          [learned, ideal + [Label(", the least possible")], weight + [Label(" in training")]].spaced(),
          [learned, ideal, weight].spaced(), [learned, ideal].spaced(),
        ], columns: room))
    drawing.write("2", column: place.column + 2, row: bars.row, ink: .muted)
    drawing.write("0", column: place.column + 2, row: bars.endRow - 2, ink: .muted)
    let isCurrent = world.insight?.moment.run == world.run
    drawing.figure(NoiseBars(isCurrent ? world.insight?.bins ?? [] : []), in: bars)
    drawing.slider(
      track(world, in: place),
      remark: [Label("sigma "), Label(world.sigma.value.formatted(significant: 3, padded: true), .accent, .bold)])
    return drawing
  }

  /// What the bars show, and what their full height means.
  private func title(columns: Int) -> (title: String, height: String) {
    let forms = [
      ("loss by noise level sigma", "2 = what predicting zero scores"),
      ("loss by noise level sigma", "2 = predicts zero"), ("loss by sigma", "2 = predicts zero"),
      ("loss by sigma", "2 = no idea"), ("by sigma", "2 = no idea"),
    ]
    return forms.first { $0.0.cellWidth + $0.1.cellWidth + 3 <= columns } ?? ("loss by sigma", "")
  }

  /// The bars, and the row of marks beneath them.
  private func bars(in place: Rectangle) -> Rectangle {
    var bars = place.inset(columns: 2, rows: 1)
    _ = bars.cut(NoisePane.axisColumns, from: .left)
    _ = bars.cut(2, from: .bottom)
    return bars
  }

  private func track(_ world: World, in place: Rectangle) -> SliderTrack {
    let bars = bars(in: place)
    return SliderTrack(
      world.sigma,
      in: Rectangle(
        column: bars.column, row: bars.endRow, columns: NoiseBars.width(columns: bars.columns), rows: 1))
  }
}

extension NoisePane {
  package func explanations(_ world: World) -> [Explanation] {
    [
      Explanation(
        "loss by noise level",
        shows: "The error at each noise level, from little noise to much, unweighted: 2 is as bad as predicting zero.",
        look: "Bars sink to the line of the exact answer, at much noise first. Dots: where training looks.",
        formula: "bar = mean of |epsilonHat - epsilon|^2 at that sigma"),
      Explanation(
        "sigma", shows: "The noise level that is looked at: how far points are moved away from the data.",
        look: "← → or drag. Little noise asks for detail, much noise only for the mean of the data.",
        formula: "x = x0 + sigma·epsilon, epsilon ~ N(0, I)"),
    ]
  }
}
