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
    let analyst = Analyst<Int, Int>(waker: Waker { woken.signal() }) { $0 * 2 }
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
    let analyst = Analyst<Int, Int>(waker: Waker { woken.signal() }) { question in
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
}
