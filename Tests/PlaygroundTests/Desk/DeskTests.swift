import Dispatch
import Synchronization
import Terminal
import Testing

@testable import Playground

/// Twice a number, unless nobody waits for it.
private struct Doubling: Question {
  var topic: Topic = "doubling"
  let subject: Int
  var isUrgent = false

  func supersedes(_ earlier: Doubling) -> Bool { isUrgent }
  func answer(isWanted: () -> Bool) -> Int? { isWanted() ? 2 * subject : nil }
}

/// The same, but not more often than every ten seconds.
private struct Slow: Question {
  let subject: Int
  var isUrgent = false
  var topic: Topic { "slow" }
  let interval = 10.0

  func supersedes(_ earlier: Slow) -> Bool { isUrgent }
  func answer(isWanted: () -> Bool) -> Int? { subject }
}

/// A desk whose work is done when a test says so.
private final class Office: Sendable {
  private let work = Mutex<[@Sendable () -> Void]>([])
  private let wakes = Mutex(0)

  func makeDesk() -> Desk {
    Desk(waker: Waker { [self] in wakes.withLock { $0 += 1 } }) { [self] job in work.withLock { $0.append(job) } }
  }

  /// Does what there is to do, in order.
  ///
  /// - Returns: How many questions were worked on.
  @discardableResult
  func doWork() -> Int {
    let jobs = work.withLock { work in
      defer { work = [] }
      return work
    }
    for job in jobs { job() }
    return jobs.count
  }

  var wakeUps: Int { wakes.withLock { $0 } }
}

@Suite("Desk")
struct DeskTests {
  private let office = Office()

  private func numbers(_ answers: [Answered]) -> [Int] { answers.compactMap { $0.answer as? Int } }

  @Test("an answer comes once, wakes, and is not sought again")
  func once() {
    let desk = office.makeDesk()
    desk.want([Doubling(subject: 3)], now: 0)
    desk.want([Doubling(subject: 3)], now: 0)
    #expect(office.doWork() == 1 && office.wakeUps == 1)
    desk.want([Doubling(subject: 3)], now: 1)
    #expect(office.doWork() == 0)
    #expect(numbers(desk.takeAnswers()) == [6] && desk.takeAnswers().isEmpty)
  }

  @Test("of one topic the newest waits its turn, and what is under way is finished")
  func newest() {
    let desk = office.makeDesk()
    for subject in 1...9 { desk.want([Doubling(subject: subject)], now: 0) }
    #expect(office.doWork() == 1)
    desk.want([Doubling(subject: 9)], now: 0)
    #expect(office.doWork() == 1)
    #expect(numbers(desk.takeAnswers()) == [2, 18])
  }

  @Test("topics do not wait for each other")
  func topics() {
    let desk = office.makeDesk()
    desk.want([Doubling(subject: 1), Doubling(topic: "another", subject: 2)], now: 0)
    #expect(office.doWork() == 2)
    #expect(numbers(desk.takeAnswers()) == [2, 4])
  }

  @Test("what nobody wants any more is not answered, and is sought anew by who wants it again")
  func unwanted() {
    let desk = office.makeDesk()
    desk.want([Doubling(subject: 1)], now: 0)
    desk.want([], now: 0)
    desk.want([Doubling(subject: 1)], now: 0)
    #expect(office.doWork() == 2)
    #expect(numbers(desk.takeAnswers()) == [2] && office.wakeUps == 1)
  }

  @Test("a question that makes an earlier one useless does not wait for it")
  func superseded() {
    let desk = office.makeDesk()
    desk.want([Doubling(subject: 1)], now: 0)
    desk.want([Doubling(subject: 2, isUrgent: true)], now: 0)
    #expect(office.doWork() == 2)
    #expect(numbers(desk.takeAnswers()) == [4])
  }

  @Test("an interval is kept, except by what makes the answer before useless")
  func interval() {
    let desk = office.makeDesk()
    desk.want([Slow(subject: 1)], now: 100)
    #expect(office.doWork() == 1 && desk.nextStart == nil)
    desk.want([Slow(subject: 2)], now: 103)
    #expect(office.doWork() == 0 && desk.nextStart == 110)
    desk.want([], now: 104)
    #expect(desk.nextStart == nil)
    desk.want([Slow(subject: 2)], now: 110)
    #expect(office.doWork() == 1)
    desk.want([Slow(subject: 3, isUrgent: true)], now: 111)
    #expect(office.doWork() == 1 && numbers(desk.takeAnswers()) == [1, 2, 3])
  }

  @Test("the last answer of a topic is kept with its question")
  func answers() throws {
    var answers = Answers()
    #expect(answers.latest("doubling", as: Doubling.self) == nil)
    for subject in 1...2 { answers.take(Answered(question: Doubling(subject: subject), answer: 2 * subject)) }
    let latest = try #require(answers.latest("doubling", as: Doubling.self))
    #expect(latest.question.subject == 2 && latest.answer == 4)
    #expect(answers.latest("doubling", as: Slow.self) == nil)
  }

  @Test("long work ends soon after nobody wants it, and in the background by itself")
  func background() {
    struct Endless: Question {
      let asked: DispatchSemaphore
      let ended: DispatchSemaphore
      let subject = 0
      var topic: Topic { "endless" }
      func answer(isWanted: () -> Bool) -> Int? {
        asked.signal()
        while isWanted() {}
        ended.signal()
        return nil
      }
    }
    let desk = Desk(waker: Waker {})
    let question = Endless(asked: DispatchSemaphore(value: 0), ended: DispatchSemaphore(value: 0))
    desk.want([question], now: 0)
    question.asked.wait()
    desk.want([], now: 0)
    #expect(question.ended.wait(timeout: .now() + 300) == .success)
    #expect(desk.takeAnswers().isEmpty)
  }
}
