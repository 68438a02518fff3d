import Testing

@testable import Diffusion
@testable import Playground

@Suite("words on A and B")
struct ComparedTests {
  @Test("B that diverged says in which step and tensor, as long as there is room", arguments: [80, 120, 200])
  func diverged(columns: Int) {
    var app = makeApp(columns: columns, rows: 24)
    app.press(viewKey(ComparePane.self))
    var frame = makeFrame(steps: 1)
    frame.failure = .nonFinite(tensor: "net.2.weight", step: 1200)
    app.world.rival = Rival(
      run: 1, start: 0, configuration: app.world.configuration, frame: frame, newest: frame)
    #expect(app.lines().contains { $0.contains(/B stopped.*(at step 1200|at 1,200)/) && $0.contains("net.2.weight") })
  }
}
