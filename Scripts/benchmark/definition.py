"""The training step that all programs time, and how the Python ones time it.

A step of Roulade's default network: draw points, noise levels and noise; forward; weighted loss; backward; clip the
global gradient norm; AdamW with a cosine rate; read the loss. Only the standard library is imported, so that each
program's start is its own.
"""

import argparse
import json
import math
import statistics
import time

WIDTHS = (4, 128, 256, 256, 256, 128, 2)
POINTS = 20_000
LEVELS, SIGMA_MIN, SIGMA_MAX = 400, 0.002, 2.0
EPS0 = 1.0
RATE, WEIGHT_DECAY, BETA1, BETA2, EPSILON, CLIP = 5e-3, 1e-4, 0.9, 0.999, 1e-8, 1.0
COSINE_STEPS, COSINE_FLOOR = 5_000, 0.1
SAMPLE_POINTS, SAMPLE_STEPS = 2048, 20


def swiss_roll():
    """The training points, [20000, 2]."""
    points = []
    for i in range(POINTS):
        t = i / (POINTS - 1)
        angle, radius = math.pi / 2 + 4.5 * math.pi * t, 0.05 + 0.95 * t
        points.append((radius * math.cos(angle), radius * math.sin(angle)))
    return points


def level_table():
    """A row for each noise level: sigma, its embedding (two numbers), and the weight of its loss."""
    low, high = math.log(SIGMA_MIN), math.log(SIGMA_MAX)
    rows = []
    for i in range(LEVELS):
        log_sigma = low + (high - low) * i / (LEVELS - 1)
        sigma = math.exp(log_sigma)
        rows.append((sigma, math.sin(log_sigma / 2), math.cos(log_sigma / 2), 1 / (sigma * sigma + EPS0)))
    return rows


def sampling_levels():
    """The levels that a sampler of 20 steps goes through, from large to small, as rows of `level_table`."""
    table = level_table()
    indices = [round(LEVELS * (1 - k / SAMPLE_STEPS)) - 1 for k in range(SAMPLE_STEPS)] + [0]
    return [table[i] for i in indices]


def rate_at(step):
    """The learning rate of a step, 0 being the first."""
    progress = min(step / COSINE_STEPS, 1)
    return RATE * (COSINE_FLOOR + (1 - COSINE_FLOOR) / 2 * (1 + math.cos(math.pi * progress)))


def arguments(variants):
    parser = argparse.ArgumentParser()
    parser.add_argument("--variant", choices=variants, required=True)
    parser.add_argument("--batch", type=int, required=True, help="rows of a step")
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--seconds", type=float, default=2.0, help="how long to time steps")
    parser.add_argument("--sample", action="store_true", help="time drawing 2,048 points instead of training")
    return parser.parse_args()


def report(version, seconds, call, steps_a_call=1):
    """Prints "ready" after the first call, then how many milliseconds a step takes, as JSON. `call` returns when its
    result is known, the loss of the last step for one that trains."""
    call()
    print("ready", flush=True)
    begin = time.perf_counter()
    while time.perf_counter() - begin < 0.3 * seconds:
        last = call()
    times, begin = [], time.perf_counter()
    while time.perf_counter() - begin < seconds or len(times) < 3:
        start = time.perf_counter()
        last = call()
        times.append((time.perf_counter() - start) / steps_a_call)
    result = {"version": version, "ms": 1000 * statistics.median(times), "last": last}
    print(json.dumps(result), flush=True)
