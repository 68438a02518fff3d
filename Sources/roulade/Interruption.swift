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

  static func watch() {
    received.store(0, ordering: .relaxed)
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP] {
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
}

private let received = Atomic<Int32>(0)
