import Interface
import Terminal

/// Where keys and the pointer go: to the overlay, then to the pane that has the focus, then to the app itself.
extension App {
  /// The pane whose keys come first.
  var focus: Layout.Slot { zoomed ?? .view }

  /// - Parameter key: As it was pressed: a person may have put it elsewhere.
  mutating func press(_ key: Key) -> [Effect] {
    guard let key = isText(key) ? key : keyMap.meaning(of: key) else { return [] }
    return act(on: key)
  }

  /// Whether a key is typed into the text of the topmost overlay: a text beneath another overlay is not typed into.
  func isText(_ key: Key) -> Bool { overlays.last?.isTyped(key) ?? false }

  /// - Parameter key: As the tables have it.
  private mutating func act(on key: Key) -> [Effect] {
    world.notice = nil
    for slot in overlays.indices.reversed().map(Layout.Slot.overlay) + [focus] {
      var pane = self[slot]
      let response = pane.press(key, &world, types: slot == .overlay(overlays.count - 1))
      self[slot] = pane
      if case .unknown = response { continue }
      return settle(response, from: slot)
    }
    for binding in App.bindings {
      guard let action = binding.keys.first(where: { $0.key == key })?.action else { continue }
      // What the action has to say stays.
      world.notice = nil
      return settle(perform(action))
    }
    return pressElsewhere(key)
  }

  /// A key that only a view has which is not shown.
  private mutating func pressElsewhere(_ key: Key) -> [Effect] {
    for (number, view) in views.enumerated() where number != chosenView {
      guard let hint = view.hint(of: key) else { continue }
      guard type(of: view).comesForItsKeys else {
        return settle(.refused("\(hint.label): \(hint.help), in view \(number + 1)"))
      }
      let response = views[number].press(key, &world)
      if case .done = response { show(number) }
      return settle(response)
    }
    world.say("that key does nothing here; ? shows those that do")
    return []
  }

  mutating func point(_ event: PointerEvent) -> [Effect] {
    let spot = Pointer.Spot(column: event.column, row: event.row)
    switch event.kind {
    case .press(.left):
      let slot = layout?.slot(at: spot)
      pressed = (spot, slot)
      if let key = footer?.key(column: spot.column, row: spot.row) { return act(on: key) }
      world.notice = nil
      if var overlay = overlays.last as? ExplainOverlay {
        overlay.choose(spot)
        overlays[overlays.count - 1] = overlay
        return []
      }
      return send(Pointer(.press, column: spot.column, row: spot.row), to: slot)
    case .drag(.left):
      guard let pressed else { return [] }
      return send(Pointer(.drag, column: spot.column, row: spot.row, from: pressed.spot), to: pressed.slot)
    case .release(.left):
      guard let pressed else { return [] }
      self.pressed = nil
      return send(Pointer(.release, column: spot.column, row: spot.row, from: pressed.spot), to: pressed.slot)
    case .wheelUp, .wheelDown:
      let turns = event.kind == .wheelUp ? 1 : -1
      return send(Pointer(.wheel(turns), column: spot.column, row: spot.row), to: layout?.slot(at: spot))
    case .press, .drag, .release:
      return []
    }
  }

  /// The line of keys; nil while something else stands there.
  var footer: Footer? {
    guard world.notice == nil, let place = layout?.footer else { return nil }
    return Footer(hints(), in: place)
  }

  private mutating func send(_ pointer: Pointer, to slot: Layout.Slot?) -> [Effect] {
    guard let slot, let place = layout?[slot] else { return [] }
    var pane = self[slot]
    let response = pane.point(pointer, &world, in: place)
    self[slot] = pane
    if case .unknown = response, let effects = putProbe(pointer, on: slot) { return settle(effects) }
    return settle(response, from: slot)
  }

  /// Does what is the app's own business.
  ///
  /// - Returns: What is left for the loop.
  private mutating func settle(_ response: Response, from slot: Layout.Slot? = nil) -> [Effect] {
    switch response {
    case .unknown: return []
    case .refused(let reason):
      world.say(reason)
      return []
    case .done(let effects):
      return settle(effects, from: slot)
    }
  }

  /// - Parameter slot: What they come from.
  private mutating func settle(_ effects: [Effect], from slot: Layout.Slot? = nil) -> [Effect] {
    effects.filter { effect in
      switch effect {
      case .show(let type):
        if let number = views.firstIndex(where: { Swift.type(of: $0) == type }) { show(number) }
        return false
      case .open(let overlay):
        open(overlay)
        return false
      case .close:
        if case .overlay(let number) = slot { overlays.remove(at: number) }
        return false
      case .follow:
        followWithProbe()
        return false
      default: return true
      }
    }
  }

  /// Puts an overlay in front; there is one of a kind.
  private mutating func open(_ overlay: any Overlay) {
    overlays.removeAll { type(of: $0) == type(of: overlay) }
    overlays.append(overlay)
  }

  private mutating func show(_ number: Int) {
    guard number != chosenView else { return }
    chosenView = number
    if zoomed != nil { zoomed = .view }
    views[number].appear(world)
  }

  private mutating func perform(_ action: AppAction) -> [Effect] {
    switch action {
    case .toggleTraining: return world.train(!world.isTraining)
    case .advance(let count): return world.advance(count)
    case .nextView(let count): show(views.indices.element(after: chosenView, count))
    case .view(let number):
      if number == chosenView { world.say("this is view \(number + 1)") }
      show(number)
    case .moveSigma(let notches):
      let before = world.sigma
      world.sigma.move(by: notches)
      if world.sigma == before { world.say("the schedule has no noise level beyond this") }
    case .moveLearningRate(let notches):
      let before = world.learningRate
      let effects = world.moveLearningRate(notches)
      if world.learningRate == before { world.say("the slider ends here; the settings take any learning rate") }
      return effects
    case .restart(let newSeed):
      let run = world.run
      let effects = world.restart(newSeed: newSeed)
      if world.aside?.run == run { world.say("training begins again; u brings the run back") }
      return effects
    case .undo: return world.undo()
    case .freeze: world.freeze(!world.isFrozen)
    case .runUntil: open(UntilOverlay(world))
    case .lecture:
      world.isLecture.toggle()
      zoomed = world.isLecture ? .view : nil
    case .explain: open(ExplainOverlay(explainables, at: layout?[focus]))
    case .tour: open(TourOverlay(world))
    case .rewind(let count):
      if let reason = world.reason(againstRewinding: count) {
        world.say(reason)
        return []
      }
      return world.rewind(by: count)
    case .branch:
      guard world.isCurrent, !overlays.contains(where: { $0 is BranchOverlay }) else {
        world.say(world.isCurrent ? "B's settings are open: o closes them" : "training is about to begin anew")
        return []
      }
      return [.show(ComparePane.self), .open(BranchOverlay(world, at: world.moment.id.step))]
    case .openProbe: return openProbe()
    case .openSettings: open(SettingsOverlay(world))
    case .openHelp: open(HelpOverlay(hints()))
    case .export: return [.export]
    case .copyCommand:
      open(CommandOverlay(world.command))
      return [.copy(world.command)]
    case .zoom:
      let order: [Layout.Slot?] = [nil, .view] + side.indices.map { .side($0) }
      zoomed = order.element(after: zoomed)
    case .togglePointer:
      takesPointer.toggle()
      world.say(takesPointer ? "the mouse is for panes again" : "the mouse selects text: M takes it back for panes")
      return [.takePointer(takesPointer)]
    case .redraw: return [.redraw]
    case .quit: return [.quit]
    }
    return []
  }
}
