import CKernels
import Testing

@Suite("The plain-loop reference")
struct ReferenceTests {
  @Test("the gradient agrees with finite differences of the loss", arguments: [KERNEL_SILU, KERNEL_GELU])
  func finiteDifferences(activation: kernel_activation) {
    let network = TestNetwork(widths: [3, 5, 4, 2], rows: 6, activation: activation)
    let (_, gradient) = network.referenceGradient()
    for i in network.parameters.indices {
      // Exactly representable steps, large enough that float32 rounding of the parameters does not matter.
      var up = network
      var down = network
      up.parameters[i] += 0x1p-9
      down.parameters[i] -= 0x1p-9
      let step = Double(up.parameters[i]) - Double(down.parameters[i])
      let slope = (up.referenceGradient().loss - down.referenceGradient().loss) / step
      #expect(abs(slope - Double(gradient[i])) < 2e-5 * max(1, abs(slope)))
    }
  }

  @Test("AdamW's first step moves each parameter by the rate against its gradient, after decay")
  func firstAdamWStep() {
    var parameters: [Float] = [1, -2]
    var moment1: [Float] = [0, 0]
    var moment2: [Float] = [0, 0]
    kernel_reference_adamw(&parameters, &moment1, &moment2, [4, -8], 2, 0.5, 0.1, 0.9, 0.999, 0, 0.5, 0.1, 0.001)
    #expect(abs(parameters[0] - (0.95 - 0.1)) < 1e-6)
    #expect(abs(parameters[1] - (-1.9 + 0.1)) < 1e-6)
  }
}
