import Diffusion
import Foundation
import Testing

@testable import roulade

@Suite("The table of options")
struct ParameterTableTests {
  @Test("the README's option table is made of the parameters")
  func readme() throws {
    let file = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../README.md").standardized
    let readme = try String(contentsOf: file, encoding: .utf8)
    let table = Parameter.optionTable
    #expect(
      readme.contains("<!-- options: made from the parameters -->\n\(table)\n<!-- end of options -->"), "\(table)")
  }

  @Test("every option is in it, and a bar in a cell is no column")
  func whole() throws {
    let rows = Parameter.optionTable.split(separator: "\n")
    let options = try ExperimentOptions.parse([])
    #expect(rows.count > 30 && options.dataOptions.options.given.isEmpty)
    for row in rows { #expect(row.replacing("\\|", with: "").count { $0 == "|" } == 5, "\(row)") }
  }
}
