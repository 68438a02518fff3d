#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Traps if a condition does not hold that only a bug in the program can break, after a line on standard error that says
/// what and where. Unlike `precondition`, which prints nothing in the release build.
///
/// - Parameters:
///   - condition: What the caller has promised.
///   - message: What is there instead.
@inlinable @inline(__always)
package func expect(
  _ condition: @autoclosure () -> Bool, _ message: @autoclosure () -> String, file: StaticString = #fileID,
  line: UInt = #line
) {
  if !condition() { bug(message(), file: file, line: line) }
}

/// Ends the process, after a line on standard error that says what was broken and where: a bug of the caller's.
@usableFromInline @inline(never)
package func bug(_ message: String, file: StaticString = #fileID, line: UInt = #line) -> Never {
  let text = Array("roulade: bug at \(file):\(line): \(message)\n".utf8)
  _ = text.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  // The line has been printed, and the crash handler adds where to report it.
  preconditionFailure()
}
