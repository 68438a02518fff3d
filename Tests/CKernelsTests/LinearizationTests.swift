import CKernels
import Testing

@Suite("Kernels of the natural gradient")
struct LinearizationTests {
  static let shapes: [(widths: [Int32], rows: Int)] = [
    ([1, 1, 1], 1), ([4, 2], 7), ([5, 17, 1], 33), ([4, 20, 33, 17, 2], 50), ([3, 64, 48, 3], 16),
    ([4, 300, 17, 2], 20),
  ]

  @Test("residuals, J·direction, J·Jᵀ and Jᵀ·coefficients match plain loops", arguments: shapes)
  func linearization(widths: [Int32], rows: Int) {
    for activation in [KERNEL_SILU, KERNEL_GELU] {
      let test = TestNetwork(widths: widths, rows: rows, activation: activation)
      let expected = ReferenceLinearization(test)
      for isa in availableISAs {
        let found = Linearization(test, isa: isa)
        #expect(abs(found.loss / test.referenceGradient().loss - 1) < 2e-6)
        #expect(relativeError(found.residual, expected.residual) < 5e-6)
        #expect(relativeError(found.tangent, expected.tangent) < 5e-6)
        #expect(relativeError(found.gram, expected.gram) < 5e-6)
        #expect(relativeError(found.gradient, expected.gradient) < 5e-6)
        #expect(abs(found.square / expected.square - 1) < 1e-5)
      }
    }
  }

  @Test("the Jacobian agrees with the gradient, which agrees with finite differences")
  func jacobian() {
    let test = TestNetwork(widths: [4, 9, 7, 2], rows: 5, activation: KERNEL_SILU)
    let reference = ReferenceLinearization(test, coefficients: nil)
    #expect(relativeError(reference.gradient.map { 2 * $0 }, test.referenceGradient().gradient) < 1e-6)
  }

  @Test("Cholesky's factors solve; a matrix that is not positive definite is refused", arguments: [16, 48, 160])
  func cholesky(count: Int) {
    var numbers = TestNumbers()
    let (factor, right) = (numbers.next(count * count, within: 1), numbers.next(count, within: 1))
    // A = F Fᵀ / n + 0.1
    func a(_ i: Int, _ k: Int) -> Double {
      (0..<count).reduce(i == k ? 0.1 : 0) { sum, m in
        sum + Double(factor[i * count + m]) * Double(factor[k * count + m]) / Double(count)
      }
    }
    let rows = (0..<count).map { i in (0..<count).map { a(i, $0) } }
    var tiles = [Float](repeating: .nan, count: count * count)
    for i in 0..<count { for k in 0...i { tiles[place(i, k, count)] = Float(rows[i][k]) } }
    // The upper halves of the blocks on the diagonal are there too.
    for i in 0..<count { for k in i..<min(count, (i / 16 + 1) * 16) { tiles[place(i, k, count)] = Float(rows[i][k]) } }
    for isa in availableISAs {
      var matrix = tiles
      #expect(factorize(isa, &matrix, count))
      var x = right
      kernel_cholesky_solve(isa, matrix, count, &x)
      let product = rows.map { row in Float(zip(row, x).reduce(0.0) { $0 + $1.0 * Double($1.1) }) }
      #expect(relativeError(product, right) < 2e-5)

      for hopeless: Float in [-1, .nan, .infinity] {
        var indefinite = tiles
        indefinite[place(count - 3, count - 3, count)] = hopeless
        #expect(!factorize(isa, &indefinite, count))
      }
    }
  }

  @Test("the update moves direction and parameters", arguments: [1, 7, 33])
  func update(count: Int) {
    var numbers = TestNumbers()
    let start = (0..<3).map { _ in numbers.next(count, within: 1) }
    for isa in availableISAs {
      var (parameters, direction, before) = (start[0], start[1], start[1])
      let step = kernel_natural_step(keep: 0.8, rate: 0.1)
      kernel_natural_update(isa, step, &parameters, &before, &direction, start[2], count)
      #expect(before == start[0])
      let expected = zip(start[1], start[2]).map { 0.8 * $0 + $1 }
      #expect(relativeError(direction, expected) < 1e-6)
      #expect(relativeError(parameters, zip(start[0], expected).map { $0 - 0.1 * $1 }) < 1e-6)
    }
  }

  @Test("products match plain loops, whichever operand is transposed", arguments: [1, 7, 16, 33])
  func products(size: Int) {
    var numbers = TestNumbers()
    let (rows, columns, depth) = (size, size + 2, 2 * size + 1)
    let (a, b, start) = (
      numbers.next(rows * depth, within: 1), numbers.next(depth * columns, within: 1),
      numbers.next(rows * columns, within: 1)
    )
    let expected = (0..<rows * columns).map { at in
      let (m, n) = (at / columns, at % columns)
      return 0.5 * start[at] - 2 * (0..<depth).reduce(0) { $0 + a[m * depth + $1] * b[$1 * columns + n] }
    }
    func transposed(_ values: [Float], _ rows: Int) -> [Float] {
      let columns = values.count / rows
      return (0..<values.count).map { values[$0 % rows * columns + $0 / rows] }
    }
    for isa in availableISAs {
      for flip in [false, true] {
        let (left, right) = (flip ? transposed(a, rows) : a, flip ? transposed(b, depth) : b)
        var (result, scratch) = (start, [Float](repeating: .nan, count: depth * 16))
        left.withUnsafeBufferPointer { left in
          right.withUnsafeBufferPointer { right in
            result.withUnsafeMutableBufferPointer { result in
              let product = kernel_product(
                left: left.baseAddress, left_row: flip ? 1 : depth, left_column: flip ? rows : 1,
                right: right.baseAddress, right_row: flip ? 1 : columns, right_column: flip ? depth : 1,
                result: result.baseAddress, rows: rows, columns: columns, depth: depth, keep: 0.5, scale: -2)
              for tile in 0..<kernel_product_tiles(product) { kernel_multiply(isa, product, tile, &scratch) }
            }
          }
        }
        #expect(relativeError(result, expected) < 1e-5)
      }
    }
  }

  private func factorize(_ isa: kernel_isa, _ matrix: inout [Float], _ count: Int) -> Bool {
    for column in 0..<count / 16 {
      guard kernel_cholesky_diagonal(isa, &matrix, count, column) else { return false }
      for row in (column + 1)..<max(count / 16, column + 1) {
        kernel_cholesky_block(isa, &matrix, count, column, row)
      }
    }
    return true
  }
}

/// Where number (i, k) of a matrix in tiles of rows stands.
func place(_ i: Int, _ k: Int, _ count: Int) -> Int { (i / 16 * count + k) * 16 + i % 16 }
