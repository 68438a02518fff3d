import Diffusion
import Interface
import Plot

/// The loss since it has meant the same, on a log axis, between what predicting zero would score and the least possible.
package struct LossPane: Pane {
  package func draw(_ world: World, in place: Rectangle) -> Drawing {
    let losses = world.losses
    let value = losses.smoothed.map { $0.formatted(significant: 3, padded: true) } ?? "–"
    var drawing = Drawing(
      box: place, title: title(world), value: [Label(value, .accent, .bold)],
      legend: legend(world, columns: Drawing.room(place.columns)))
    drawing.figure(LossPane.chart(world), in: place.inset(columns: 2, rows: 1))
    return drawing
  }

  /// The losses with what they lie between.
  static func chart(_ world: World) -> Sparkline {
    let losses = world.losses
    var chart = Sparkline(losses.values, scale: .log)
    if let insight = world.insight {
      chart.cap = insight.lossCap
      chart.lines = [insight.zeroLine]
      if let floor = insight.floor {
        chart.lines.append(
          Sparkline.Line(
            Double(floor.floor), .ideal, names: ["floor: the least possible loss", "floor: least possible", "floor"]))
      }
    }
    chart.steps = steps(of: losses, now: world.moment.id.step)
    return chart
  }

  /// Another target is another loss.
  private func title(_ world: World) -> [Label] {
    let target = world.experiment.target
    return [Label("loss", .text, .bold)] + (target == .sample ? [] : [Label(" · target \(target.name)")])
  }

  /// From which step to which the history reaches.
  private static func steps(of losses: LossHistory, now: Int) -> ClosedRange<Double>? {
    guard !losses.values.isEmpty else { return nil }
    let start = now - losses.count
    return Double(start)...Double(max(now, start + 1))
  }

  /// How far the loss has come; or what helps where it comes no further.
  private func legend(_ world: World, columns: Int) -> [Label] {
    if world.isStuck {
      // A rate that is back where it was need not be lowered again.
      let isHigh = world.learningRate.value > 1.01 * world.original.configuration.experiment.learningRate
      let forms =
        isHigh
        ? [
          "no better than predicting zero, and it stays so: lower the rate (↓), then reset (r)",
          "no longer learns: lower the rate (↓), then reset (r)", "lower the rate (↓), reset (r)",
          "↓ rate, then r resets",
        ]
        : [
          "no better than predicting zero, and it stays so: r begins anew with fresh weights",
          "no longer learns: r begins with fresh weights", "no longer learns: reset (r)", "stuck: r resets",
        ]
      return [Label(longest(forms, columns: columns), .warning)]
    }
    guard let (floor, _) = world.insight?.floor else { return [] }
    let start = [Label("floor " + floor.formatted(significant: 3, padded: true), .ideal)]
    guard let progress = world.progress else { return start }
    let share = percent(progress)
    let ways =
      progress < -0.02
      ? ["worse than predicting zero", "worse than zero"]
      : [
        "\(share) of the way from predicting zero to the floor", "\(share) of the way there", "\(share) of the way",
        "\(share) there",
      ]
    return longest(ways.map { start + [Label(" · " + $0)] }, columns: columns)
  }
}

extension Insight {
  /// What is above that is not shown.
  var lossCap: Double { 3 * Double(zero) }

  var zeroLine: Sparkline.Line {
    Sparkline.Line(Double(zero), .muted, names: ["predicting zero", "zero"], prefersEnd: true)
  }
}

extension LossPane {
  package func explanations(_ world: World) -> [Explanation] {
    let progress = world.progress
    let look =
      world.isStuck
      ? "It stays where predicting zero would be: lower the rate (↓), then reset (r)."
      : world.isOnPlateau
        ? "A plateau at the start is usual: the coarse shape comes first, then the curve falls on."
        : (progress ?? 0) > 0.95
          ? "Nearly all that can be learned has been. What is left of the loss is the floor."
          : "A falling curve. How far is it above the floor, which no network can pass?"
    return [
      Explanation(
        "loss",
        shows: "How wrong the network's guess of the noise is, averaged over about 100 steps; log axis.",
        look: look, formula: "loss = mean of w(sigma)·|epsilonHat(x) - epsilon|^2"),
      Explanation(
        "floor and way",
        shows: "The floor is the least loss possible: the same noisy point may have come from many data points.",
        look: "The per cent say how far the loss has come from predicting zero to the floor.",
        formula: "floor = mean of w(sigma)·|E[epsilon|x] - epsilon|^2"),
    ]
  }
}
