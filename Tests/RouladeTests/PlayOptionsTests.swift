import Testing

@Suite("roulade play's own options")
struct PlayOptionsTests {
  @Test(
    "what makes no sense is one line with the option's name, and what it takes",
    arguments: [
      ("--history", "-5", "a whole number from 1 to 65536"),
      ("--glyphs", "none", "no such kind of glyphs; there are: braille, block, ascii"),
      (
        "--theme", "drak",
        "no such theme; did you mean 'dark'? there are: auto, middle, dark, light, high-contrast"
      ),
      ("--instruction-set", "avx", "no such instruction set; did you mean 'avx2'? there are: baseline, avx2, avx512"),
    ])
  func usage(option: String, value: String, message: String) throws {
    let run = try roulade(["play", "--no-state", option, value])
    #expect(run == Run(code: 64, output: "", error: "roulade: \(option) \(value): \(message)\n"))
  }
}
