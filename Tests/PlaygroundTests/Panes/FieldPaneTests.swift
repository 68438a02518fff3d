import Diffusion
import Interface
import Pictures
import Plot
import Testing

@testable import Playground

@Suite("field pane")
struct FieldPaneTests {
  private func makeFieldApp(columns: Int = 80, rows: Int = 24) -> App {
    var app = makeApp(columns: columns, rows: rows)
    app.world.insight = Insight(app.world)
    app.press(numberKey(FieldPane.self))
    return app
  }

  private func arrows(_ grid: CellGrid, _ place: Rectangle) -> [(column: Int, row: Int)] {
    let glyphs = Set("←↑→↓↖↗↘↙".unicodeScalars)
    return (place.row..<place.endRow).flatMap { row in
      (place.column..<place.endColumn).compactMap { glyphs.contains(grid[$0, row].glyph) ? ($0, row) : nil }
    }
  }

  @Test("one arrow every four columns and two rows, at most", arguments: [(60, 20), (80, 24), (120, 40), (200, 60)])
  func spacing(size: (Int, Int)) throws {
    var app = makeFieldApp(columns: size.0, rows: size.1)
    app.answerQuestions()
    let place = try #require(app.layout?[.view]).inside
    let found = arrows(app.cells(), place)
    #expect(found.count > place.columns * place.rows / 24)
    #expect(Set(found.map { $0.column % 4 }).count == 1 && Set(found.map { $0.row % 2 }).count == 1)
  }

  @Test("the title says of the difference that it is one, whatever lies beneath it")
  func title() {
    var app = makeFieldApp()
    app.press("iiio")
    #expect(app.cells().shows(" learned less ideal step "))
  }

  @Test("what is asked is what is shown, and whoever moves sigma does not wait")
  func questions() throws {
    var app = makeFieldApp()
    func topics() -> Set<Topic> {
      Set(app.questions().map(\.topic)).subtracting(["insight"])
    }
    #expect(topics() == [FieldQuestion.learned])
    app.press("o")
    #expect(topics() == [FieldQuestion.learned, DensityQuestion.exact, DensityQuestion.learned])
    app.press("o")
    #expect(topics() == [MeshQuestion.learned])
    app.press("oii")
    #expect(topics() == [FieldQuestion.ideal])
    app.press("o")
    #expect(topics() == [FieldQuestion.ideal, DensityQuestion.exact])
    let before = try #require(FieldQuestion.ideal(app.world, in: Rectangle(columns: 40, rows: 20)))
    app.press("]")
    let after = try #require(FieldQuestion.ideal(app.world, in: Rectangle(columns: 40, rows: 20)))
    #expect(after.supersedes(before))
  }

  @Test("the ideal less itself is nowhere: dots, and no arrow")
  func difference() throws {
    var app = makeFieldApp()
    app.answerQuestions()
    app.press("iii")
    app.answerQuestions()
    let learned = try #require(app.world.latest(FieldQuestion.learned, as: FieldQuestion.self))
    #expect(learned.difference(from: learned)?.meanLength == 0)
    #expect(app.cells().shows("learned less ideal"))
  }

  @Test("both stand side by side, equally large, each with its name")
  func both() throws {
    var app = makeFieldApp(columns: 120, rows: 40)
    app.press("i")
    app.answerQuestions()
    let grid = app.cells()
    let place = try #require(app.layout?[.view]).inside
    #expect(grid.lines[place.row].contains("learned") && grid.lines[place.row].contains("ideal"))
    let found = arrows(grid, place)
    let half = place.column + place.columns / 2
    #expect(found.contains { $0.column < half } && found.contains { $0.column > half })
  }

  @Test("the density's contours enclose the data, and after a reset what the network of before said is gone")
  func density() {
    var app = makeFieldApp()
    app.press("o")
    app.answerQuestions()
    #expect(DensityQuestion.latest(DensityQuestion.exact, app.world)?.exact != nil)
    #expect(DensityQuestion.latest(DensityQuestion.learned, app.world)?.learned != nil)
    app.press("r")
    #expect(DensityQuestion.latest(DensityQuestion.learned, app.world) == nil)
    #expect(app.world.latest(FieldQuestion.learned, as: FieldQuestion.self) == nil)
  }

  @Test("the mesh is square in pure noise, and the ideal flow bends it onto the data")
  func mesh() throws {
    var app = makeFieldApp()
    app.press("ooii")
    app.world.sigma.move(by: 1000)
    app.answerQuestions()
    let square = try #require(app.world.latest(MeshQuestion.ideal, as: MeshQuestion.self))
    #expect(square == noiseMesh(sigma: Float(app.world.sigma.value)))
    app.world.sigma.move(by: -1000)
    app.answerQuestions()
    let bent = try #require(app.world.latest(MeshQuestion.ideal, as: MeshQuestion.self)).flatMap(\.self)
    let near = bent.filter { x in app.world.dataset.points.contains { ($0 - x).lengthSquared < 0.1 * 0.1 } }
    #expect(near.count > bent.count * 9 / 10)
  }

  @Test("of two meshes each is bent by the denoiser that its name says")
  func meshes() throws {
    var app = makeFieldApp(columns: 120, rows: 40)
    app.press("ooi")
    app.answerQuestions()
    #expect(app.questions().count { $0 is MeshQuestion } == 2)
    let grid = app.cells()
    let place = try #require(app.layout?[.view]).inside
    let half = place.columns / 2
    let rows = (place.row + 1..<place.endRow).map { row in
      (0..<half).map { (grid[place.column + $0, row], grid[place.endColumn - half + $0, row]) }
    }
    // The data are the same in both, and hardly cover the mesh.
    #expect(rows.joined().count { $0 != $1 } > 100)
  }

  @Test("the density's flow takes steps enough that its error is not taken for the network's")
  func densitySteps() throws {
    let world = makeTrained().world
    let points = (0..<100).map { Point(-1 + 2 * Float($0 % 10) / 9, -1 + 2 * Float($0 / 10) / 9) }
    let logs = try [DensityQuestion.steps, 64].map { steps in
      try #require(
        Likelihood.logDensity(
          of: points, under: world.moment.learned, sigmas: 0.2...Float(world.sigma.range.upperBound), steps: steps))
    }
    let errors = zip(logs[0], logs[1]).map { abs($0 - $1) }.sorted()
    #expect(errors[50] < 0.45)
  }
}
