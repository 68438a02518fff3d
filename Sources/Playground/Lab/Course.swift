import Diffusion

/// How a run has gone, in bounded memory: of its first steps every one, later every second, fourth and so on.
package struct Course: Equatable, Sendable {
  /// A run at one step.
  package struct Reading: Equatable, Sendable {
    /// Steps taken, and rows drawn.
    package let step: Int
    package let rows: Int
    /// Spent on training it.
    package let seconds: Double
    /// Smoothed, as `LossHistory` smooths it.
    package let loss: Double
    /// Since the reading before: the mean norm of the gradient before clipping, and the share of steps that clipped it.
    package let gradientNorm: Double
    package let clippedShare: Double
    /// What the schedule made of it.
    package let learningRate: Double
  }

  /// Of so many steps at the start none is dropped: on a logarithmic axis they are as long as all the others.
  private static let early = 128
  private let capacity: Int

  /// In ascending order of their steps.
  package private(set) var readings: [Reading] = []
  /// Steps from one reading to the next.
  private var stride = 1
  private var sinceLast = (steps: 0, norm: 0.0, clipped: 0)

  /// - Parameter capacity: The most readings that are kept; more than twice the early ones.
  package init(capacity: Int = 1024) { self.capacity = max(capacity, 2 * Course.early + 2) }

  /// Of the next step.
  ///
  /// - Parameters:
  ///   - report: What the step did.
  ///   - rows: Drawn so far.
  ///   - seconds: Spent on training so far.
  ///   - loss: Smoothed.
  package mutating func append(_ report: StepReport, rows: Int, seconds: Double, loss: Double) {
    sinceLast.steps += 1
    sinceLast.norm += Double(report.gradientNorm)
    sinceLast.clipped += report.isClipped ? 1 : 0
    guard report.step <= Course.early || report.step % stride == 0 else { return }
    let steps = Double(sinceLast.steps)
    readings.append(
      Reading(
        step: report.step, rows: rows, seconds: seconds, loss: loss, gradientNorm: sinceLast.norm / steps,
        clippedShare: Double(sinceLast.clipped) / steps, learningRate: report.learningRate))
    sinceLast = (0, 0, 0)
    guard readings.count == capacity else { return }
    stride *= 2
    readings.removeAll { $0.step > Course.early && $0.step % stride != 0 }
  }

  /// Without what came after a step.
  package func upTo(_ step: Int) -> Course {
    var course = self
    course.readings.removeAll { $0.step > step }
    course.sinceLast = (0, 0, 0)
    return course
  }

  /// The last reading up to a step.
  package func reading(upTo step: Int) -> Reading? { readings.last { $0.step <= step } }

  package static func == (a: Course, b: Course) -> Bool { a.readings == b.readings && a.stride == b.stride }
}
