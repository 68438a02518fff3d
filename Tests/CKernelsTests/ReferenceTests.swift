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
    let step = kernel_adamw_step(
      scale: 2, rate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 0, weight_decay: 0.5, bias1: 0.1, bias2: 0.001)
    kernel_reference_adamw(step, &parameters, &moment1, &moment2, [4, -8], 2)
    #expect(abs(parameters[0] - (0.95 - 0.1)) < 1e-6)
    #expect(abs(parameters[1] - (-1.9 + 0.1)) < 1e-6)
  }
}
