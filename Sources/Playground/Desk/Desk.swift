import Dispatch
import Synchronization
import Terminal

/// Has questions answered in the background. It compares what is wanted with what is under way: of one topic one question
/// is worked on, a topic that nobody wants any more is given up, and what has been answered is not asked again. Neither
/// training nor the screen ever waits for an answer.
package final class Desk: Sendable {
  private struct Job: Sendable {
    let ticket: Int
    let question: any Question
  }

  private struct Papers: Sendable {
    var underWay: [Topic: Job] = [:]
    /// The last question of each topic that was answered.
    var answered: [Topic: any Question] = [:]
    /// When each topic was last begun.
    var begun: [Topic: Double] = [:]
    /// Answers that nobody has taken yet.
    var outbox: [Answered] = []
    var nextTicket = 0
    /// When the earliest of the questions that wait for their time may begin.
    var nextStart: Double?
  }

  private let papers = Mutex(Papers())
  private let waker: Waker
  private let perform: @Sendable (@escaping @Sendable () -> Void) -> Void

  /// - Parameters:
  ///   - waker: Called whenever there is an answer.
  ///   - perform: Has work done, somewhere and at some time; a thread for each question unless somebody knows better.
  package init(
    waker: Waker,
    perform: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void = {
      DispatchQueue(label: "question").async(execute: $0)
    }
  ) {
    self.waker = waker
    self.perform = perform
  }

  /// Says what is wanted now. What was wanted before and is not any more is given up.
  ///
  /// - Parameters:
  ///   - questions: At most one of each topic.
  ///   - now: Seconds since whenever.
  package func want(_ questions: [any Question], now: Double) {
    let jobs = papers.withLock { papers in
      let topics = Set(questions.map(\.topic))
      papers.underWay = papers.underWay.filter { topics.contains($0.key) }
      papers.nextStart = nil
      return questions.compactMap { Desk.begin($0, now: now, &papers) }
    }
    for job in jobs { perform { [self] in work(on: job) } }
  }

  /// When to call `want` again though nothing has happened; nil if there is no need to.
  package var nextStart: Double? { papers.withLock(\.nextStart) }

  /// The answers that have come since the last time.
  package func takeAnswers() -> [Answered] {
    papers.withLock { papers in
      defer { papers.outbox = [] }
      return papers.outbox
    }
  }

  /// - Returns: What is to be worked on, if the question's time has come.
  private static func begin(_ question: any Question, now: Double, _ papers: inout Papers) -> Job? {
    let topic = question.topic
    if let job = papers.underWay[topic] {
      guard !question.isSame(as: job.question), question.replaces(job.question) else { return nil }
    } else if let answered = papers.answered[topic] {
      guard !question.isSame(as: answered) else { return nil }
      let time = (papers.begun[topic] ?? now) + question.interval
      guard question.replaces(answered) || time <= now else {
        papers.nextStart = min(papers.nextStart ?? time, time)
        return nil
      }
    }
    let job = Job(ticket: papers.nextTicket, question: question)
    papers.nextTicket += 1
    papers.underWay[topic] = job
    papers.begun[topic] = now
    return job
  }

  private func work(on job: Job) {
    let answer = answer(job.question) { self.papers.withLock { Desk.isCurrent(job, $0) } }
    let isCurrent = papers.withLock { papers in
      guard Desk.isCurrent(job, papers) else { return false }
      papers.underWay[job.question.topic] = nil
      papers.answered[job.question.topic] = job.question
      if let answer { papers.outbox.append(Answered(question: job.question, answer: answer)) }
      return true
    }
    // Also for a question without an answer: the next of its topic may wait.
    if isCurrent { waker.wake() }
  }

  private static func isCurrent(_ job: Job, _ papers: Papers) -> Bool {
    papers.underWay[job.question.topic]?.ticket == job.ticket
  }

  private func answer<Q: Question>(_ question: Q, isWanted: () -> Bool) -> (any Sendable)? {
    question.answer(isWanted: isWanted)
  }
}
