import Diffusion
import Testing

@testable import roulade

@Suite("--help")
struct HelpTests {
  /// The options under each title, in the order of the help.
  private func sections(_ help: String) -> [(title: String, options: [String])] {
    var sections: [(title: String, options: [String])] = []
    for line in help.split(separator: "\n") {
      if let title = line.wholeMatch(of: /([A-Z]+):/) {
        sections.append((String(title.1), []))
      } else if !sections.isEmpty, let option = line.firstMatch(of: /^ +(?:-\w, )?--([\w-]+)/) {
        sections[sections.count - 1].options.append(String(option.1))
      }
    }
    return sections
  }

  @Test("its options stand under titles, in the order in which they are applied")
  func titles() {
    let begin = ["RUN", "DATA", "NOISE", "NETWORK", "TRAINING", "START"]
    for (help, end) in [
      (Play.helpMessage(), ["SAMPLES", "OPTIONS"]), (Train.helpMessage(), ["GOALS", "SAMPLES", "OUTPUT", "OPTIONS"]),
    ] {
      let sections = sections(help)
      #expect(sections.map(\.title) == begin + end)
      #expect(sections.allSatisfy { !$0.options.isEmpty })
    }
  }

  @Test("every setting stands under its group's title, once", arguments: Parameter.Group.allCases)
  func settings(group: Parameter.Group) {
    let title = group == .sampling ? "SAMPLES" : group.rawValue.uppercased()
    for help in [Play.helpMessage(), Train.helpMessage()] {
      let sections = sections(help)
      for parameter in Parameter.all where parameter.group == group {
        #expect(sections.filter { $0.options.contains(parameter.key) }.map(\.title) == [title], "\(parameter.key)")
        #expect(sections.flatMap(\.options).count { $0 == parameter.key } == 1)
      }
    }
  }
}
