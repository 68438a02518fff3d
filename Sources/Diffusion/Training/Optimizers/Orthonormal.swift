import CKernels
import Expect

/// The orthogonal factor Q of a square matrix's QR decomposition, transposed: its rows are orthonormal, and the first k of
/// them span the first k columns of the matrix. By Householder's reflections, in blocks (Schreiber and Van Loan 1989, "A
/// storage-efficient WY representation for products of Householder transformations"), so that most of it is products:
///
///     H₁·H₂·…·H_b = I − Vᵀ·T·V,   H = I − 2·vᵀ·v,   v the rows of V
///
/// Orthonormal, to single precision, whatever the matrix's rank; nil if the matrix is zero or not finite.
func orthonormalColumns(_ matrix: Matrix, _ kernel: kernel_isa, _ workers: Workers) -> Matrix? {
  let size = matrix.rows
  expect(matrix.columns == size, "a matrix [\(size), \(matrix.columns)] is not square")
  let largest = matrix.values.reduce(0) { max($0, abs($1)) }
  guard largest > 0, matrix.values.allSatisfy(\.isFinite) else { return nil }
  // [matrix, I], which the reflections make [R, Qᵀ]. Its scale is taken out, lest squares overflow.
  var joined = Matrix(size, 2 * size)
  for row in 0..<size {
    for column in 0..<size { joined.values[row * 2 * size + column] = matrix.values[row * size + column] / largest }
    joined.values[row * 2 * size + size + row] = 1
  }
  let width = 16
  for first in stride(from: 0, to: size, by: width) {
    let columns = first..<min(first + width, size)
    let v = reflections(of: joined, columns, kernel)
    let t = triangle(v, kernel)
    var (product, scaled) = (Matrix(v.rows, 2 * size), Matrix(v.rows, 2 * size))
    product.multiply(v, joined, kernel, workers)
    scaled.multiply(t, transposed: true, product, kernel, workers)
    joined.multiply(v, transposed: true, scaled, keep: 1, scale: -1, kernel, workers)
  }
  return Matrix(size, size, (0..<size).flatMap { joined.values[$0 * 2 * size + size..<($0 + 1) * 2 * size] })
}

/// The directions v, a row each, of the reflections that make these columns zero below the diagonal.
private func reflections(of matrix: Matrix, _ columns: Range<Int>, _ kernel: kernel_isa) -> Matrix {
  let size = matrix.rows
  var panel = Matrix(
    size, columns.count, (0..<size).flatMap { row in columns.map { matrix.values[row * matrix.columns + $0] } })
  var result = Matrix(columns.count, size)
  for (index, diagonal) in columns.enumerated() {
    var v = Matrix(1, size)
    for row in diagonal..<size { v.values[row] = panel.values[row * panel.columns + index] }
    let norm = v.length
    // Away from zero, so that nothing cancels.
    v.values[diagonal] += v.values[diagonal] < 0 ? -norm : norm
    let length = v.length
    // A column that is zero needs no reflection; its v stays zero.
    guard length > 0 else { continue }
    for row in diagonal..<size { v.values[row] /= length }
    var product = Matrix(1, panel.columns)
    product.multiply(v, panel, kernel, .single)
    panel.multiply(v, transposed: true, product, keep: 1, scale: -2, kernel, .single)
    result.values.replaceSubrange(index * size..<(index + 1) * size, with: v.values)
  }
  return result
}

/// T, upper triangular: a column of it for each reflection that is put behind those before it.
private func triangle(_ v: Matrix, _ kernel: kernel_isa) -> Matrix {
  var (products, t) = (Matrix(v.rows, v.rows), Matrix(v.rows, v.rows))
  products.multiply(v, transposed: false, v, transposed: true, kernel, .single)
  for column in 0..<v.rows {
    for row in 0..<column {
      let sum = (row..<column).reduce(0) { $0 + t[row, $1] * products[$1, column] }
      t.values[row * v.rows + column] = -2 * sum
    }
    t.values[column * v.rows + column] = 2
  }
  return t
}

extension Matrix {
  fileprivate subscript(row: Int, column: Int) -> Float { values[row * columns + column] }

  fileprivate var length: Float {
    Float(values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot())
  }
}
