/// The directories that a person's own files belong into (XDG Base Directory Specification 0.8).
package enum UserDirectory: String, Sendable {
  case configuration = "XDG_CONFIG_HOME"
  case state = "XDG_STATE_HOME"

  /// The path of a file in this program's own directory there; nil where nobody knows whose they would be.
  package func path(_ name: String, environment: [String: String]) -> String? {
    // A relative path is to be ignored.
    if let directory = environment[rawValue], directory.hasPrefix("/") { return directory + "/roulade/" + name }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return home + (self == .configuration ? "/.config" : "/.local/state") + "/roulade/" + name
  }
}
