#!/usr/bin/env python3
"""Times a step of the PyTorch program "Toy Diffusion Model (2D)" beside one of `roulade train --preset seed`.

    git clone https://github.com/notthats1mple/diffusion-toy-2d
    Scripts/benchmark/seed_program.py diffusion-toy-2d/toy_diffusion_2d.py --torch venv/bin/python

Its own training loop runs, unchanged. Both are whole processes that take turns; a step is the difference between a
long run and a short one, divided by the steps between them. Leave the machine alone meanwhile.
"""

import argparse
import importlib.util
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
import types

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SHORT, LONG = 50, 250


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path, help="toy_diffusion_2d.py")
    parser.add_argument("--roulade", default=str(ROOT / ".build/release/roulade"))
    parser.add_argument("--torch", default=sys.executable, help="a Python that has PyTorch and NumPy")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--steps", type=int, help=argparse.SUPPRESS)  # in a process of its own: run it
    args = parser.parse_args()
    if args.steps:
        run_program(args.program, args.steps, args.threads)
        return

    with tempfile.TemporaryDirectory() as directory:
        commands = {
            "PyTorch program": [args.torch, __file__, str(args.program), "--threads", str(args.threads), "--steps"],
            "Roulade": [args.roulade, "train", "--preset", "seed", "--threads", str(args.threads), "--out", directory]
            + ["--log-every", "50", "--steps"],
        }
        times = {name: [] for name in commands}
        for number in range(args.rounds):
            for name, command in commands.items():
                times[name].append((seconds(command + [str(LONG)]) - seconds(command + [str(SHORT)])) / (LONG - SHORT))
                print(f"round {number + 1}: {name} {1000 * times[name][-1]:.1f} ms a step", flush=True)
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, value in medians.items():
        low, high = 1000 * min(times[name]), 1000 * max(times[name])
        print(f"{name}: median {1000 * value:.1f} ms a step ({low:.1f} to {high:.1f})")
    print(f"{medians['PyTorch program'] / medians['Roulade']:.2f} times as long")


def seconds(command):
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def run_program(path, steps, threads):
    """The program's second run, `steps` of it, without its pictures."""
    for name in ("matplotlib", "matplotlib.pyplot"):
        sys.modules[name] = types.ModuleType(name)
    spec = importlib.util.spec_from_file_location("program", path)
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    torch = program.torch
    torch.set_num_threads(threads)
    data = program.make_swissroll(program.np.pi / 2, 5 * program.np.pi, 20000)
    loader = program.DataLoader(data, batch_size=4096, shuffle=True)
    run = program.training_loop(
        loader, program.TimeInputMLP(dim=2), program.ScheduleLogLinear(400, 0.002, 2.0), epochs=999999, max_steps=steps,
        log_every=50, ckpt_every=0)
    losses = [state.loss.item() for state in run]
    print(f"last loss {losses[-1]:.1f}")


if __name__ == "__main__":
    main()
