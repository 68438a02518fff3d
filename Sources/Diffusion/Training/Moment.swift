/// A run at one moment, live or recalled: what is looked at.
package struct Moment: Sendable {
  /// Which run's, and after how many steps.
  package struct ID: Hashable, Sendable {
    /// Which run; whoever starts runs numbers them.
    package let run: Int
    /// Steps taken.
    package let step: Int

    package init(run: Int, step: Int) { (self.run, self.step) = (run, step) }
  }

  /// Whose moment it is.
  package let id: ID
  /// What the network is trained by.
  package let experiment: Experiment
  /// The network as it was.
  package var learned: NetworkDenoiser
  /// With the moving average of the weights, if one is kept.
  package var average: NetworkDenoiser?

  /// Recalled.
  ///
  /// - Parameters:
  ///   - checkpoint: Of the run at that moment.
  ///   - dataset: What it learns.
  ///   - run: The number of the run.
  package init(_ checkpoint: Checkpoint, dataset: Dataset, run: Int) {
    func denoiser(_ network: MLP) -> NetworkDenoiser {
      NetworkDenoiser(
        network: network, formulation: checkpoint.experiment.formulation, sigmaData: dataset.sigmaData,
        classCount: dataset.classCount)
    }
    id = ID(run: run, step: checkpoint.step)
    experiment = checkpoint.experiment
    learned = denoiser(checkpoint.network)
    average = checkpoint.average.map { average in
      var network = checkpoint.network
      network.parameters = average.parameters
      return denoiser(network)
    }
  }

  /// The same on one thread, for who leaves the cores to training.
  package var serial: Moment {
    var moment = self
    moment.learned.isParallel = false
    moment.average?.isParallel = false
    return moment
  }

  /// Live; the run may go on.
  package init(_ run: Run) {
    id = ID(run: run.id, step: run.stepCount)
    experiment = run.experiment
    learned = run.denoiser
    average = run.averageDenoiser
  }
}
