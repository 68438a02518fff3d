import Diffusion
import Plot

/// A density over a part of the plane, on a grid.
package struct DensityMap: Sendable {
  private static let fineColumns = 120

  private let window: Window
  private let columns: Int
  /// Natural logarithms, row by row from the top.
  private let logs: [Float]

  /// - Parameters:
  ///   - columns: Of the grid, 2 or more, over the window's width; as many rows as make it square.
  ///   - logDensity: Of points, `[B]`; nil to give up.
  package init?(_ window: Window, columns: Int, logDensity: ([Point]) -> [Double]?) {
    let rows = max(Int((Double(columns) * window.aspect).rounded()), 2)
    self.window = window
    self.columns = columns
    let points = (0..<rows * columns).map { i in
      Self.point(SIMD2(Float(i % columns), Float(i / columns)), window, columns: columns, rows: rows)
    }
    guard let logs = logDensity(points) else { return nil }
    self.logs = logs.map { Float($0) }
  }

  /// Where the density is that of a level.
  func contour(at level: Float) -> [Point] {
    contours(of: logs, columns: columns, level: level).map {
      Self.point($0, window, columns: columns, rows: logs.count / columns)
    }
  }

  /// How much of the noise lies where it is less dense, everywhere: 0 to 1.
  ///
  /// - Parameter logs: Of the density at noisy points, in ascending order.
  func raster(_ logs: [Float]) -> Raster {
    let (fine, columns, rows) = finer
    // From the lowest row up, and with cells around the grid's points.
    let levels = (0..<rows).reversed().flatMap { row in
      fine[row * columns..<(row + 1) * columns].map { Float(logs.partition(of: $0)) / Float(max(logs.count, 1)) }
    }
    func range(_ axis: Axis, _ count: Int) -> ClosedRange<Float> {
      let half = (axis.range.upperBound - axis.range.lowerBound) / Double(2 * (count - 1))
      return Float(axis.range.lowerBound - half)...Float(axis.range.upperBound + half)
    }
    return Raster(columns: columns, over: range(window.x, columns), range(window.y, rows), levels: levels)
  }

  /// On a grid as fine as pictures are, linear between the points: large squares would look like the density's own.
  private var finer: (logs: [Float], columns: Int, rows: Int) {
    let parts = max(DensityMap.fineColumns / (columns - 1), 1)
    let rows = logs.count / columns
    let (fineColumns, fineRows) = ((columns - 1) * parts + 1, (rows - 1) * parts + 1)
    let fine = (0..<fineRows * fineColumns).map { i in
      let (row, column) = (i / fineColumns, i % fineColumns)
      let (top, left) = (min(row / parts, rows - 2), min(column / parts, columns - 2))
      let (down, right) = (Float(row - top * parts) / Float(parts), Float(column - left * parts) / Float(parts))
      func log(_ row: Int, _ column: Int) -> Float { logs[row * columns + column] }
      return (1 - down) * ((1 - right) * log(top, left) + right * log(top, left + 1))
        + down * ((1 - right) * log(top + 1, left) + right * log(top + 1, left + 1))
    }
    return (fine, fineColumns, fineRows)
  }

  private static func point(_ place: SIMD2<Float>, _ window: Window, columns: Int, rows: Int) -> Point {
    Point(
      Float(window.x.value(at: Double(place.x) / Double(columns - 1))),
      Float(window.y.value(at: 1 - Double(place.y) / Double(rows - 1))))
  }
}

/// The exact density of noisy points, and a denoiser's own, as they are drawn.
package struct Densities: Sendable {
  /// In shades; nil for none.
  package var exact: Raster?
  /// The denoiser's own, on the scale of the exact one; nil for none.
  package var learned: Raster?
  /// Of the exact one, around 90 % and 50 % of noisy points; none where they cannot be told apart.
  package var contours: [Point]

  /// - Parameter logs: Logarithms of the exact density at noisy points, in ascending order.
  package init(exact: DensityMap? = nil, learned: DensityMap? = nil, logs: [Float]) {
    self.exact = exact?.raster(logs)
    self.learned = learned?.raster(logs)
    contours = exact.map { Self.levels(logs).flatMap($0.contour) } ?? []
  }

  /// Logarithms of the densities that 90 % and 50 % of noisy points exceed: the smallest regions that hold so many
  /// (Hyndman 1996, "Computing and graphing highest density regions").
  private static func levels(_ logs: [Float]) -> [Float] {
    logs.isEmpty ? [] : [logs[logs.count / 10], logs[logs.count / 2]]
  }

  /// - Parameter noisy: Points of the noise level.
  package static func logs(of noisy: [Point], sigma: Float, ideal: IdealDenoiser) -> [Float] {
    ideal.logDensity(x: noisy, sigma: sigma).filter(\.isFinite).sorted().map { Float($0) }
  }
}

/// The density of noisy points: a denoiser's own as shades, the exact one if there is none; over it contours of the exact
/// one, which hold 90 % and 50 % of the points.
package func density(of dataset: Dataset, sigma: Double, window: Window, _ densities: Densities) -> Scene {
  var scene = Scene(
    window, title: "\(dataset.name): density of noisy points, sigma = \(sigma.formatted(significant: 3))")
  scene.densities(densities)
  return scene
}

extension Scene {
  mutating func densities(_ densities: Densities) {
    if let shown = densities.learned ?? densities.exact {
      raster(shown, ink: .data, name: densities.learned == nil ? "exact density" : "learned density")
    }
    if !densities.contours.isEmpty { polyline(densities.contours, ink: .ideal, name: "exact: 50 % and 90 % within") }
  }
}

extension [Float] {
  /// How many of these, in ascending order, are less than a value.
  fileprivate func partition(of value: Float) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
