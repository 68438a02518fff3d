import Diffusion
import Plot

/// The picture of one denoising step: clean points, the same with noise of level sigma ≤ 0.3, and arrows from some of the
/// noisy ones to their estimates `x − sigma·epsilonHat`.
///
/// - Parameters:
///   - denoiser: What guesses the noise.
///   - dataset: Where the clean points are drawn from.
///   - schedule: Where the noise levels are drawn from.
///   - random: The source of all three draws.
///   - count: Draws, of which those with a larger sigma are left out.
///   - arrows: At most so many have one.
/// - Returns: A square picture of radius 1.6.
package func denoisingStep(
  _ denoiser: some Denoiser, dataset: Dataset, schedule: Schedule, using random: inout Random, count: Int = 2_000,
  arrows: Int = 100
) -> Scene {
  var (clean, noisy, sigmas): ([Point], [Point], [Float]) = ([], [], [])
  for _ in 0..<count {
    let x0 = dataset.points[random.index(below: dataset.points.count)]
    let sigma = schedule.sigmas[random.index(below: schedule.sigmas.count)]
    let epsilon = random.normal()
    guard sigma <= 0.3 else { continue }
    clean.append(x0)
    noisy.append(x0 + sigma * epsilon)
    sigmas.append(sigma)
  }
  // Arrows are for the first: draws are in no order. Those with the smallest sigma are too short to see.
  let tails = Array(noisy.prefix(arrows))
  let epsilonHat = denoiser.epsilon(x: tails, sigma: Array(sigmas.prefix(arrows)))
  let tips = zip(tails, zip(sigmas, epsilonHat)).map { $0 - $1.0 * $1.1 }

  var scene = Scene(.plane(radius: 1.6), title: "One denoising step on \(dataset.name), sigma ≤ 0.3")
  scene.points(noisy, ink: .point, name: "noisy")
  scene.points(clean, ink: .data, name: "clean")
  scene.arrows(from: tails, to: tips, ink: .arrow, name: "noisy to estimate")
  return scene
}
