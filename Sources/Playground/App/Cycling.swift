extension Collection where Element: Equatable {
  /// The element so many places behind one of them, beginning again after the last.
  func element(after element: Element, _ count: Int = 1) -> Element {
    let place = firstIndex(of: element).map { distance(from: startIndex, to: $0) } ?? 0
    let next = (place + count) % self.count
    return self[index(startIndex, offsetBy: next < 0 ? next + self.count : next)]
  }
}
