import Diffusion
import Dispatch
import Synchronization
import Terminal

/// Trains in the background and keeps the latest frame for the screen.
///
/// The serial queue orders commands and slices of training; the mutex proves that only one of them touches the session.
/// A slice takes a few milliseconds of steps and enqueues the next one behind whatever commands have arrived, so that a
/// command waits for one slice at most (with a huge batch, for one step).
package final class Lab: Sendable {
  package enum Command: Equatable, Sendable {
    case run
    case pause
    /// Takes so many steps, in addition to those of an earlier `advance` still to be taken, and pauses.
    case advance(Int)
    /// Trains up to something, and pauses.
    case runUntil(Until)
    /// Goes on under other settings, which the weights must survive; see `Experiment.obstacle(to:)`.
    case change(Experiment)
    /// Begins again, with fresh weights or those that the run was given. Frames carry the new run from here on.
    case restart(Experiment, Dataset, seed: UInt64, run: Int)
  }

  /// A run at one moment, with all that it takes to go on from there.
  package struct Capture: Sendable {
    package let checkpoint: Checkpoint
    package let dataset: Dataset
    package let frame: Frame
  }

  private let queue = DispatchQueue(label: "training")
  private let session: Mutex<Session>
  private let latest: Mutex<Frame?>
  private let waker: Waker
  /// The moment before the first step.
  package let firstFrame: Frame

  /// - Parameters:
  ///   - run: What goes on.
  ///   - threads: Threads that share a step of the runs that follow it.
  ///   - waker: Called whenever there is a new frame.
  ///   - clock: What slices and frames are timed by.
  package init(_ run: Run, threads: Int, waker: Waker, clock: @escaping Clock = { .now }) {
    var session = Session(run, threads: threads, clock: clock)
    firstFrame = session.makeFrame()
    latest = Mutex(nil)
    self.session = Mutex(session)
    self.waker = waker
  }

  /// Returns at once; the command is carried out after what was sent before, between two slices of training.
  package func send(_ command: Command) {
    queue.async { [self] in
      let startsTraining = session.withLock { session in
        session.perform(command)
        publish(session.makeFrame())
        return session.claimSlice()
      }
      if startsTraining { enqueueSlice() }
    }
  }

  /// The latest frame, if it has not been taken yet. Until it is, no new one is made while training goes on: a slow
  /// screen gets fewer.
  package func takeFrame() -> Frame? {
    latest.withLock { latest in
      defer { latest = nil }
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
        if session.isFrameDue, session.isPaused || isFrameTaken { publish(session.makeFrame()) }
        return session.continueSlices()
      }
      if goesOn { enqueueSlice() }
    }
  }

  private var isFrameTaken: Bool { latest.withLock { $0 == nil } }

  private func publish(_ frame: Frame) {
    latest.withLock { $0 = frame }
    waker.wake()
  }
}
