import CKernels
import Expect

/// A matrix of single precision, row-major, for optimizers that look at a layer's gradient as one.
struct Matrix: Equatable, Sendable {
  let rows: Int
  let columns: Int
  var values: [Float]

  init(_ rows: Int, _ columns: Int, _ values: [Float]? = nil) {
    expect(values.map { $0.count == rows * columns } ?? true, "a matrix [\(rows), \(columns)] of other values")
    (self.rows, self.columns) = (rows, columns)
    self.values = values ?? [Float](repeating: 0, count: rows * columns)
  }

  /// Becomes keep·self + scale·left·right, either factor transposed if it is said so. The same bits for any number of
  /// threads.
  mutating func multiply(
    _ left: Matrix, transposed leftTransposed: Bool = false, _ right: Matrix, transposed rightTransposed: Bool = false,
    keep: Float = 0, scale: Float = 1, _ kernel: kernel_isa, _ workers: Workers
  ) {
    let depth = leftTransposed ? left.rows : left.columns
    expect(
      (leftTransposed ? left.columns : left.rows) == rows && (rightTransposed ? right.columns : right.rows) == depth
        && (rightTransposed ? right.rows : right.columns) == columns, "factors of other shapes")
    var scratch = [Float](repeating: 0, count: depth * Int(KERNEL_TILE) * workers.count)
    let (rows, columns) = (rows, columns)
    values.withUnsafeMutableBufferPointer { result in
      left.values.withUnsafeBufferPointer { a in
        right.values.withUnsafeBufferPointer { b in
          scratch.withUnsafeMutableBufferPointer { scratch in
            let product = kernel_product(
              left: a.baseAddress, left_row: leftTransposed ? 1 : left.columns,
              left_column: leftTransposed ? left.columns : 1, right: b.baseAddress,
              right_row: rightTransposed ? 1 : right.columns, right_column: rightTransposed ? right.columns : 1,
              result: result.baseAddress, rows: rows, columns: columns, depth: depth, keep: keep, scale: scale)
            workers.run(
              kernel_product_tiles(product), Multiply(kernel: kernel, product: product, scratch: scratch))
          }
        }
      }
    }
  }
}

/// A tile of columns an iteration.
private struct Multiply: ParallelLoop {
  let kernel: kernel_isa
  let product: kernel_product
  let scratch: UnsafeMutableBufferPointer<Float>

  func run(_ index: Int, worker: Int) {
    let room = product.depth * Int(KERNEL_TILE)
    kernel_multiply(kernel, product, index, scratch.baseAddress.map { $0 + worker * room })
  }
}
