import Interface
import Plot

/// What runs, at the left; how it goes, at the right. What does not fit is left out, the least telling first.
///
/// - Parameter isAlone: Whether the panes that show loss and sliders are hidden, so that the header tells them.
func drawHeader(_ world: World, in place: Rectangle, isAlone: Bool = false, on drawing: inout Drawing) {
  let room = place.columns - 2
  var status = [state(world)]
  var parts = [failure(world), step(world)]
  if isAlone { parts += [loss(world), sliders(world)] }
  if world.isTraining, world.rivalCatchesUp {
    parts.append([Label("B catches up")])
  } else if world.isTraining, world.newest.stepsPerSecond > 0 {
    parts.append([Label(world.newest.stepsPerSecond.formatted(significant: 3) + " steps/s")])
  }
  // The name of what runs comes before the speed.
  let reserved = "roulade  \(world.experiment.name)  ".cellWidth
  for part in parts where !part.isEmpty && status.width + part.width + 2 <= room - min(reserved, 24) {
    status += [Label("  ")] + part
  }
  var about = [Label("roulade", .accent, .bold)]
  let target = world.experiment.target
  let texts =
    [world.experiment.name, target == .sample ? nil : "target \(target.name)"]
    + [world.dataset.name.shortened(to: 24), "seed \(world.seed)"]
  for text in texts.compactMap({ $0 }) {
    let next = about + [Label("  " + text)]
    if next.width <= room - status.width - 2 { about = next }
  }
  drawing.write(about, column: place.column + 1, row: place.row)
  drawing.write(status, before: place.endColumn - 1, row: place.row)
}

/// How training stands, in a word or two.
private func state(_ world: World) -> Label {
  let frame = world.newest
  if world.rewind != nil { return Label("◂ the past", .point, .bold) }
  if case .nonFinite? = frame.failure { return Label("■ diverged", .warning, .bold) }
  if frame.failure != nil { return Label("■ stopped", .warning, .bold) }
  if world.isFrozen { return Label("■ frozen", .accent, .bold) }
  if world.isStuck { return Label("● not learning", .warning, .bold) }
  if world.isOnPlateau { return Label("● on the plateau", .arrow, .bold) }
  if frame.pausing == .finished { return Label("○ finished", .point, .bold) }
  if world.isTraining { return Label("● running" + (frame.until.map { " " + $0.words } ?? ""), .arrow, .bold) }
  if let remaining = frame.remaining, remaining > 0 { return Label("● \(remaining) to go", .point, .bold) }
  return Label("○ paused", .point, .bold)
}

/// What was not finite, and in which step: the one after the last that was taken.
private func failure(_ world: World) -> [Label] {
  guard world.rewind == nil, case .nonFinite(let tensor, let step)? = world.newest.failure else { return [] }
  return [Label("at \(grouped(step)): \(tensor)", .warning)]
}

private func step(_ world: World) -> [Label] {
  let step = [Label("step "), Label(grouped(world.moment.id.step), .text, .bold)]
  if world.rewind != nil { return step + [Label(" of \(grouped(world.frame.moment.id.step))")] }
  return world.isFrozen ? step + [Label(", now \(grouped(world.newest.moment.id.step))")] : step
}

private func loss(_ world: World) -> [Label] {
  guard let loss = world.losses.smoothed else { return [] }
  let labels = [Label("loss "), Label(loss.formatted(significant: 3, padded: true), .text, .bold)]
  guard let floor = world.insight?.floor?.floor, let progress = world.progress else { return labels }
  return labels + [Label(" floor \(floor.formatted(significant: 3)) · \(percent(progress))")]
}

private func sliders(_ world: World) -> [Label] {
  [
    Label("sigma \(world.sigma.value.formatted(significant: 3, padded: true))"),
    Label("  rate \(world.learningRate.value.scientific(significant: 2))"),
  ]
}

func headerExplanation(_ world: World) -> Explanation {
  let look =
    world.newest.failure != nil
    ? "Diverged: a step was so large that numbers left their range. Lower the rate (↓), then r."
    : world.isFrozen
      ? "Frozen: the screen stands, training goes on; f shows what has become of it."
      : world.isOnPlateau
        ? "On the plateau: at first the loss hardly falls; that is usual, and passes."
        : world.isTraining
          ? "Running; a frozen screen stands while training goes on, paused, both stand."
          : "Paused: space goes on, n takes one step."
  return Explanation(
    "what runs",
    shows: "The preset, the data and the seed; whether training runs, the steps taken, and steps a second.", look: look)
}
