import Foundation
import Testing

@testable import Export

@Suite("Folders that are whole or not there")
struct AtomicFolderTests {
  @Test("a folder has its name once it is whole, and until then another")
  func whole() throws {
    try withDirectory { directory in
      let folder = try AtomicFolder(in: directory)
      try folder.write("one", to: "a.txt")
      #expect(try names(in: directory).allSatisfy { $0.hasSuffix(".partial") })
      #expect(try folder.finish(as: "it") == "it")
      #expect(try names(in: directory) == ["it"])
      #expect(try String(contentsOfFile: directory + "/it/a.txt", encoding: .utf8) == "one")
    }
  }

  @Test("what is there already, folder or file, stays as it is")
  func numbered() throws {
    try withDirectory { directory in
      try AtomicFile.write("mine", to: directory + "/it")
      var finished: [String] = []
      for text in ["two", "three"] {
        let folder = try AtomicFolder(in: directory)
        try folder.write(text, to: "a.txt")
        finished.append(try folder.finish(as: "it"))
      }
      #expect(finished == ["it-2", "it-3"])
      #expect(try String(contentsOfFile: directory + "/it", encoding: .utf8) == "mine")
      #expect(try String(contentsOfFile: directory + "/it-2/a.txt", encoding: .utf8) == "two")
    }
  }

  @Test("one that is given up leaves nothing; what a killed process left is removed by the next")
  func abandoned() throws {
    try withDirectory { directory in
      do {
        let folder = try AtomicFolder(in: directory)
        try folder.write("one", to: "a.txt")
        #expect(throws: FileError.self) { try folder.write("two", to: "a.txt") }
      }
      #expect(try names(in: directory).isEmpty)
      // A process that has ended.
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", "exit 0"]
      try process.run()
      process.waitUntilExit()
      let stale = "roulade-folder.\(process.processIdentifier).0123456789abcdef.partial"
      let others = ["roulade-folder.notes.partial", "roulade-folder.\(getpid()).0123456789abcdef.partial"]
      for name in [stale] + others {
        try FileManager.default.createDirectory(atPath: "\(directory)/\(name)", withIntermediateDirectories: false)
      }
      try AtomicFile.write("half", to: "\(directory)/\(stale)/a.txt")
      let folder = try AtomicFolder(in: directory)
      try folder.write("one", to: "a.txt")
      _ = try folder.finish(as: "it")
      #expect(try names(in: directory) == (["it"] + others).sorted())
    }
  }

  @Test("a stream that is not finished leaves nothing, and a pipe is written to as it is")
  func stream() throws {
    try withDirectory { directory in
      let path = directory + "/a.txt"
      do {
        let stream = try AtomicStream(to: path)
        try stream.write(Array("one".utf8))
      }
      #expect(try names(in: directory).isEmpty)
      let stream = try AtomicStream(to: path)
      try stream.write(Array("one, ".utf8))
      try stream.write(Array("two".utf8))
      try stream.finish()
      #expect(try names(in: directory) == ["a.txt"])
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "one, two")

      #expect(throws: FileError("cannot write", "/dev/full", "no space left on device")) {
        try AtomicFile.write("three", to: "/dev/full")
      }
      var status = stat()
      #expect(stat("/dev/full", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    }
  }
}
