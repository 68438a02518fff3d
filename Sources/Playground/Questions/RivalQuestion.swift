/// A question that a pane asks about B, under a topic of its own: panes know of one run only.
struct RivalQuestion<Base: Question>: Question, AboutRival {
  let base: Base

  var interval: Double { base.interval }
  var topic: Topic { Topic("B: " + base.topic.name) }
  var subject: Base.Subject { base.subject }
  var question: any Question { base }

  func supersedes(_ earlier: RivalQuestion) -> Bool { base.supersedes(earlier.base) }
  func answer(isWanted: () -> Bool) -> Base.Answer? { base.answer(isWanted: isWanted) }
}

/// A question about B, whatever it asks.
protocol AboutRival {
  /// As it would be asked about A.
  var question: any Question { get }
}

extension Question {
  /// The same about B.
  var aboutRival: any Question { RivalQuestion(base: self) }
}
