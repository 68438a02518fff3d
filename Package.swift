// swift-tools-version: 6.1
import PackageDescription

/// ncurses is spelled differently on Darwin, whose own library is wide already.
let ncurses = [
  LinkerSetting.linkedLibrary("ncursesw", .when(platforms: [.linux])),
  LinkerSetting.linkedLibrary("ncurses", .when(platforms: [.macOS])),
]

/// Defined here rather than in the source: on Darwin, C is compiled with modules and an in-file define comes too late.
let ncursesDefines = [
  CSetting.define("_XOPEN_SOURCE_EXTENDED", to: "1"),
  CSetting.define("NCURSES_WIDECHAR", to: "1"),
  CSetting.define("_GNU_SOURCE", .when(platforms: [.linux])),
]

// Targets stand in layers and import only downward; see docs/architecture.md.
let package = Package(
  name: "roulade",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "roulade", targets: ["roulade"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.0.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    // 0: C, and what a broken promise prints.
    .target(name: "CKernels"),
    .target(name: "Expect"),
    .target(name: "CNcurses", cSettings: ncursesDefines, linkerSettings: ncurses),

    // 1: the science, and pictures that know nothing of it.
    .target(
      name: "Diffusion", dependencies: ["CKernels", "Expect", .product(name: "RealModule", package: "swift-numerics")]),
    .target(name: "Plot", dependencies: ["Expect"]),

    // 2: files, the terminal, and the pictures that the screen and files share.
    .target(
      name: "Export", dependencies: ["Expect", "Diffusion", "Plot", .product(name: "TOMLKit", package: "TOMLKit")]),
    .target(name: "Pictures", dependencies: ["Expect", "Diffusion", "Plot"]),
    .target(name: "Terminal", dependencies: ["Plot", "CNcurses"]),

    // 3: what every interactive program has, and the interactive program.
    .target(
      name: "Interface",
      dependencies: ["Expect", "Plot", "Terminal", .product(name: "RealModule", package: "swift-numerics")]),
    .target(
      name: "Playground", dependencies: ["Expect", "Diffusion", "Plot", "Pictures", "Export", "Terminal", "Interface"]),

    // 4: the command line.
    .executableTarget(
      name: "roulade",
      dependencies: [
        "Diffusion", "Plot", "Pictures", "Export", "Terminal", "Interface", "Playground",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Counts allocations, for a test.
    .target(name: "CAllocations", path: "Tests/CAllocations"),
    // Compares pictures with text files.
    .target(name: "Goldens", dependencies: ["Plot"], path: "Tests/Goldens"),
    // Small runs that tests of several targets share.
    .target(name: "TestExperiments", dependencies: ["Diffusion"], path: "Tests/TestExperiments"),

    .testTarget(name: "CKernelsTests", dependencies: ["CKernels"]),
    .testTarget(
      name: "DiffusionTests", dependencies: ["Diffusion", "CAllocations", "TestExperiments"],
      resources: [.copy("Fixtures")]),
    .testTarget(name: "PlotTests", dependencies: ["Plot"]),
    .testTarget(name: "PicturesTests", dependencies: ["Pictures"]),
    .testTarget(name: "ExportTests", dependencies: ["Export", "TestExperiments"]),
    .testTarget(name: "TerminalTests", dependencies: ["Expect", "Terminal", "CNcurses"]),
    .testTarget(name: "InterfaceTests", dependencies: ["Interface"]),
    .testTarget(
      name: "PlaygroundTests", dependencies: ["Playground", "Goldens", "TestExperiments"], exclude: ["Goldens"]),
    .testTarget(name: "RouladeTests", dependencies: ["roulade", "Diffusion", "Export", "Goldens", "TestExperiments"]),
  ],
  swiftLanguageModes: [.v6]
)
