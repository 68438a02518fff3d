import Diffusion

/// The course of a run that has ended, or was pinned, to compare the present one with.
package struct KeptCourse: Equatable, Sendable {
  /// How it went.
  package let course: Course
  /// The settings that it went under, last.
  package let configuration: Configuration
}

/// What the present course is compared with.
package struct KeptCourses: Equatable, Sendable {
  static let mostPinned = 4

  /// Of the run before the last reset or change that began a new curve.
  package internal(set) var before: KeptCourse?
  /// In the order of pinning; they stay until they are taken away.
  package internal(set) var pinned: [KeptCourse] = []
}

extension World {
  /// Keeps the present course as the one before, unless there is hardly any.
  mutating func keepCourse() {
    guard isCurrent, newest.course.readings.count > 1 else { return }
    courses.before = KeptCourse(course: newest.course, configuration: configuration)
  }

  /// Pins the present course as it is now. The oldest goes where there are too many.
  mutating func pinCourse() {
    courses.pinned.append(KeptCourse(course: frame.course, configuration: configuration))
    if courses.pinned.count > KeptCourses.mostPinned { courses.pinned.removeFirst() }
  }

  mutating func unpinCourses() { courses.pinned = [] }
}

extension Configuration {
  /// The settings of training that differ, as they are printed: here and there.
  func trainingDifferences(from other: Configuration) -> [(key: String, here: String, there: String)] {
    Parameter.all.filter { $0.group != .sampling }.compactMap { parameter in
      // What only one has follows from another difference.
      guard parameter.applies(to: self), parameter.applies(to: other) else { return nil }
      let (here, there) = (parameter.text(self), parameter.text(other))
      return here == there ? nil : (parameter.key, here, there)
    }
  }
}
