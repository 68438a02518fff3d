/// Block letters drawn with straight strokes on a grid 4 wide and 6 high.
package enum StrokeFont {
  /// From one letter's left edge to the next one's.
  package static let advance = 6
  /// As many letters as are still readable in a small picture.
  static let mostLetters = 12

  /// What is wrong with a word, in words; nil if it can be drawn.
  static func problem(_ word: String) -> String? {
    let letters = word.uppercased()
    if let unknown = letters.first(where: { $0 != " " && glyphs[$0] == nil }) {
      return "there is no letter for '\(unknown)'; there are A to Z, 0 to 9, space and \(punctuation)"
    }
    if letters.allSatisfy({ $0 == " " }) { return "a word needs a letter" }
    return letters.count > mostLetters ? "a word has at most \(mostLetters) letters, not \(letters.count)" : nil
  }

  /// The strokes of each letter that is not a space, from left to right.
  package static func strokes(of word: String) -> [[[Point]]] {
    word.uppercased().enumerated().compactMap { place, letter in
      glyphs[letter]?.split(separator: " ").map { stroke in
        let digits = stroke.map { Float($0.wholeNumberValue ?? 0) }
        return stride(from: 0, to: digits.count, by: 2).map {
          Point(digits[$0] + Float(advance * place), digits[$0 + 1])
        }
      }
    }
  }

  private static let punctuation = "- + ! ? ."

  /// Strokes as runs of digits, x and y in turn.
  private static let glyphs: [Character: String] = [
    "A": "002640 1333",
    "B": "0006 063645443303 3342413000",
    "C": "4536160501103041",
    "D": "0006 063645413000",
    "E": "46060040 0333",
    "F": "460600 0333",
    "G": "45361605011030414323",
    "H": "0006 4046 0343",
    "I": "2026 1030 1636",
    "J": "4641301001",
    "K": "0006 460340",
    "L": "060040",
    "M": "0006234640",
    "N": "00064046",
    "O": "100105163645413010",
    "P": "0006 063645443303",
    "Q": "100105163645413010 2240",
    "R": "0006 063645443303 2340",
    "S": "453616050413334241301001",
    "T": "0646 2620",
    "U": "060110304146",
    "V": "062046",
    "W": "0610233046",
    "X": "0046 0640",
    "Y": "062346 2320",
    "Z": "06460040",
    "0": "100105163645413010 1135",
    "1": "152620 1030",
    "2": "05163645440040",
    "3": "051636454433 13334241301001",
    "4": "30360242",
    "5": "460603334241301001",
    "6": "4536160501103041423303",
    "7": "064610",
    "8": "13040516364544331302011030414233",
    "9": "4313040516364541301001",
    "-": "1333",
    "+": "1333 2224",
    "!": "2622 2021",
    "?": "05163645442322 2021",
    ".": "2021",
  ]
}
