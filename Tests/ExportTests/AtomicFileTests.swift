import Export
import Foundation
import Testing

@Suite("Atomic files")
struct AtomicFileTests {
  @Test("a file is replaced whole, and nothing else is left")
  func replaced() throws {
    try withDirectory { directory in
      try AtomicFile.write("one, which is longer", to: directory + "/a")
      try AtomicFile.write("two", to: directory + "/a")
      #expect(try String(contentsOfFile: directory + "/a", encoding: .utf8) == "two")
      #expect(try names(in: directory) == ["a"])
    }
  }

  @Test("a file that cannot take its name leaves nothing behind")
  func failed() throws {
    try withDirectory { directory in
      try FileManager.default.createDirectory(atPath: directory + "/a/b", withIntermediateDirectories: true)
      #expect(
        failure { try AtomicFile.write("x", to: directory + "/a") } == "cannot write \(directory)/a: is a directory")
      #expect(try names(in: directory) == ["a"])
      #expect(
        failure { try AtomicFile.write("x", to: directory + "/none/a") }
          == "cannot write \(directory)/none/a: no such file or directory")
    }
  }

  @Test("what killed writers of the same file left is removed; what others may still be writing stays")
  func stale() throws {
    try withDirectory { directory in
      // No process has this number: it is above what systems give out.
      let (dead, alive, hex) = (99_999_999, getpid(), "0123456789abcdef")
      let kept = ["a.\(alive).\(hex).partial", "b.\(dead).\(hex).partial", "a.\(dead).partial", "a.x.\(hex).partial"]
      for name in kept + ["a.\(dead).\(hex).partial"] {
        #expect(FileManager.default.createFile(atPath: "\(directory)/\(name)", contents: nil))
      }
      let old = "a.\(alive).fedcba9876543210.partial"
      let yesterday = [FileAttributeKey.modificationDate: Date(timeIntervalSinceNow: -100_000)]
      #expect(FileManager.default.createFile(atPath: "\(directory)/\(old)", contents: nil, attributes: nil))
      try FileManager.default.setAttributes(yesterday, ofItemAtPath: "\(directory)/\(old)")
      try AtomicFile.write("x", to: directory + "/a")
      #expect(try names(in: directory) == (kept + ["a"]).sorted())
    }
  }

  @Test("what was killed while it tried a directory leaves nothing once another has tried it")
  func staleProbe() throws {
    try withDirectory { directory in
      let left = "\(directory)/.probe.99999999.0123456789abcdef.partial"
      #expect(FileManager.default.createFile(atPath: left, contents: nil))
      try AtomicFile.prepare(directory: directory, for: ["a"])
      #expect(try names(in: directory) == [])
    }
  }

  @Test("a link in the place of a temporary file of old is not followed, and long names fit")
  func links() throws {
    try withDirectory { directory in
      try AtomicFile.write("safe", to: directory + "/victim")
      try FileManager.default.createSymbolicLink(
        atPath: "\(directory)/a.\(getpid()).partial", withDestinationPath: directory + "/victim")
      try AtomicFile.write("x", to: directory + "/a")
      #expect(try String(contentsOfFile: directory + "/victim", encoding: .utf8) == "safe")
      let long = String(repeating: "ü", count: 127)
      try AtomicFile.write("x", to: "\(directory)/\(long)")
      #expect(try names(in: directory).contains(long))
    }
  }

  @Test("preparing creates the directory and leaves it empty")
  func prepared() throws {
    try withDirectory { directory in
      try AtomicFile.prepare(directory: directory + "/a/b", for: ["model.safetensors"])
      try AtomicFile.prepare(directory: directory + "/a/b", for: ["model.safetensors"])
      #expect(try names(in: directory + "/a/b") == [])
    }
  }

  @Test("preparing says what stands in the way")
  func unprepared() throws {
    try withDirectory { directory in
      try AtomicFile.write("x", to: directory + "/file")
      #expect(
        failure { try AtomicFile.prepare(directory: directory + "/file", for: []) }
          == "cannot create \(directory)/file: file exists")
      #expect(
        failure { try AtomicFile.prepare(directory: directory + "/file/sub", for: []) }
          == "cannot create \(directory)/file/sub: not a directory")
      try AtomicFile.prepare(directory: directory + "/model.svg", for: [])
      #expect(
        failure { try AtomicFile.prepare(directory: directory, for: ["model.svg"]) }
          == "cannot write \(directory)/model.svg: is a directory")
    }
    #expect(failure { try AtomicFile.prepare(directory: "/proc/1/x", for: []) }?.hasPrefix("cannot create") == true)
  }
}
