import Diffusion
import Testing

@Suite("Activation")
struct ActivationTests {
  @Test("exact GELU and its derivative match PyTorch in double")
  func gelu() throws {
    let reference = try Reference("gelu")
    for i in 0..<reference["x"].count {
      let x = reference["x"][i].double
      #expect(abs(Activation.gelu.value(x) - reference["gelu"][i].double) < 1e-14)
      #expect(abs(Activation.gelu.derivative(x) - reference["derivative"][i].double) < 1e-14)
    }
  }

  @Test("SiLU and its derivative match PyTorch")
  func silu() throws {
    let reference = try Reference("seed_program")["silu"]
    let x = reference["x"].floats
    #expect(maximumError(x.map { Activation.silu.value($0) }, reference["y"].floats) < 1e-6)
    #expect(maximumError(x.map { Activation.silu.derivative($0) }, reference["derivative"].floats) < 1e-6)
  }
}
