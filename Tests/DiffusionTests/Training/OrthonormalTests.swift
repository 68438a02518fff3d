import Testing

@testable import Diffusion

@Suite("Orthonormal columns")
struct OrthonormalTests {
  @Test("Q is orthogonal, and Qᵀ·A upper triangular", arguments: [1, 2, 7, 16, 17, 48, 100])
  func factor(size: Int) throws {
    try check(Self.random(size))
  }

  @Test("whatever the rank", arguments: [0, 1, 5])
  func rank(_ rank: Int) throws {
    let (left, right) = (Self.random(40), Self.random(40))
    var matrix = Matrix(40, 40)
    for row in 0..<40 {
      for column in 0..<40 {
        for k in 0..<rank {
          matrix.values[row * 40 + column] += left.values[row * 40 + k] * right.values[k * 40 + column]
        }
      }
    }
    if rank == 0 { matrix.values[17 * 40 + 33] = 1 }
    try check(matrix)
  }

  @Test("whatever the scale", arguments: [1e-30, 1e30] as [Float])
  func scale(_ scale: Float) throws {
    var matrix = Self.random(20)
    for i in matrix.values.indices { matrix.values[i] *= scale }
    try check(matrix)
  }

  @Test("nothing of what is zero or not finite", arguments: [0, .nan, .infinity] as [Float])
  func nothing(_ value: Float) {
    #expect(
      orthonormalColumns(Matrix(3, 3, [Float](repeating: value, count: 9)), InstructionSet.best.kernel, .single) == nil)
  }

  private static func random(_ size: Int) -> Matrix {
    var random = Random(seed: 5)
    return Matrix(size, size, (0..<size * size).map { _ in random.uniform() - 0.5 })
  }

  private func check(_ a: Matrix) throws {
    let size = a.rows
    let q = try #require(orthonormalColumns(a, InstructionSet.best.kernel, .single))
    let largest = a.values.reduce(0) { max($0, abs(Double($1))) }
    for i in 0..<size {
      for j in 0..<size {
        var (dot, r) = (0.0, 0.0)
        for k in 0..<size {
          dot += Double(q.values[i * size + k]) * Double(q.values[j * size + k])
          r += Double(q.values[i * size + k]) * Double(a.values[k * size + j]) / largest
        }
        #expect(abs(dot - (i == j ? 1 : 0)) < 1e-5)
        if i > j { #expect(abs(r) < 1e-5) }
      }
    }
  }
}
