import Synchronization
import Terminal

extension App {
  /// Has all that is wanted answered at once, and what is wanted then, until nothing more is: for a picture that nobody
  /// watches come about.
  mutating func answerQuestions(limit: Int = 20) {
    let work = Mutex<[@Sendable () -> Void]>([])
    let desk = Desk(waker: Waker {}) { job in work.withLock { $0.append(job) } }
    for _ in 0..<limit {
      desk.want(questions(), now: 0)
      let jobs = work.withLock { work in
        defer { work = [] }
        return work
      }
      guard !jobs.isEmpty else { return }
      for job in jobs { job() }
      _ = update(.answers(desk.takeAnswers()))
    }
  }
}
