// What the views of runs say of themselves.

extension CoursePane {
  package func explanations(_ world: World) -> [Explanation] {
    [
      Explanation(
        "the whole loss",
        shows: "The loss of every step so far, with the gradient's norm and the learning rate below it.",
        look: "A first plateau, a fall, a slow end? l and k make the axes logarithmic; grey is the run before.",
        formula: "the mean over about 100 steps")
    ]
  }
}

extension ComparePane {
  package func explanations(_ world: World) -> [Explanation] {
    [
      Explanation(
        "two runs", shows: "A and B: the same first weights, rows and noise, and one setting different.",
        look: world.rival == nil
          ? "o chooses what B has otherwise: another optimizer, say."
          : "Whose loss is lower after as much work? a counts seconds or points; 0 shows where they part.")
    ] + a[chosen].explanations(world)
  }
}

extension DrawPane {
  package func explanations(_ world: World) -> [Explanation] {
    [
      Explanation(
        "your own data", shows: "What you draw here is what the network will learn to draw.",
        look: "Drag the mouse, or press . at the crosshair; Enter trains on it, u brings the old run back.")
    ]
  }
}

extension ProbeOverlay {
  package func explanations(_ world: World) -> [Explanation] {
    [
      Explanation(
        "the probe", shows: "One noisy point: what the network says of its noise and its origin, and what is exact.",
        look: "The lit data points are those that it may have come from. The error falls as the network learns.",
        formula: "x0Hat = x − sigma·epsilonHat;  exact: E[x0 | x]")
    ]
  }
}

extension RacePane {
  package func explanations(_ world: World) -> [Explanation] {
    [
      Explanation(
        "a race",
        shows: isOfRuns(world)
          ? "The runs A and B, sampled alike from the same noise: only what they have learned differs."
          : "Two samplers from the same noise; an evaluation of the network takes both equally long.",
        look: isOfRuns(world)
          ? "Where do the ways of the same noise part? The nearer to the data, the more has been learned."
          : "An ODE's ways are smooth, an SDE's shake. Who is nearer after as many evaluations? o: the runs A and B.",
        formula: "ODE: dx/dsigma = epsilonHat; SDE: 2·epsilonHat + noise")
    ]
  }
}
