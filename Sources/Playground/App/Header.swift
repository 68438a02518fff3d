import Interface
import Plot

/// What runs, at the left; how it goes, at the right. What does not fit is left out, the least telling first.
func drawHeader(_ world: World, in place: Rectangle, on drawing: inout Drawing) {
  let status = statusLabels(world)
  let room = place.columns - 2 - status.width - 2
  var about = [Label("roulade", .accent, .bold)]
  for text in [world.experiment.name, world.dataset.name.shortened(to: 24), "seed \(world.seed)"] {
    let next = about + [Label("  " + text)]
    if next.width <= room { about = next }
  }
  drawing.write(about, column: place.column + 1, row: place.row)
  drawing.write(status, before: place.endColumn - 1, row: place.row)
}

private func statusLabels(_ world: World) -> [Label] {
  let frame = world.frame
  var labels: [Label] = []
  if frame.failure != nil {
    labels.append(Label("■ stopped", .warning, .bold))
  } else if world.isStuck {
    labels.append(Label("● not learning", .warning, .bold))
  } else if world.wantsTraining {
    labels.append(Label("● training", .arrow, .bold))
  } else if let remaining = frame.remaining, remaining > 0 {
    labels.append(Label("● \(remaining) to go", .point, .bold))
  } else {
    labels.append(Label("○ paused", .point, .bold))
  }
  labels.append(Label("  step "))
  labels.append(Label(grouped(frame.moment.id.step), .text, .bold))
  if frame.stepsPerSecond > 0 {
    labels.append(Label("  " + frame.stepsPerSecond.formatted(significant: 3) + " steps/s"))
  }
  return labels
}
