import Foundation
import Synchronization

/// Requests to stop (Ctrl-C, `kill`, a closed terminal), noted so that work can stop at a good place. A second request
/// ends the program at once.
enum Interruption {
  /// The signal that asked, once one has.
  static var signal: Int32? {
    let value = received.load(ordering: .relaxed)
    return value == 0 ? nil : value
  }

  /// What ends a command that was asked to stop and has nothing to show.
  static var failure: Failure { Failure("stopped", code: 128 + (signal ?? 0)) }

  /// From now on requests are noted; those noted before stay. What whoever started the program has it ignore, as
  /// `nohup` does with a hangup, it goes on ignoring.
  static func watch() {
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP] where !isIgnored(signal) {
      var action = sigaction()
      #if canImport(Darwin)
        action.__sigaction_u.__sa_handler = { received.store($0, ordering: .relaxed) }
      #else
        action.__sigaction_handler.sa_handler = { received.store($0, ordering: .relaxed) }
      #endif
      action.sa_flags = Int32(bitPattern: UInt32(SA_RESTART)) | Int32(bitPattern: UInt32(SA_RESETHAND))
      sigaction(signal, &action, nil)
      sigaddset(&signals, signal)
    }
    // A parent that blocks signals, as threads of a pool do, hands that on to its children.
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  private static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    sigaction(signal, nil, &action)
    #if canImport(Darwin)
      let handler = action.__sigaction_u.__sa_handler
    #else
      let handler = action.__sigaction_handler.sa_handler
    #endif
    // A number that stands for a function, which Swift cannot compare.
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}

private let received = Atomic<Int32>(0)
