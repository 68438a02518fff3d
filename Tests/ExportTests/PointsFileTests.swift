import Diffusion
import Foundation
import Plot
import Testing

import Export

@Suite("PointsFile")
struct PointsFileTests {
  static func points(_ text: String, _ columns: PointsFile.Columns = .init(), hasHeader: Bool? = nil) throws -> [Point]
  {
    try PointsFile(text: text, file: "f.csv", columns: columns, hasHeader: hasHeader).dataset.points
  }

  static func error(_ text: String, _ columns: PointsFile.Columns = .init()) -> String? {
    do {
      _ = try PointsFile(text: text, file: "f.csv", columns: columns)
      return nil
    } catch {
      return error.description
    }
  }

  @Test("the first two columns, or those named x and y, with commas, semicolons or tabs, quoted or not")
  func columns() throws {
    let expected = [Point(-1, -0.5), Point(1, 0.5)]
    for text in [
      "0,0\n4,2\n", "0;0\r\n4;2", "0\t0\n\n4\t2\n", "x,y\n0,0\n4,2", "time,y,x\n9,0,0\n9,2,4", "a,b,c\n 0 ,0,7\n4, 2,8",
      "\u{FEFF}\"x\",\"y\"\n\"0\",\"0\"\n4e0,+2.0\n",
    ] { #expect(try PointsFileTests.points(text) == expected, "\(text)") }
    #expect(try PointsFileTests.points("9,0,0\n9,4,2", .init(x: .number(2), y: .number(3))) == expected)
    #expect(try PointsFileTests.points("t,Lon,Lat\n9,0,0\n9,4,2", .init(x: .init("lon"), y: .init("lat"))) == expected)
    #expect(try PointsFileTests.points("9,9\n0,0\n4,2", hasHeader: true) == expected)
  }

  @Test("labels are numbered in order of appearance")
  func labels() throws {
    let file = try PointsFile(
      text: "x,y,kind\n0,0,cat\n1,1,dog\n2,2,cat", file: "f.csv", columns: .init(label: .name("kind")))
    #expect(
      file.dataset.labels == [0, 1, 0] && file.dataset.classNames == ["cat", "dog"] && file.dataset.classCount == 2)
  }

  @Test("the box leads back to the file's units, also where they are huge")
  func box() throws {
    for (low, high) in [(10.0, 14.0), (-1.7e308, 1.7e308), (0x1p-1020, 0x3p-1020)] {
      let file = try PointsFile(text: "\(low),\(low)\n\(high),\(high)", file: "f.csv")
      #expect(file.dataset.points == [Point(-1, -1), Point(1, 1)])
      #expect(file.dataset.box?.invert(Point(1, 1)) == SIMD2(high, high))
    }
    let box = try #require(try PointsFile(text: "10,7\n14,9", file: "f.csv").dataset.box)
    #expect(box.center == SIMD2(12, 8) && box.halfSides == SIMD2(2, 2))
    #expect(try JSONDecoder().decode(UnitBox.self, from: JSONEncoder().encode(box)) == box)
  }

  @Test("a single point is a data set")
  func onePoint() throws {
    #expect(try PointsFileTests.points("3,4") == [Point(0, 0)])
  }

  @Test("what is wrong is said with file, line and column")
  func errors() {
    let error = PointsFileTests.error
    #expect(error("x,y\n1,2\n3,abc", .init()) == "f.csv, line 3, column 2 (y): 'abc' is not a number")
    #expect(error("1,2\n3,nan", .init()) == "f.csv, line 2, column 2: 'nan' is not a finite number")
    #expect(error("1,2\n\n3,inf", .init()) == "f.csv, line 3, column 2: 'inf' is not a finite number")
    #expect(error("1,2\n3", .init()) == "f.csv, line 2, column 2: the line ends after 1 column")
    #expect(error("1,2\n,3", .init()) == "f.csv, line 2, column 1: '' is not a number")
    #expect(error("x,y,\"a\nb\"\n1,2,3\n4,5e,6", .init()) == "f.csv, line 4, column 2 (y): '5e' is not a number")
    #expect(error("", .init()) == "f.csv: there are no points in it")
    #expect(error("x,y\n", .init()) == "f.csv: there are no points in it")
    #expect(error("1,2", .init(y: .number(5))) == "f.csv, line 1: there is no column 5; the line has 2")
    #expect(error("a,b\n1,2", .init(x: .name("c"))) == "f.csv, line 1: there is no column 'c'; there are: a, b")
    #expect(error("1,2\n\"3\"4,5", .init()) == "f.csv, line 2: the quotation marks do not match")
    #expect(error("1,2,\n", .init(label: .number(3))) == "f.csv, line 1, column 3: the label is empty")
  }

  @Test("a missing file, a directory and a file that is too large are refused before they are read")
  func unreadable() throws {
    #expect(throws: FileError("cannot read", "/nowhere.csv", "no such file")) {
      try PointsFile(contentsOf: "/nowhere.csv")
    }
    #expect(throws: FileError("cannot read", "/tmp", "it is a directory")) { try PointsFile(contentsOf: "/tmp") }
    #expect(throws: FileError("cannot read", "/dev/zero", "it is not a plain file")) {
      try PointsFile(contentsOf: "/dev/zero")
    }
    let path = NSTemporaryDirectory() + "/roulade-large-\(getpid()).csv"
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    defer { try? FileManager.default.removeItem(atPath: path) }
    // Sparse: it takes no room on the disk.
    #expect(truncate(path, off_t(PointsFile.mostBytes + (1 << 20))) == 0)
    #expect { try PointsFile(contentsOf: path) } throws: {
      "\($0)".hasSuffix("it has 1025 MiB; at most 1024 MiB are read")
    }
  }

  @Test("many points are read in the time of a sip of coffee")
  func manyPoints() throws {
    var text = ""
    for i in 0..<100_000 { text += "\(Float(i) * 1e-5),\(-Float(i))\n" }
    let start = try processorSeconds()
    let points = try PointsFileTests.points(text)
    #expect(points.count == 100_000 && points[99_999].y == -1)
    #expect(try processorSeconds() - start < 5)
  }

  /// What this thread has used of a processor, whatever else the machine is busy with.
  private func processorSeconds() throws -> Double {
    var time = timespec()
    try #require(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  @Test("what is not a decimal number is none, whatever the standard library reads in it")
  func strictNumbers() {
    for text in ["2\0abc", "0x10", "1_000", "1 000", "１", "1e", "e5", ".", "+", "--1", "1.2.3", "1e5.5", "1d3"] {
      #expect(
        PointsFileTests.error("1,2\n1,\(text)\n") == "f.csv, line 2, column 2: '\(text.printable)' is not a number")
    }
    #expect(PointsFileTests.error("1,1e999") == "f.csv, line 1, column 2: '1e999' is not a finite number")
  }

  @Test("a decimal comma is read where cells are separated by something else, and explained where they are not")
  func decimalComma() throws {
    let expected = [Point(-1, -0.5), Point(1, 0.5)]
    for text in ["0,5;1,5\n4,5;3,5", "x;y\n0,5;1\n4,5;3", "0,5\t1,5\n4,5\t3,5", "5e-1;1,5e0\n45e-1;3,5"] {
      let file = try PointsFile(text: text, file: "f.csv")
      #expect(file.dataset.points == expected, "\(text)")
      #expect(file.notes == ["the numbers are read with a decimal comma"], "\(text)")
    }
    let error = PointsFileTests.error
    #expect(
      error("1,2\n\"1,5\",2", .init())
        == "f.csv, line 2, column 1: '1,5' is not a number: write a decimal point, or put ; between the cells")
    #expect(
      error("1,5;2\n1.5;2", .init())
        == "f.csv, line 2, column 1: '1.5' has a decimal point; the numbers before have decimal commas")
    #expect(
      error("1.5;2\n1,5;2", .init())
        == "f.csv, line 2, column 1: '1,5' has a decimal comma; the numbers before have decimal points")
    #expect(error("x;y\n1.000,5;2", .init()) == "f.csv, line 2, column 1 (x): '1.000,5' is not a number")
  }

  @Test("sides that differ by much are noted, and can be scaled each by its own")
  func scale() throws {
    let text = "lon,lat\n-30,-3\n30,3\n0,0"
    let together = try PointsFile(text: text, file: "f.csv")
    #expect(together.dataset.points == [Point(-1, -0.1), Point(1, 0.1), Point(0, 0)])
    #expect(together.notes == ["x spans 60, y 6: scaled together, as they are; --scale each makes them equal"])
    let each = try PointsFile(text: text, file: "f.csv", scale: .each)
    #expect(each.dataset.points == [Point(-1, -1), Point(1, 1), Point(0, 0)])
    #expect(each.notes == ["x spans 60, y 6: scaled each by its own, so that they are equal"])
    let box = try #require(each.dataset.box)
    #expect(box.invert(Point(1, -1)) == SIMD2(30, -3))
    #expect(try JSONDecoder().decode(UnitBox.self, from: JSONEncoder().encode(box)) == box)
    let line = try PointsFile(text: "0,7\n4,7", file: "f.csv", scale: .each)
    #expect(line.dataset.points == [Point(-1, 0), Point(1, 0)] && line.notes == [])
  }

  @Test("columns that nobody named are named, and one that only counts is called out")
  func guessedColumns() throws {
    let notes = { (text: String, columns: PointsFile.Columns) in
      try PointsFile(text: text, file: "f.csv", columns: columns).notes
    }
    #expect(
      try notes("id,lon,lat\n1,4,5\n2,6,4\n3,5,6", .init()) == [
        "took column 1 (id) for x and column 2 (lon) for y of 3 columns; --x-column and --y-column take others",
        "x, column 1 (id), only counts the rows; --x-column takes another",
      ])
    #expect(
      try notes("7,4,5\n2,6,4", .init(x: .number(3))) == [
        "took column 2 for y of 3 columns; --y-column takes others"
      ])
    #expect(try notes("0,4\n1,6\n2,5", .init()) == ["x, column 1, only counts the rows; --x-column takes another"])
    #expect(try notes("y,a,x\n0,4,0\n1,6,1\n2,5,2", .init()) == [])
    #expect(try notes("0,4,5\n1,6,4\n2,5,6", .init(x: .number(1), y: .number(3))) == [])
  }

  @Test("what would move the cursor is written out in errors and notes")
  func printable() throws {
    #expect(PointsFileTests.error("1,2\n1,\u{1B}[2J") == "f.csv, line 2, column 2: '\\u{1B}[2J' is not a number")
    #expect(
      PointsFileTests.error("x,\u{1B}c\n1,2", .init(y: .name("q\u{7}")))
        == "f.csv, line 1: there is no column 'q\\u{7}'; there are: x, \\u{1B}c")
    #expect(
      PointsFileTests.error("x,\u{1B}c\n1,a", .init(y: .number(2)))
        == "f.csv, line 2, column 2 (\\u{1B}c): 'a' is not a number")
    let notes = try PointsFile(text: "\u{1B}c,b,c\n1,2,3", file: "f.csv").notes
    #expect(notes.count == 1 && notes[0].hasPrefix("took column 1 (\\u{1B}c) for x"))
  }

  @Test("quotations in errors are short")
  func shortQuotations() throws {
    let error = try #require(PointsFileTests.error("1,2\n1," + String(repeating: "a", count: 60_000)))
    #expect(error.count < 100 && error.hasSuffix("a…" + String(repeating: "a", count: 19) + "' is not a number"))
  }
}
