import Diffusion
import Interface
import Pictures
import Plot

/// Where does a denoiser lead, from everywhere?
struct FieldQuestion: Question {
  struct Subject: DenoiserSubject {
    /// Nil for the ideal denoiser.
    var moment: Moment.ID?
    let points: Experiment.Points
    let sigma: Double
    /// Of the picture.
    let columns: Int
    let rows: Int
    let glyphs: Glyphs
  }

  static let learned: Topic = "field"
  static let ideal: Topic = "ideal field"
  // Many points: at every frame it would take from training what it needs.
  let interval = 0.2

  let topic: Topic
  let subject: Subject
  private let denoiser: any Denoiser
  private let window: Window

  static func learned(_ world: World, in place: Rectangle) -> FieldQuestion {
    FieldQuestion(learned, world, in: place, moment: world.moment.id, denoiser: world.moment.learned)
  }

  static func ideal(_ world: World, in place: Rectangle) -> FieldQuestion? {
    world.insight.map { FieldQuestion(ideal, world, in: place, moment: nil, denoiser: $0.ideal) }
  }

  private init(
    _ topic: Topic, _ world: World, in place: Rectangle, moment: Moment.ID?, denoiser: any Denoiser
  ) {
    self.topic = topic
    subject = Subject(
      moment: moment, points: world.experiment.points, sigma: world.sigma.value, columns: place.columns,
      rows: place.rows,
      glyphs: world.glyphs)
    self.denoiser = denoiser
    window = world.noise.window(sigma: world.sigma.value)
  }

  /// Whoever moves sigma does not wait.
  func supersedes(_ earlier: FieldQuestion) -> Bool { !subject.isLike(earlier.subject) }

  func answer(isWanted: () -> Bool) -> VectorField? {
    VectorField(
      FieldGrid(columns: subject.columns, rows: subject.rows).points(window, subject.glyphs),
      sigma: Float(subject.sigma), by: denoiser)
  }
}

/// The cells of a picture that have an arrow: one every four columns and two rows.
struct FieldGrid {
  let columns: Int
  let rows: Int

  func points(_ window: Window, _ glyphs: Glyphs) -> [Point] {
    let (first, top) = ((columns - 1) % 4 / 2, (rows - 1) % 2 / 2)
    return stride(from: top, to: rows, by: 2).flatMap { row in
      stride(from: first, to: columns, by: 4).compactMap { column in
        glyphs.renderer.center(ofCell: (column, row), in: window, columns: columns, rows: rows)
      }
    }
  }

  /// From arrow to arrow, in data units.
  func spacing(_ window: Window) -> Float { Float(2 * window.cellHeight(columns: columns, rows: rows)) }
}
