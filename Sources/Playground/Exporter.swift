import Dispatch
import Export
import Foundation
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
  private let destination: Snapshot.Destination
  private let waker: Waker

  /// - Parameter waker: Called whenever there is a result.
  init(_ destination: Snapshot.Destination, waker: Waker) {
    self.destination = destination
    self.waker = waker
  }

  /// Writes what there is to see in the app, of what the lab has come to.
  func write(_ app: App, from lab: Lab) {
    let destination = destination
    work { try Snapshot(app, lab.capture(), destination).write() }
  }

  /// Writes a text whole or not at all. A file that is there already stays as it is: the name is then numbered.
  func write(_ text: String, as name: String) {
    let directory = destination.directory
    work {
      let (stem, ending) = ((name as NSString).deletingPathExtension, (name as NSString).pathExtension)
      var (path, number) = (AtomicFile.join(directory, name), 1)
      while FileManager.default.fileExists(atPath: path) {
        number += 1
        path = AtomicFile.join(directory, "\(stem)-\(number).\(ending)")
      }
      try AtomicFile.write(text, to: path)
      return directory == "." ? String(path.dropFirst(2)) : path
    }
  }

  /// - Parameter write: Writes, and says what.
  private func work(_ write: @escaping @Sendable () throws -> String) {
    queue.async { [self] in
      let result = Result { try write() }.mapError { ExportFailure(description: "\($0)") }
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
