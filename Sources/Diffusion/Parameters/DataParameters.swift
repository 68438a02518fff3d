extension Parameter {
  /// What is learned.
  static let data: [Parameter] = [
    Parameter(
      "data", "data set", .data, "What to learn", .dataSource, placeholder: "name|word:TEXT|file",
      check: { $0.experiment.data.problem },
      get: { $0.experiment.data },
      set: { configuration, value, original in
        guard configuration.experiment.data != value else { return }
        let scale = configuration.experiment.data.scale
        configuration.experiment.data = value
        if let scale { configuration.experiment.data.scale = scale }
        configuration.sampling.label = nil
      }),
    Parameter(
      "scale", "scale of the file", .data, "How the points of a file are put into the box from -1 to 1", .scale,
      applies: { $0.experiment.data.scale != nil },
      get: { $0.experiment.data.scale ?? .together },
      set: { configuration, value, _ in configuration.experiment.data.scale = value }),
    Parameter(
      "points", "number of points", .data, "Points of a shape or a word",
      .whole(1...DataSource.mostPoints, stops: [100, 1000, 5000, 20_000, 100_000]),
      applies: { $0.experiment.data.count != nil },
      get: { $0.experiment.data.count ?? 1 },
      set: { configuration, value, _ in configuration.experiment.data.resize(to: value) }),
    Parameter(
      "data-seed", "seed of the data", .data,
      "Determines the points of a word and of a shape that has random ones, and which are held out; training has a seed of its own",
      .whole(0...UInt64.max, stops: [0, 1, 2, 3, 4]), \.experiment.dataSeed,
      misfit: { configuration in
        let experiment = configuration.experiment
        return experiment.data.isRandom || experiment.holdout > 0
          ? nil
          : "\(experiment.data.name) has the same points under every seed; which are held out is for it to decide, with --holdout"
      }),
    Parameter(
      "holdout", "share held out", .data,
      "Share of the points that training does not see, so that learning and memorising come apart",
      .number(.from(0, toBelow: 1), stops: [0, 0.1, 0.2, 0.5]), \.experiment.holdout,
      check: { configuration in
        let (share, count) = (configuration.experiment.holdout, configuration.experiment.data.count ?? .max)
        return share == 0 || share * Double(count) >= 0.5 ? nil : "of \(count) points that is none"
      }),
    Parameter(
      "label-dropout", "share of labels hidden", .data,
      "Share of rows trained without their class, for data with classes: what guidance needs to know (Ho and Salimans 2022)",
      .number(.from(0, to: 1), stops: [0, 0.1, 0.2, 0.5, 1]), \.experiment.labelDropout,
      applies: { !$0.classNames.isEmpty }),
  ]
}

extension Domain where Value == DataSource {
  /// A shape by name, `word:TEXT`, or a path, which has a dot or a slash in it.
  fileprivate static var dataSource: Domain {
    let names = Shape.allCases.map(\.rawValue)
    return Domain(
      takes: names.joined(separator: ", ") + ", word:TEXT (letters and digits), or a file of points, .csv or .tsv",
      choices: Shape.allCases.map { Choice(name: $0.rawValue, summary: $0.summary) }, placeholder: "name",
      read: { text throws(Parameter.Refusal) in
        let source: DataSource
        if text.hasPrefix("word:") {
          source = .word(String(text.dropFirst("word:".count)), count: 20_000)
        } else if let shape = Shape(rawValue: text.lowercased()) {
          source = .shape(shape, count: shape.standardCount)
        } else if text.contains(".") || text.contains("/") {
          source = .file(path: text)
        } else {
          throw Parameter.Refusal(
            description: Choice.unknown(
              text, "data set", among: names, others: ["word:TEXT", "a file such as points.csv"]))
        }
        if let problem = source.problem { throw Parameter.Refusal(description: problem) }
        return source
      },
      print: \.text, allows: { _ in true },
      stops: Stops(
        values: { _, original in
          let shapes = Shape.allCases.map { DataSource.shape($0, count: $0.standardCount) }
          guard case .shape(let shape, _) = original else { return [original] + shapes }
          return shapes.map { if case .shape(shape, _) = $0 { original } else { $0 } }
        }, isLess: nil),
      explain: { if case .shape(let shape, _) = $0 { shape.summary } else { nil } })
  }
}

extension Domain where Value == UnitBox.Scale {
  fileprivate static var scale: Domain {
    .named(
      "scale", Value.allCases, name: \.rawValue, summary: \.summary,
      // The playground has read the file already.
      stops: Stops(values: { _, original in [original] }, isLess: nil))
  }
}

extension DataSource {
  /// How a file's points are put into their box; nil for points that are made, which are in it.
  package fileprivate(set) var scale: UnitBox.Scale? {
    get { if case .file(_, let scale) = self { scale } else { nil } }
    set { if case .file(let path, _) = self, let newValue { self = .file(path: path, scale: newValue) } }
  }

  /// The same as it is read: a file whose path begins like an option, or looks like no file's, is said to be here.
  fileprivate var text: String {
    guard case .file(let path, _) = self else { return name }
    return path.hasPrefix("-") || !path.contains(where: { "./".contains($0) }) ? "./" + path : path
  }

  fileprivate mutating func resize(to count: Int) {
    switch self {
    case .shape(let shape, _): self = .shape(shape, count: count)
    case .word(let word, _): self = .word(word, count: count)
    case .file: break
    }
  }
}
