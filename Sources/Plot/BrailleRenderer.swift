/// Draws scenes in braille, 2×4 dots a cell.
package struct BrailleRenderer: CellRenderer {
  package init() {}

  package let dotsAcross = 2
  package let dotsDown = 4

  package func render(_ scene: Scene, columns: Int, rows: Int) -> CellGrid {
    // Dots 1 to 8 of a braille cell, as Unicode numbers them from U+2800.
    let bits: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
    var canvas = DotCanvas(columns: columns, rows: rows, dotsAcross: dotsAcross, bits: bits, hasDiagonals: true)
    canvas.draw(scene)
    return canvas.cells { Unicode.Scalar(0x2800 + UInt32($0)) ?? " " }
  }
}

/// Draws scenes in half blocks, 1×2 dots a cell: for consoles whose font has no braille.
package struct BlockRenderer: CellRenderer {
  package init() {}

  package let dotsAcross = 1
  package let dotsDown = 2

  package func render(_ scene: Scene, columns: Int, rows: Int) -> CellGrid {
    // The console's font has arrows for the four main directions alone.
    var canvas = DotCanvas(columns: columns, rows: rows, dotsAcross: dotsAcross, bits: [1, 2], hasDiagonals: false)
    canvas.draw(scene)
    return canvas.cells { [" ", "▀", "▄", "█"][Int($0)] }
  }
}
