#!/usr/bin/env python3
"""Times Roulade's training step beside PyTorch's, JAX's and MLX's, and its gradient beside oneDNN's, and prints the tables
of docs/benchmark.md.

    swift build -c release
    python3 -m venv venv && venv/bin/pip install -r Scripts/benchmark/requirements.txt
    Scripts/benchmark/compare.py --torch venv/bin/python --jax venv/bin/python --mlx venv/bin/python --onednn venv

Without --mlx or --onednn these two are left out; oneDNN needs g++. Only what is installed for the purpose is used, nothing
of the system's.

Every program has its own process and the machine to itself; they take turns, several rounds of them, and of the medians
of a program's rounds the lowest counts: whatever else the machine does can only slow a program down. Leave the machine
alone meanwhile; it takes some twenty minutes.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
PEERS = (
    # name, script, variant, whether it reads the loss of each step
    ("PyTorch", "torch_step.py", "eager", True),
    ("PyTorch compiled", "torch_step.py", "compiled", True),
    ("PyTorch by hand", "torch_step.py", "manual", True),
    ("JAX", "jax_step.py", "step", True),
    ("JAX, 10 a call", "jax_step.py", "ten", False),
    ("MLX", "mlx_step.py", "step", True),
)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--roulade", default=str(HERE.parent.parent / ".build/release/roulade"))
    parser.add_argument("--torch", default=sys.executable, help="a Python that has PyTorch")
    parser.add_argument("--jax", default=sys.executable, help="a Python that has JAX")
    parser.add_argument("--mlx", help="a Python that has MLX with its CPU backend")
    parser.add_argument("--onednn", type=pathlib.Path, help="where pip installed oneDNN: the directory of include and lib")
    parser.add_argument("--batches", default="32,256,512,2048,4096,8192")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2.0, help="how long each program is timed in a round")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    args = parser.parse_args()
    batches = [int(batch) for batch in args.batches.split(",")]

    peers = [peer for peer in PEERS if args.mlx or peer[0] != "MLX"]
    onednn = built(args.onednn) if args.onednn else None

    seen = {"versions": {}, "start": {}, "sampling": {}}
    seen |= {key: {batch: {} for batch in batches} for key in ("steps", "gradients")}
    for number in range(args.rounds):
        for batch in batches:
            say(f"round {number + 1} of {args.rounds}, batch {batch}")
            time_roulade(args, batch, seen)
            for name, script, variant, _ in peers:
                time_peer(args, name, script, variant, batch, seen)
            if onednn:
                time_onednn(args, onednn, batch, seen)
        say(f"round {number + 1} of {args.rounds}, sampling")
        for name, script, variant, reads in peers:
            if reads and variant != "manual":
                time_peer(args, name, script, variant, 1, seen, sample=True)
    print(tables(args, batches, peers, seen))
    if onednn:
        print(gradient_table(batches, seen))


def say(text):
    print(text, file=sys.stderr, flush=True)


def keep_lowest(table, name, value):
    table[name] = min(value, table.get(name, value))


def time_roulade(args, batch, seen):
    command = [args.roulade, "bench", "--json", "--batch", str(batch), "--threads", str(args.threads)]
    result = json.loads(subprocess.run(command + ["--seconds", str(args.seconds)], check=True, stdout=-1).stdout)
    step, shares = 1000 * result["batches"][0]["step"]["median"], result["batches"][0]["shares"]
    keep_lowest(seen["steps"][batch], "Roulade", step)
    keep_lowest(seen["gradients"][batch], "Roulade", step * (shares["forward"] + shares["backward"]))
    keep_lowest(seen["sampling"], "Roulade", 1000 * result["sampling"]["median"])
    keep_lowest(seen["start"], "Roulade", 1000 * result["start"]["median"])
    seen["peak"] = max(result["peak_gflops"], seen.get("peak", 0))
    seen["gflops"] = result["batches"][0]["gflops"] * result["batches"][0]["step"]["median"] / batch  # of one row
    seen["instruction set"] = result["instruction_set"]


def time_peer(args, name, script, variant, batch, seen, sample=False):
    python = getattr(args, script.split("_")[0])
    command = [python, str(HERE / script), "--variant", variant, "--batch", str(batch)]
    command += ["--threads", str(args.threads), "--seconds", str(args.seconds)]
    start = time.monotonic()
    with subprocess.Popen(command + ["--sample"] * sample, stdout=subprocess.PIPE, text=True) as process:
        process.stdout.readline()
        ready = time.monotonic() - start
        line = process.stdout.readline()
    if process.returncode != 0:
        sys.exit(f"compare.py: {' '.join(command)} failed")
    result = json.loads(line)
    seen["versions"][name.split()[0].rstrip(",")] = result["version"]
    if sample:
        keep_lowest(seen["sampling"], name, result["ms"])
    else:
        keep_lowest(seen["steps"][batch], name, result["ms"])
        keep_lowest(seen["start"], name, 1000 * ready)


def built(onednn):
    """oneDNN's program, built beside its library."""
    program = onednn / "onednn_gradient"
    command = ["g++", "-O3", "-march=native", "-std=c++17", f"-I{onednn}/include", str(HERE / "onednn_gradient.cpp")]
    command += ["-o", str(program), f"-L{onednn}/lib", "-ldnnl", f"-Wl,-rpath,{(onednn / 'lib').resolve()}"]
    subprocess.run(command, check=True)
    return program


def time_onednn(args, program, batch, seen):
    # Threads that wait awake, as Roulade's do.
    environment = os.environ | {"OMP_NUM_THREADS": str(args.threads), "OMP_WAIT_POLICY": "active"}
    command = [program.resolve(), str(batch), str(args.seconds)]
    lines = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout.splitlines()
    result = json.loads(lines[-1])
    seen["versions"]["oneDNN"] = result["version"]
    keep_lowest(seen["gradients"][batch], "oneDNN", result["ms"])


def gradient_table(batches, seen):
    lines = ["", "The gradient alone, in milliseconds:", "", row(["batch", "Roulade", "oneDNN", "oneDNN / Roulade"])]
    lines.append(row(["---:"] * 4))
    for batch in batches:
        own, other = (seen["gradients"][batch][name] for name in ("Roulade", "oneDNN"))
        lines.append(row([batch, number(own), number(other), f"**{other / own:.2f}×**"]))
    return "\n".join(lines)


def tables(args, batches, peers, seen):
    names = [name for name, *_ in peers]
    live = [name for name, _, _, reads in peers if reads]
    versions = ", ".join(f"{name} {version}" for name, version in sorted(seen["versions"].items()))
    lines = [
        f"{datetime.date.today()}, {processor()}, {args.threads} threads, {seen['instruction set']}, "
        f"FMA peak {seen['peak']:.0f} GFLOP/s; {versions}.",
        "",
        "How many times as long each takes as Roulade:",
        "",
        row(["batch", "Roulade, ms a step", "of the peak"] + names + ["best that reads each loss"]),
        row(["---:"] * (len(names) + 4)),
    ]
    for batch in batches:
        steps = seen["steps"][batch]
        share = seen["gflops"] * batch / steps["Roulade"] * 1000 / seen["peak"]
        ratios = [f"{steps[name] / steps['Roulade']:.1f}×" for name in names]
        best = min(steps[name] for name in live) / steps["Roulade"]
        lines.append(row([batch, number(steps["Roulade"]), f"{100 * share:.0f} %"] + ratios + [f"**{best:.1f}×**"]))
    for title, key in (("2,048 points in 20 steps", "sampling"), ("start to first step", "start")):
        own, others = seen[key]["Roulade"], [seen[key].get(name) for name in names]
        ratios = [f"{other / own:.1f}×" if other else "" for other in others]
        best = min(other for other in others if other) / own
        lines.append(row([title, number(own), ""] + ratios + [f"**{best:.1f}×**"]))
    lines += ["", "The same in milliseconds a step:", "", row(["batch", "Roulade"] + names)]
    lines.append(row(["---:"] * (len(names) + 2)))
    for batch in batches:
        lines.append(row([batch] + [number(seen["steps"][batch][name]) for name in ["Roulade"] + names]))
    return "\n".join(lines)


def row(cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def number(milliseconds):
    return f"{milliseconds:.{2 if milliseconds < 10 else 1 if milliseconds < 100 else 0}f}"


def processor():
    try:
        with open("/proc/cpuinfo") as file:
            return next(line.split(":", 1)[1].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
