/// How threads share a pass over the parameters: a chunk each at a time, the same ones in every pass, so that each finds
/// them in its core's cache.
enum ParameterChunks {
  private static let length = 8192

  static func count(of parameters: Int) -> Int { (parameters + length - 1) / length }

  static func chunk(_ index: Int, of parameters: Int) -> Range<Int> {
    index * length..<min((index + 1) * length, parameters)
  }
}
