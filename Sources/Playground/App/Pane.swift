import Interface
import Terminal

/// A part of the screen: what it shows, what its keys do, what it wants to know. It owns its state; nobody looks inside.
/// A new view is a type of this kind, and one line in `Views.all`.
package protocol Pane: Sendable {
  /// What can be done here; it never leaves the pane.
  associatedtype Action: Sendable = Never

  /// One word for it, for the footer.
  static var word: String { get }
  /// Its keys. They come before those of the app.
  static var bindings: [Binding<Action>] { get }
  /// Whether a key that only this view has shows it; otherwise it is said where the key belongs.
  static var comesForItsKeys: Bool { get }

  /// What a key means that is typed into a text; nil for a key of the table. It comes first.
  func typed(_ key: Key) -> Action?
  /// Why an action would do nothing now, in words; nil if it does something.
  func reason(against action: Action, _ world: World) -> String?
  mutating func update(_ action: Action, _ world: inout World) -> [Effect]
  /// It is shown from now on.
  mutating func appear(_ world: World)
  /// Time has passed while it was shown, perhaps none, and answers may have come.
  mutating func pass(_ seconds: Double, _ world: World)
  /// Whether it moves by itself, so that time matters.
  func isMoving(_ world: World) -> Bool

  /// What a pointer means that was pressed on it, or turns its wheel over it; nil for nothing.
  func action(for pointer: Pointer, _ world: World, in place: Rectangle) -> Action?
  /// The pictures of the plane in it, which the probe can be put on.
  func planes(_ world: World, in place: Rectangle) -> [Plane]
  /// What it shows, in words: itself first, then what else is told apart in it.
  func explanations(_ world: World) -> [Explanation]
  /// What it wants to know.
  func questions(_ world: World, in place: Rectangle) -> [any Question]
  func draw(_ world: World, in place: Rectangle) -> Drawing
}

extension Pane {
  package static var word: String { "" }
  package static var bindings: [Binding<Action>] { [] }
  package static var comesForItsKeys: Bool { false }
  package func typed(_ key: Key) -> Action? { nil }
  package func reason(against action: Action, _ world: World) -> String? { nil }
  package mutating func appear(_ world: World) {}
  package mutating func pass(_ seconds: Double, _ world: World) {}
  package func isMoving(_ world: World) -> Bool { false }
  package func action(for pointer: Pointer, _ world: World, in place: Rectangle) -> Action? { nil }
  package func planes(_ world: World, in place: Rectangle) -> [Plane] { [] }
  package func questions(_ world: World, in place: Rectangle) -> [any Question] { [] }

  /// What its keys do: whoever declares nothing better is at least told that.
  package func explanations(_ world: World) -> [Explanation] {
    guard !Self.word.isEmpty else { return [] }
    let keys = hints(world).filter { !$0.isOff }.map { "\($0.label): \($0.help)" }
    return [
      Explanation(
        Self.word, shows: "The view \(Self.word).",
        look: keys.isEmpty ? "Watch it while the network learns." : keys.prefix(2).joined(separator: " · "))
    ]
  }
}

extension Pane where Action == Never {
  package mutating func update(_ action: Never, _ world: inout World) -> [Effect] {}
}

/// What covers the panes while it is open, and gets the keys before them.
package protocol Overlay: Pane {
  /// Where it wants to be.
  func placement(_ world: World) -> Layout.Placement
}

/// What has become of a key or a pointer.
enum Response {
  /// It means nothing here.
  case unknown
  /// It means something that cannot be done now, for this reason.
  case refused(String)
  case done([Effect])
}

/// What the app does with panes of any type.
extension Pane {
  /// - Parameter types: Whether its text, if it has one, is what is typed into.
  mutating func press(_ key: Key, _ world: inout World, types: Bool = true) -> Response {
    let bound = Self.bindings.lazy.flatMap(\.keys).first { $0.key == key }?.action
    guard let action = (types ? typed(key) : nil) ?? bound else { return .unknown }
    if let reason = reason(against: action, world) { return .refused(reason) }
    return .done(update(action, &world))
  }

  mutating func point(_ pointer: Pointer, _ world: inout World, in place: Rectangle) -> Response {
    guard let action = action(for: pointer, world, in: place) else { return .unknown }
    if let reason = reason(against: action, world) { return .refused(reason) }
    return .done(update(action, &world))
  }

  /// Whether a key is typed into a text here.
  func isTyped(_ key: Key) -> Bool { typed(key) != nil }

  /// Its bindings, with those off that do nothing now.
  func hints(_ world: World) -> [Hint] {
    Self.bindings.map { binding in
      var hint = binding.hint
      hint.isOff = binding.keys.allSatisfy { reason(against: $0.action, world) != nil }
      return hint
    }
  }

  /// The binding of a key, if it has one here.
  func hint(of key: Key) -> Hint? { Self.bindings.first { $0.hint.keys.contains(key) }?.hint }

  static var allHints: [Hint] { bindings.map(\.hint) }
}
