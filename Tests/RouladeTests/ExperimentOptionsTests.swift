import Diffusion
import Testing

@testable import roulade

@Suite("Experiment options")
struct ExperimentOptionsTests {
  private func failure(_ arguments: String...) throws -> Failure? {
    let options = try ExperimentOptions.parse(arguments)
    do {
      _ = try options.experiment()
      _ = try options.threadCount()
      return nil
    } catch let failure as Failure {
      return failure
    }
  }

  @Test("no options give the default preset")
  func defaults() throws {
    #expect(try ExperimentOptions.parse([]).experiment() == .standard)
  }

  @Test("options change the preset's settings")
  func overrides() throws {
    let options = try ExperimentOptions.parse([
      "--preset", "seed", "--steps", "400", "--batch", "32", "--lr", "0.001", "--hidden", "8, 16", "--activation",
      "gelu",
    ])
    var expected = Experiment.seed
    (expected.runs, expected.batchSize, expected.learningRate) = ([400], 32, 0.001)
    (expected.hidden, expected.activation) = ([8, 16], .gelu)
    #expect(try options.experiment() == expected)
  }

  @Test("an unknown preset names the nearest and lists all")
  func unknownPreset() throws {
    #expect(
      try failure("--preset", "sed")
        == Failure(
          "unknown preset 'sed'; did you mean 'seed'? there are: default, seed, smalldiffusion", code: 64))
  }

  @Test("numbers out of range say what is allowed")
  func outOfRange() throws {
    #expect(try failure("--steps", "0") == Failure("--steps 0: training takes 1 step or more", code: 64))
    #expect(try failure("--batch", "0") == Failure("--batch 0: a batch has 1 to 65536 rows", code: 64))
    #expect(try failure("--lr", "nan") == Failure("--lr nan: a learning rate is a number above 0", code: 64))
    #expect(
      try failure("--hidden", "8,,9")
        == Failure("--hidden 8,,9: 1 to 11 widths from 1 to 1024, as in 128,256,128", code: 64))
    #expect(try failure("--threads", "0") == Failure("--threads 0: 1 to 256 threads", code: 64))
  }

  @Test("the edit distance counts insertions, deletions and substitutions")
  func distance() {
    #expect(editDistance("kitten", "sitting") == 3)
    #expect(editDistance("", "abc") == 3)
    #expect(editDistance("seed", "seed") == 0)
  }
}
