import CKernels

/// What the kernels are compiled for. All of them compute the same, up to rounding.
package enum InstructionSet: CaseIterable, Sendable {
  /// SSE2 or NEON, which every such processor has.
  case baseline
  case avx2
  case avx512

  /// The best that this machine has.
  package static let best = allCases.last { $0.isAvailable } ?? .baseline

  package var isAvailable: Bool { kernel_isa_available(kernel) }
  package var name: String { String(cString: kernel_isa_name(kernel)) }

  /// The largest rate of multiply-adds that it can reach: runs them for `repetitions` and returns their FLOPs.
  package func peak(repetitions: Int) -> Double { kernel_peak(kernel, repetitions) }

  var kernel: kernel_isa {
    switch self {
    case .baseline: KERNEL_BASELINE
    case .avx2: KERNEL_AVX2
    case .avx512: KERNEL_AVX512
    }
  }
}
