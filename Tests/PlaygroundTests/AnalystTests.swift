import Dispatch
import Foundation
import Synchronization
import Terminal
import Testing

@testable import Playground

@Suite("Analyst")
struct AnalystTests {
  @Test("answers, wakes, and gives each answer once")
  func answer() {
    let woken = DispatchSemaphore(value: 0)
    let analyst = Analyst<Int, Int>(waker: Waker { woken.signal() }) { question, _ in question * 2 }
    #expect(analyst.takeAnswer() == nil)
    for question in 1...3 {
      analyst.ask(question)
      woken.wait()
      #expect(analyst.takeAnswer() == 2 * question)
      #expect(analyst.takeAnswer() == nil)
    }
  }

  @Test("a question replaces the one that waits")
  func latest() {
    let gate = DispatchSemaphore(value: 0)
    let woken = DispatchSemaphore(value: 0)
    let asked = Mutex<[Int]>([])
    let analyst = Analyst<Int, Int>(waker: Waker { woken.signal() }) { question, _ in
      asked.withLock { $0.append(question) }
      gate.wait()
      return question
    }
    analyst.ask(1)
    while asked.withLock(\.isEmpty) { usleep(100) }
    for question in 2...9 { analyst.ask(question) }
    gate.signal()
    gate.signal()
    woken.wait()
    woken.wait()
    #expect(analyst.takeAnswer() == 9)
    #expect(asked.withLock { $0 } == [1, 9])
  }

  @Test("what is given up ends, is not answered, and makes room for the next question")
  func giveUp() {
    let woken = DispatchSemaphore(value: 0)
    let asked = Mutex<[Int]>([])
    let analyst = Analyst<Int, Int>(waker: Waker { woken.signal() }) { question, isWanted in
      asked.withLock { $0.append(question) }
      // The first question alone never finds its answer.
      while question == 1, isWanted() { usleep(100) }
      return question == 1 ? nil : question
    }
    analyst.ask(1)
    while asked.withLock(\.isEmpty) { usleep(100) }
    analyst.ask(2)
    analyst.giveUp()
    analyst.ask(3)
    #expect(woken.wait(timeout: .now() + 10) == .success)
    #expect(analyst.takeAnswer() == 3)
    #expect(asked.withLock { $0 } == [1, 3])
    analyst.ask(4)
    #expect(woken.wait(timeout: .now() + 10) == .success)
    analyst.giveUp()
    #expect(analyst.takeAnswer() == nil)
  }
}
