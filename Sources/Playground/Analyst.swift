import Dispatch
import Synchronization
import Terminal

/// Answers questions in the background, one at a time. A question replaces the one still waiting, so that the answers
/// keep up however slow they are: neither training nor the screen ever waits for them.
final class Analyst<Question: Sendable, Answer: Sendable>: Sendable {
  private struct Desk {
    var question: Question?
    var answer: Answer?
    var isBusy = false
  }

  private let desk = Mutex(Desk())
  private let queue = DispatchQueue(label: "analyst")
  private let waker: Waker
  private let work: @Sendable (Question) -> Answer

  /// - Parameters:
  ///   - waker: Called whenever there is an answer.
  ///   - work: Finds the answer to a question.
  init(waker: Waker, work: @escaping @Sendable (Question) -> Answer) {
    self.waker = waker
    self.work = work
  }

  func ask(_ question: Question) {
    let isIdle = desk.withLock { desk in
      defer { desk.isBusy = true }
      desk.question = question
      return !desk.isBusy
    }
    guard isIdle else { return }
    queue.async { [self] in
      while let question = nextQuestion() {
        let answer = work(question)
        desk.withLock { $0.answer = answer }
        waker.wake()
      }
    }
  }

  /// The latest answer, if it has not been taken yet.
  func takeAnswer() -> Answer? {
    desk.withLock { desk in
      defer { desk.answer = nil }
      return desk.answer
    }
  }

  private func nextQuestion() -> Question? {
    desk.withLock { desk in
      defer { desk.question = nil }
      desk.isBusy = desk.question != nil
      return desk.question
    }
  }
}
