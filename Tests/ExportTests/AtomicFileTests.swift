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
