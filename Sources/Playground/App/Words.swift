/// `12,345`
func grouped(_ count: Int) -> String {
  var text = String(count)
  var end = text.count - 3
  while end > (count < 0 ? 1 : 0) {
    text.insert(",", at: text.index(text.startIndex, offsetBy: end))
    end -= 3
  }
  return text
}

/// `42 %`
func percent(_ share: Float) -> String {
  share.isFinite ? "\(Int((100 * min(max(share, -99), 99)).rounded())) %" : "– %"
}
