import CNcurses

extension Key {
  /// A key as `screen_key` reports it; nil for none and for keys that have no name here.
  package init?(_ code: Int32) {
    switch Int(code) {
    case SCREEN_KEY_UP: self = .up
    case SCREEN_KEY_DOWN: self = .down
    case SCREEN_KEY_LEFT: self = .left
    case SCREEN_KEY_RIGHT: self = .right
    case SCREEN_KEY_HOME: self = .home
    case SCREEN_KEY_END: self = .end
    case SCREEN_KEY_PAGE_UP: self = .pageUp
    case SCREEN_KEY_PAGE_DOWN: self = .pageDown
    case SCREEN_KEY_BACKSPACE, 0x08, 0x7F: self = .backspace
    case SCREEN_KEY_DELETE: self = .delete
    case SCREEN_KEY_BACK_TAB: self = .backTab
    case SCREEN_KEY_ENTER, 0x0A, 0x0D: self = .enter
    case 0x09: self = .tab
    case 0x1B: self = .escape
    case 0x01...0x1A:
      guard let letter = Unicode.Scalar(UInt32(code) + 0x60) else { return nil }
      self = .control(Character(letter))
    default:
      guard code >= 0x20, let scalar = Unicode.Scalar(UInt32(code)) else { return nil }
      self = .character(Character(scalar))
    }
  }
}
