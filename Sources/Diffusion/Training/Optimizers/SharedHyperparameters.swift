/// What several optimizers have, under one key each, with a standard value of their own.
extension Hyperparameter {
  static func beta1(_ standard: Double) -> Hyperparameter {
    Hyperparameter(
      "beta1", "beta1", "Decay of the mean gradient (Kingma and Ba 2015)", standard: standard, .from(0, toBelow: 1),
      stops: [0.5, 0.8, 0.9, 0.95])
  }

  static func beta2(_ standard: Double) -> Hyperparameter {
    Hyperparameter(
      "beta2", "beta2", "Decay of the mean square gradient (Kingma and Ba 2015); in lion, of the mean gradient",
      standard: standard, .from(0, toBelow: 1), stops: [0.9, 0.95, 0.99, 0.999])
  }

  static func epsilon(_ standard: Double) -> Hyperparameter {
    Hyperparameter(
      "epsilon", "epsilon", "What is added to the root of the mean square gradient", standard: standard,
      .above(0, to: 1), stops: [1e-8, 1e-6, 1e-4])
  }

  static func weightDecay(_ standard: Double) -> Hyperparameter {
    Hyperparameter(
      "weight-decay", "weight decay", "Decay of the weights, apart from the gradient (Loshchilov and Hutter 2019)",
      standard: standard, .from(0, to: 1e6), stops: [0, 1e-4, 1e-3, 1e-2, 0.1])
  }
}
