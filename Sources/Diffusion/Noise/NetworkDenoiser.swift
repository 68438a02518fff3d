/// A trained network, seen as a denoiser: a snapshot that further training does not change.
package struct NetworkDenoiser: Denoiser {
  package let network: MLP

  package init(network: MLP) {
    self.network = network
  }

  package func epsilon(x: [Point], sigma: [Float]) -> [Point] {
    precondition(x.count == sigma.count, "\(x.count) points, but \(sigma.count) noise levels")
    var input: [Float] = []  // [B, 4]
    input.reserveCapacity(4 * x.count)
    for (point, sigma) in zip(x, sigma) {
      let embedding = sigmaEmbedding(sigma)
      input += [point.x, point.y, embedding.x, embedding.y]
    }
    let output = network.forward(input)  // [B, 2]
    return (0..<x.count).map { Point(output[2 * $0], output[2 * $0 + 1]) }
  }
}
