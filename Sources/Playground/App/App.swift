import Diffusion
import Interface
import Plot
import Terminal

/// Everything that can happen to the playground.
package enum Message: Sendable {
  case key(Key)
  case pointer(PointerEvent)
  case frame(Frame)
  case answers([Answered])
  /// So many seconds since the last time.
  case passed(Double)
  case resized(columns: Int, rows: Int)
  /// The names of the files that an export wrote, or why it could not.
  case exported(Result<String, ExportFailure>)
}

/// The whole of the playground's state: the world, the panes and what is where. `update` alone changes it; `draw` and
/// `questions` follow from it.
package struct App: Sendable {
  /// What all panes share.
  package internal(set) var world: World
  var views = Views.all
  var chosenView = 0
  var side = Views.side
  /// From back to front.
  var overlays: [any Overlay] = []
  /// What fills the screen alone, if anything.
  var zoomed: Layout.Slot?
  var size = (columns: 80, rows: 24)
  var takesPointer = true
  /// Keys that the person has put elsewhere.
  var keyMap = KeyMap()
  /// Where the pointer's button is down.
  var pressed: (spot: Pointer.Spot, slot: Layout.Slot?)?

  /// The first view, on a screen of 80 by 24 until it is resized.
  package init(_ world: World) {
    self.world = world
    views[0].appear(world)
  }

  /// Nil if the screen is too small.
  package var layout: Layout? {
    Layout(
      columns: size.columns, rows: size.rows, overlays: overlays.map { $0.placement(world) }, zoomed: zoomed,
      hasWords: world.isLecture)
  }

  /// Nothing is shown, or asked, that no longer holds: whatever has happened, the panes hear of it, perhaps that no time
  /// has passed.
  ///
  /// - Returns: What has to be done about it, in order.
  package mutating func update(_ message: Message) -> [Effect] {
    var (effects, seconds): ([Effect], Double) = ([], 0)
    switch message {
    case .key(let key): effects = press(key)
    case .pointer(let event): effects = point(event)
    case .frame(let frame): world.take(frame)
    case .answers(let answers): for answer in answers { world.take(answer) }
    case .passed(let time): seconds = time
    case .resized(let columns, let rows): size = (columns, rows)
    case .exported(.success(let names)): world.say("wrote " + names)
    case .exported(.failure(let failure)): world.say(failure.description, isWarning: true)
    }
    for slot in shownSlots { self[slot].pass(seconds, world) }
    refreshExplanations()
    return effects
  }

  /// What is wanted now: what the panes on the screen want to know, and how good the network is.
  package func questions() -> [any Question] {
    let panes = layout?.panes ?? []
    let insight: [any Question] = world.wantsInsight ? [InsightQuestion(world)] : []
    return insight + panes.flatMap { slot, place in self[slot].questions(world, in: place) }
  }

  /// Whether something moves by itself, so that time matters.
  package var isMoving: Bool { shownSlots.contains { self[$0].isMoving(world) } }

  /// Where there is too little room to draw, time goes on for the view.
  private var shownSlots: [Layout.Slot] { layout?.panes.map(\.slot) ?? [.view] }

  subscript(slot: Layout.Slot) -> any Pane {
    get {
      switch slot {
      case .view: views[chosenView]
      case .side(let number): side[number]
      case .overlay(let number): overlays[number]
      }
    }
    set {
      switch slot {
      case .view: views[chosenView] = newValue
      case .side(let number): side[number] = newValue
      case .overlay(let number): if let overlay = newValue as? any Overlay { overlays[number] = overlay }
      }
    }
  }
}
