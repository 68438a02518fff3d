/// A rule by which the parameters follow from one batch after another.
///
/// An optimizer is one file in this folder and one line in `OptimizerSettings.kinds`. One that needs no more than the
/// gradient is a `FirstOrderOptimizer`.
package protocol Optimizer: Sendable {
  /// What the command line and files call it.
  static var name: String { get }
  /// One line for help and menus.
  static var summary: String { get }
  /// What can be set about it, beside the learning rate.
  static var hyperparameters: [Hyperparameter] { get }

  /// A learning rate to begin with.
  static var standardRate: Double { get }
  /// Rows of a batch that it can take.
  static var mostRows: Int { get }
  /// Whether it can clip the gradient.
  static var clips: Bool { get }

  /// An optimizer at its start.
  ///
  /// - Parameters:
  ///   - settings: Of this kind, without a problem.
  ///   - network: What it will train: its layout, and the instruction set to compute with.
  init(_ settings: OptimizerSettings, network: MLP)

  /// Goes on under other values, keeping what it has gathered.
  mutating func adopt(_ settings: OptimizerSettings)

  /// All that it has gathered: with the settings and this it goes on with the same bits.
  var state: OptimizerState { get }

  /// Takes over what another of its kind had gathered, for the same network.
  ///
  /// - Throws: What is missing or does not fit, with nothing changed.
  mutating func restore(_ state: OptimizerState, network: MLP) throws(CheckpointError)

  /// Takes one step.
  ///
  /// - Parameters:
  ///   - network: What is trained; its parameters move.
  ///   - batch: Input, target and weight of the rows to learn from.
  ///   - gradient: Evaluates the loss and its gradient; holds the memory that this takes.
  ///   - rate: The learning rate of this step.
  ///   - clipNorm: What the global norm of the gradient is clipped at; nil does not clip.
  ///   - workers: Threads that may share the work. They must not change its result.
  ///   - gradientIsKnown: To be called between the gradient and what is made of it, for those who measure.
  /// - Throws: What is not finite, with the parameters and the state left as they were.
  mutating func step(
    _ network: inout MLP, batch: Batch, gradient: inout LossGradient, rate: Double, clipNorm: Double?,
    workers: Workers, gradientIsKnown: () -> Void
  ) throws(NonFinite) -> OptimizerReport
}

extension Optimizer {
  /// Any number.
  package static var mostRows: Int { .max }
  package static var clips: Bool { true }
}

/// A tensor that holds something NaN or infinite.
package struct NonFinite: Error, Equatable {
  /// Which, as PyTorch names it, or what else was being computed.
  package let tensor: String

  package init(tensor: String) {
    self.tensor = tensor
  }
}

/// What an optimizer's step found on its way.
package struct OptimizerReport: Equatable, Sendable {
  /// The loss of the batch before the step.
  package let loss: Double
  /// The global norm of its gradient, before clipping.
  package let gradientNorm: Double
  /// Whether the gradient was clipped.
  package let isClipped: Bool

  package init(loss: Double, gradientNorm: Double, isClipped: Bool) {
    self.loss = loss
    self.gradientNorm = gradientNorm
    self.isClipped = isClipped
  }
}

/// What an optimizer has gathered, in a form that can be kept in a file.
package struct OptimizerState: Equatable, Sendable {
  /// Named as the optimizer likes; one for each tensor of the network is named after it, `exp_avg.net.0.weight`.
  package var tensors: [NamedTensor]
  /// Counters and the like.
  package var numbers: [String: Double]

  package init(tensors: [NamedTensor] = [], numbers: [String: Double] = [:]) {
    self.tensors = tensors
    self.numbers = numbers
  }

  /// A counter of that name.
  ///
  /// - Throws: `CheckpointError` if there is none, or if it counts nothing.
  package func count(_ name: String) throws(CheckpointError) -> Int {
    guard let number = numbers[name] else { throw .missing(name) }
    guard let count = Int(exactly: number), count >= 0 else {
      throw .invalid("the optimizer's '\(name)' is \(number), which counts nothing")
    }
    return count
  }
}
