import CKernels

/// What the kernels are compiled for. AVX2 and AVX-512 give the same bits; the baseline of x86-64 has no fused
/// multiply-add, so that it rounds differently.
package enum InstructionSet: String, CaseIterable, Codable, Sendable {
  /// SSE2 or NEON, which every such processor has.
  case baseline
  case avx2
  case avx512

  /// The version of the C library, whose elementary functions take part in everything.
  package static var cLibrary: String { String(cString: kernel_c_library()) }

  /// The best that this machine has.
  package static let best = allCases.last { $0.isAvailable } ?? .baseline

  /// Whether this machine has it.
  package var isAvailable: Bool { kernel_isa_available(kernel) }
  /// What people call it: AVX2, NEON.
  package var name: String { String(cString: kernel_isa_name(kernel)) }

  /// Multiply-adds in registers on all threads at once: their number over the time they take is the machine's peak.
  ///
  /// - Returns: The floating-point operations done, multiplication and addition counted as two.
  package func peak(repetitions: Int, workers: Workers) -> Double {
    var flops = [Double](repeating: 0, count: workers.count)
    flops.withUnsafeMutableBufferPointer { flops in
      workers.run(flops.count, Peak(kernel: kernel, repetitions: repetitions, flops: flops))
    }
    return flops.reduce(0, +)
  }

  var kernel: kernel_isa {
    switch self {
    case .baseline: KERNEL_BASELINE
    case .avx2: KERNEL_AVX2
    case .avx512: KERNEL_AVX512
    }
  }
}

private struct Peak: ParallelLoop {
  let kernel: kernel_isa
  let repetitions: Int
  let flops: UnsafeMutableBufferPointer<Double>

  func run(_ index: Int, worker: Int) { flops[index] = kernel_peak(kernel, repetitions) }
}
