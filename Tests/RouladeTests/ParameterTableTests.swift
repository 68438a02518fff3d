import Diffusion
import Goldens
import Testing

@testable import roulade

@Suite("The table of options")
struct ParameterTableTests {
  @Test("the one in docs/options.md is made of the parameters")
  func table() { #expect(difference(Parameter.optionTable, named: "options", in: "docs/options.md") == nil) }

  @Test("a bar in a cell begins no column")
  func columns() {
    let rows = Parameter.optionTable.split(separator: "\n")
    #expect(rows.count > 30)
    for row in rows { #expect(row.replacing("\\|", with: "").count { $0 == "|" } == 5, "\(row)") }
  }
}
