import Foundation
import Testing

@testable import Diffusion
@testable import roulade

@Suite("a request to stop")
struct InterruptionTests {
  @Test("that has been noted stays noted when several runs watch one after the other")
  func stays() async {
    await #expect(processExitsWith: .exitCode(SIGTERM)) {
      Interruption.watch()
      raise(SIGTERM)
      Interruption.watch()
      exit(Interruption.signal ?? 0)
    }
  }

  @Test("that the program was started to ignore is ignored, as under nohup")
  func ignored() async {
    await #expect(processExitsWith: .success) {
      for number in [SIGHUP, SIGINT] { signal(number, SIG_IGN) }
      Interruption.watch()
      for number in [SIGHUP, SIGINT] { raise(number) }
      exit(Interruption.signal ?? 0)
    }
  }

  @Test(
    "ends the program that waits for a pipe that nobody reads",
    arguments: ["sample CHECKPOINT --count 1 --out pipe", "render CHECKPOINT --out pipe", "train --steps 1 --log pipe"])
  func pipe(command: String) throws {
    try withDirectory { directory in
      let tiny = ["train", "--hidden", "8", "--batch", "4", "--steps", "1", "--threads", "1", "--out", "out"]
      #expect(try roulade(tiny, in: directory).code == 0)
      let words = command.replacing("CHECKPOINT", with: "out/checkpoint.safetensors")
      // It says nothing of waiting; asked too early it ends all the more. The second signal is for the one that has
      // noted the first and waits on.
      let run = try shell(
        """
        mkfifo pipe
        "$roulade" \(words) & program=$!
        sleep 0.3
        kill -TERM $program
        kill -KILL $program
        wait $program
        """, in: directory)
      #expect(run.code == 128 + SIGTERM, "\(run)")
    }
  }
}
