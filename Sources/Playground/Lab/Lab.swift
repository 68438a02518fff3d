import Diffusion
import Dispatch
import Synchronization
import Terminal

/// Trains in the background, one run or two, and keeps the latest frames for the screen.
///
/// The serial queue orders commands and slices of training; the mutex proves that only one of them touches the session.
/// A slice takes a few milliseconds of steps and enqueues the next one behind whatever commands have arrived, so that a
/// command waits for one slice at most (with a huge batch, for one step).
package final class Lab: Sendable {
  /// What it can be told to do; commands are done in their order, between slices.
  package enum Command: Equatable, Sendable {
    /// Goes on until told, as all commands without a run do: A and B, where there is one.
    case run
    case pause
    /// Takes so many steps, in addition to those of an earlier `advance` still to be taken, and pauses.
    case advance(Int)
    /// A trains up to something, and pauses.
    case runUntil(Until)
    /// A goes on under other settings, which the weights must survive; see `Experiment.obstacle(to:)`.
    case change(Experiment)
    /// Begins again, with fresh weights or those that the run was given, and without B. Frames carry the new run from here
    /// on.
    case restart(Experiment, Dataset, seed: UInt64, run: Int)
    /// Keeps A as it is now, in the place of what was kept before, to come back with `restore`.
    case setAside
    /// Exchanges A for what was set aside, as a run of the number that it had.
    case restore
    /// A is again what it was at a checkpoint, the latest up to the step, as another run.
    case goBack(step: Int, run: Int)
    /// Trains a run B beside A: with A's seed, under other settings from that step on, one of a checkpoint or A's present
    /// one. From any step but 0, A's weights must survive them.
    case branch(Experiment, step: Int, run: Int)
    case endBranch
    /// Calls A B, and B A.
    case exchange
  }

  /// A run at one moment, with all that it takes to go on from there.
  package struct Capture: Sendable {
    package let checkpoint: Checkpoint
    package let dataset: Dataset
    package let frame: Frame
  }

  private let queue = DispatchQueue(label: "training")
  private let session: Mutex<Session>
  private let latest: Mutex<[Frame]>
  private let waker: Waker
  /// The moment before the first step.
  package let firstFrame: Frame

  /// - Parameters:
  ///   - run: What goes on.
  ///   - threads: Threads that share a step of the runs that follow it.
  ///   - historyBytes: What the past of each run may take.
  ///   - waker: Called whenever there is a new frame.
  ///   - clock: What slices and frames are timed by.
  package init(
    _ run: Run, threads: Int, historyBytes: Int = History.standardBytes, waker: Waker,
    clock: @escaping Clock = { .now }
  ) {
    var session = Session(run, threads: threads, historyBytes: historyBytes, clock: clock)
    firstFrame = session.makeFrames()[0]
    latest = Mutex([])
    self.session = Mutex(session)
    self.waker = waker
  }

  /// Returns at once; the command is carried out after what was sent before, between two slices of training.
  package func send(_ command: Command) {
    queue.async { [self] in
      let startsTraining = session.withLock { session in
        session.perform(command)
        publish(session.makeFrames())
        return session.claimSlice()
      }
      if startsTraining { enqueueSlice() }
    }
  }

  /// The latest frames, of A and then of B, if they have not been taken yet. Until they are, no new ones are made while
  /// training goes on: a slow screen gets fewer.
  package func takeFrames() -> [Frame] {
    latest.withLock { latest in
      defer { latest = [] }
      return latest
    }
  }

  /// The run as it is once all commands sent so far have been performed. Training goes on; whoever asks waits for a slice
  /// or two.
  package func capture() -> Capture { queue.sync { session.withLock(\.capture) } }

  private func enqueueSlice() {
    queue.async { [self] in
      let goesOn = session.withLock { session in
        session.runSlice()
        // What training pauses with is always shown; on the way, as much as the screen takes.
        if session.isFrameDue, session.isPaused || isFrameTaken { publish(session.makeFrames()) }
        return session.continueSlices()
      }
      if goesOn { enqueueSlice() }
    }
  }

  private var isFrameTaken: Bool { latest.withLock(\.isEmpty) }

  private func publish(_ frames: [Frame]) {
    latest.withLock { $0 = frames }
    waker.wake()
  }
}
