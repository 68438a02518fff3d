import Diffusion
import Interface
import Plot

/// A picture of the plane of the data, which the probe can be put on.
package struct Plane: Sendable {
  let window: Window
  /// Inside of its border.
  let place: Rectangle
  /// What it shows that can be followed, and where that is.
  var followed: [(place: Probe.Place, point: Point)] = []
  /// Its noise level, where that need not be the slider's.
  var sigma: Float?

  /// Two cells are near enough.
  private var reach: Float { 4 * window.radius / Float(max(place.rows, 1)) }

  /// The point under a cell, or at the edge next to it: a drag goes on beside the picture; nil where there is none.
  func point(at spot: Pointer.Spot) -> Point? {
    guard !place.isEmpty else { return nil }
    let inside = Pointer.Spot(
      column: min(max(spot.column, place.column), place.endColumn - 1),
      row: min(max(spot.row, place.row), place.endRow - 1))
    return window.point(at: inside, in: place)
  }

  /// What can be followed, the nearest to a point; nil if there is nothing, or nothing within reach of a press.
  func nearest(to point: Point, isWithinReach: Bool) -> Probe.Place? {
    let nearest = followed.min { ($0.point - point).lengthSquared < ($1.point - point).lengthSquared }
    guard let nearest, !isWithinReach || (nearest.point - point).lengthSquared <= reach * reach else { return nil }
    return nearest.place
  }
}

extension Drawing {
  /// Its pictures of the plane, for a pane that shows nothing else.
  var planes: [Plane] { scenes.map { Plane(window: $0.scene.window, place: $0.place) } }
}

/// The probe is put on pictures of the plane, whichever view shows them.
extension App {
  private func planes(of slot: Layout.Slot) -> [Plane] {
    layout?[slot].map { self[slot].planes(world, in: $0) } ?? []
  }

  /// Opens the probe on the first thing that can be followed, in this view if it shows the plane.
  mutating func openProbe() -> [Effect] {
    let planes = planes(of: .view)
    if world.probe == nil {
      look(at: planes.first)
      world.probe = Probe(place: planes.first?.followed.first?.place ?? .noisy(0))
    }
    return (planes.isEmpty && layout != nil ? [.show(DenoisePane.self)] : []) + opensProbe
  }

  /// Puts the probe where a picture of the plane is pressed, or on what is shown there; a drag moves it.
  ///
  /// - Returns: Nil if it was pressed beside such a picture.
  mutating func putProbe(_ pointer: Pointer, on slot: Layout.Slot) -> [Effect]? {
    guard pointer.kind == .press || pointer.kind == .drag,
      let plane = planes(of: slot).first(where: { $0.place.contains(pointer.start) }),
      let point = plane.point(at: pointer.spot)
    else { return nil }
    look(at: plane)
    let followed = pointer.kind == .press ? plane.nearest(to: point, isWithinReach: true) : nil
    let opens = world.probe == nil ? opensProbe : []
    world.probe = Probe(place: followed ?? .at(point))
    return opens
  }

  /// Has the probe follow what is nearest in the view, or lets it go.
  mutating func followWithProbe() {
    guard let x = world.probePoint else { return }
    guard case .at = world.probe?.place else {
      world.probe = Probe(place: .at(x))
      return
    }
    let shown = planes(of: .view).lazy.compactMap { $0.nearest(to: x, isWithinReach: false) }.first
    // Where the view shows none, it is a noisy point of the first view.
    world.probe = Probe(place: shown ?? .noisy(world.nearestNoisyPoint(to: x)))
  }

  /// What is read is read at the noise level that is seen.
  private mutating func look(at plane: Plane?) {
    if let sigma = plane?.sigma { world.sigma.move(to: Double(sigma)) }
  }

  private var opensProbe: [Effect] { overlays.contains { $0 is ProbeOverlay } ? [] : [.open(ProbeOverlay())] }
}
