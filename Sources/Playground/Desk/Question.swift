/// Something that cannot be answered at once. What is asked follows from the state, as the picture does: whoever wants to
/// know something says so as long as it does, and need not remember whether it has asked, or been answered.
package protocol Question: Sendable {
  associatedtype Answer: Sendable
  /// Two questions of one topic and one subject have the same answer; it is found once.
  associatedtype Subject: Equatable & Sendable

  /// Of one topic, one question at a time is worked on, and the newest waits its turn.
  var topic: Topic { get }
  var subject: Subject { get }

  /// The least time from the beginning of one answer to that of the next of the same topic, in seconds.
  var interval: Double { get }

  /// Whether the answer to an earlier question would be of no use any more: then work on it ends, and this one is begun
  /// without regard to the interval. Otherwise it is finished first, so that the answers keep up however slow they are.
  func supersedes(_ earlier: Self) -> Bool

  /// Finds the answer.
  ///
  /// - Parameter isWanted: To be asked now and then by what takes long.
  /// - Returns: Nil if the answer is not wanted any more.
  func answer(isWanted: () -> Bool) -> Answer?
}

extension Question {
  package var interval: Double { 0 }
  package func supersedes(_ earlier: Self) -> Bool { false }
}

/// What a question is about. It has a name of its own among all topics.
package struct Topic: Hashable, Sendable, ExpressibleByStringLiteral {
  package let name: String

  package init(_ name: String) { self.name = name }
  package init(stringLiteral name: String) { self.name = name }
}

/// A question with its answer.
package struct Answered: Sendable {
  package let question: any Question
  /// Of the question's type.
  package let answer: any Sendable
}

/// The last answer of each topic.
package struct Answers: Sendable {
  private var latest: [Topic: Answered] = [:]

  package init() {}

  /// In the place of the last answer of its topic.
  package mutating func take(_ answered: Answered) { latest[answered.question.topic] = answered }

  /// The last answer of a topic, whatever was asked. Who shows it looks at the question first: it may be of a run that
  /// has ended.
  package func latest<Q: Question>(_ topic: Topic, as type: Q.Type) -> (question: Q, answer: Q.Answer)? {
    guard let answered = latest[topic], let question = answered.question as? Q,
      let answer = answered.answer as? Q.Answer
    else { return nil }
    return (question, answer)
  }
}

extension Question {
  func isSame(as other: any Question) -> Bool {
    guard let other = other as? Self else { return false }
    return topic == other.topic && subject == other.subject
  }

  func replaces(_ earlier: any Question) -> Bool {
    (earlier as? Self).map(supersedes) ?? true
  }
}
