import Dispatch
import Synchronization
import Terminal

/// Why an export could not be written, in one line.
package struct ExportFailure: Error, CustomStringConvertible {
  package let description: String
}

/// Writes exports, one after the other, while everything else goes on.
final class Exporter: Sendable {
  private let queue = DispatchQueue(label: "export")
  private let results = Mutex<[Result<String, ExportFailure>]>([])
  private let directory: String
  private let waker: Waker

  /// - Parameter waker: Called whenever there is a result.
  init(directory: String, waker: Waker) {
    self.directory = directory
    self.waker = waker
  }

  func write(_ snapshot: Snapshot) {
    queue.async { [self] in
      let result = Result { try snapshot.write(toDirectory: directory) }.mapError {
        ExportFailure(description: "\($0)")
      }
      results.withLock { $0.append(result) }
      waker.wake()
    }
  }

  /// What has become of the exports since the last time.
  func takeResults() -> [Result<String, ExportFailure>] {
    results.withLock { results in
      defer { results = [] }
      return results
    }
  }

  /// Waits until all that was to be written is.
  func finish() { queue.sync {} }
}
