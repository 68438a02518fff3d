import Diffusion
import Interface
import Plot

/// What all panes share: settings, what training has come to, and what is known of it.
package struct World: Sendable {
  /// What the playground began with.
  package let original: (configuration: Configuration, dataset: Dataset)
  /// The options that say how the original data were read from a file; none if they were not.
  package internal(set) var fileArguments: [String] = []
  /// What is trained, and how samples are drawn.
  package internal(set) var configuration: Configuration
  /// What is learned, and what is held out of it.
  package internal(set) var dataset: Dataset
  /// Of the weights and of everything drawn in training.
  package internal(set) var seed: UInt64
  /// The present run, A; frames of earlier ones are dropped.
  package internal(set) var run = 0
  /// The last number that a run was given.
  private var lastRun = 0
  /// The run B, if there is one.
  package internal(set) var rival: Rival?
  /// The run before training was begun anew.
  package internal(set) var aside: KeptRun?
  /// The data that were drawn here.
  var drawn: [Drawn] = []
  /// What one looks at closely, if anything.
  package internal(set) var probe: Probe?
  /// Curves to compare the present one with.
  package internal(set) var courses = KeptCourses()
  /// The past moment that is looked at; nil for the present.
  package internal(set) var rewind: Rewind?
  /// Whether the person wants training to go on; it may have stopped for a reason of its own.
  package internal(set) var wantsTraining = true
  /// What can be taken back, the last change last.
  var changes: [Change] = []
  /// A as the screen shows it.
  package internal(set) var frame: Frame
  /// A as it is, and how its training goes: while the screen is frozen, later than what is shown.
  package internal(set) var newest: Frame
  /// Whether the screen stands while training goes on.
  package internal(set) var isFrozen = false
  /// What is looked at: the network as it is, or was, of A and of B if there is one.
  package internal(set) var moments: [Moment]
  /// The noise level that is looked at.
  package internal(set) var sigma: LogSlider
  /// The base rate of the running training.
  package internal(set) var learningRate: LogSlider
  /// Where the noisy points come from that are looked at.
  package internal(set) var noise: NoisyPoints
  /// What the exact answer says of the network; nil before the first answer.
  package internal(set) var insight: Insight?
  /// The latest of each topic.
  package internal(set) var answers = Answers()
  /// What the status line says, until the next key.
  package internal(set) var notice: Notice?
  /// Whether many look at the screen from far away: fewer things, and large ones.
  package internal(set) var isLecture = false
  /// What the screen can show: legends show marks as they are drawn.
  package internal(set) var glyphs = Glyphs.braille
  /// Whether the points of classes are letters, as the screen has too few colours to tell them apart.
  package internal(set) var lettersClasses = false
  /// Whether points of different kinds have to differ in more than colour.
  var needsShapes: Bool { glyphs == .ascii || lettersClasses }

  /// What the status line says once.
  package struct Notice: Equatable, Sendable {
    package let text: String
    package let isWarning: Bool
  }

  /// - Parameter frame: The run before its first step.
  package init(_ configuration: Configuration, dataset: Dataset, seed: UInt64, frame: Frame) {
    var configuration = configuration
    configuration.classNames = dataset.classNames
    original = (configuration, dataset)
    self.configuration = configuration
    self.dataset = dataset
    self.seed = seed
    self.frame = frame
    newest = frame
    moments = [frame.moment]
    sigma = World.sigmaSlider(configuration.experiment, at: firstSigma(dataset))
    learningRate = World.rateSlider(configuration.experiment.learningRate)
    noise = NoisyPoints(of: dataset)
  }

  /// What is trained.
  package var experiment: Experiment { configuration.experiment }
  /// How samples are drawn.
  package var sampling: SampleSettings { configuration.sampling }
  /// The one that is looked at, where there are several.
  package var moment: Moment { moments[0] }

  /// A number for a new run.
  mutating func nextRun() -> Int {
    lastRun += 1
    return lastRun
  }

  /// Whether the moment is of the present run: after a reset it is that of before until the first frame comes.
  package var isCurrent: Bool { frame.moment.id.run == run }

  /// Whether training goes on, as far as the screen knows.
  package var isTraining: Bool { wantsTraining && newest.failure == nil && newest.pausing == nil }

  /// Whether the data have classes, which samples can be drawn of.
  package var hasClasses: Bool { dataset.classCount > 0 }

  /// The command that makes the present settings again.
  var command: String {
    let isOriginal = experiment.data == original.configuration.experiment.data
    let command = configuration.commandLine(seed: seed, others: isOriginal ? fileArguments : [])
    // Without options it would begin as last time.
    return command == "roulade" ? "roulade --preset \(Experiment.standard.name)" : command
  }

  /// Says something in the status line, until the next key.
  package mutating func say(_ text: String, isWarning: Bool = false) {
    notice = Notice(text: text, isWarning: isWarning)
  }

  static func sigmaSlider(_ experiment: Experiment, at sigma: Double) -> LogSlider {
    let bounds = experiment.schedule.schedule.range
    let range = Double(bounds.lowerBound)...Double(bounds.upperBound)
    return LogSlider(
      origin: min(max(sigma, range.lowerBound), range.upperBound), range: range, notchesPerDecade: 20)
  }

  static func rateSlider(_ rate: Double) -> LogSlider {
    LogSlider(origin: rate, range: min(1e-6, rate)...max(1, rate), notchesPerDecade: 10)
  }
}
