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
    /// Counts how often all that was asked was given up.
    var round = 0
  }

  private let desk = Mutex(Desk())
  private let queue = DispatchQueue(label: "analyst")
  private let waker: Waker
  private let work: @Sendable (Question, _ isWanted: () -> Bool) -> Answer?

  /// - Parameters:
  ///   - waker: Called whenever there is an answer.
  ///   - work: Finds the answer to a question. What takes long asks now and then whether the answer is still wanted,
  ///     and returns nil if it is not.
  init(waker: Waker, work: @escaping @Sendable (Question, _ isWanted: () -> Bool) -> Answer?) {
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
      while let (question, round) = nextQuestion() {
        guard let answer = work(question, { desk.withLock { $0.round == round } }) else { continue }
        desk.withLock { if $0.round == round { $0.answer = answer } }
        waker.wake()
      }
    }
  }

  /// Gives up all that has been asked: no answer to it will come, and work that is under way ends when it next asks
  /// whether it is wanted.
  func giveUp() {
    desk.withLock { desk in
      desk.round += 1
      (desk.question, desk.answer) = (nil, nil)
    }
  }

  /// The latest answer, if it has not been taken yet.
  func takeAnswer() -> Answer? {
    desk.withLock { desk in
      defer { desk.answer = nil }
      return desk.answer
    }
  }

  private func nextQuestion() -> (Question, round: Int)? {
    desk.withLock { desk in
      defer { desk.question = nil }
      desk.isBusy = desk.question != nil
      return desk.question.map { ($0, desk.round) }
    }
  }
}
