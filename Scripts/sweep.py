#!/usr/bin/env python3
"""A grid of settings and seeds, each one `roulade train`, over Ray: on this machine or on a cluster.

    python3 -m venv .venv-sweep && .venv-sweep/bin/pip install "ray[default]" matplotlib
    swift build -c release
    .venv-sweep/bin/python Scripts/sweep.py Scripts/sweep.example.toml --out sweep

The TOML file names a grid: every combination of the lists under [grid] is a setting, and each is run with every seed.
Keys are the options of `roulade train` without their dashes.

    seeds = [0, 1, 2]
    [fixed]
    steps = 400
    [grid]
    lr = [1e-3, 4e-3]
    batch = [64, 256]

OUT holds a directory for each run (log.json; done.json, written last and whole), results.csv (a line a run, settings,
what the samples are like, the last loss) and curves.png (mean loss of a setting over its seeds, and their spread from
least to most). What has a done.json is not run again, so that the same command after an interruption runs what is
missing. A run that fails is reported with its last words, and the others go on; a worker that dies is replaced and its
run begun anew, up to --retries times. Exit code 1 if any run is missing in the end.

On a cluster (--address HOST:PORT, or `auto` on its head) OUT must be a directory that all machines see, and so must the
program (--roulade), built there or installed from the package."""
import argparse
import csv
import hashlib
import importlib.util
import itertools
import json
import math
import os
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path


def runs(plan: dict) -> list[dict]:
    """Every combination of the grid's values, with every seed: option → value."""
    grid = plan.get("grid", {})
    unknown = set(plan) - {"seeds", "fixed", "grid"}
    if unknown:
        sys.exit(f"sweep: unknown key {sorted(unknown)[0]!r}; there are seeds, [fixed] and [grid]")
    for key, values in grid.items():
        if not isinstance(values, list) or not values:
            sys.exit(f"sweep: [grid] {key}: a list of one value or more")
    return [
        {**plan.get("fixed", {}), **dict(zip(grid, values)), "seed": seed}
        for values in itertools.product(*grid.values())
        for seed in plan.get("seeds", [0])
    ]


def name(settings: dict) -> str:
    """A directory's name for a run: readable, and never that of a run with other settings."""
    text = json.dumps(settings, sort_keys=True)
    readable = re.sub(r"[^\w.=-]+", "_", "_".join(f"{key}={value}" for key, value in settings.items()))
    return f"{readable[:80]}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def train(program: str, settings: dict, directory: str, threads: int) -> dict:
    """Runs one setting, on whatever machine Ray chose. Returns its record, which `done.json` then holds."""
    os.makedirs(directory, exist_ok=True)
    options = [f"--{key}={value}" for key, value in settings.items()]
    # A log of its own: the process of a worker that died may still be writing its.
    log = os.path.join(directory, f"log.{os.uname().nodename}.{os.getpid()}")
    command = [program, "train", *options, f"--threads={threads}", f"--out={directory}", "--log-format=json",
               f"--log={log}"]
    process = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        errors="replace")
    record = {"settings": settings, "code": process.returncode, "losses": []}
    if os.path.exists(log):
        with open(log) as file:
            lines = [json.loads(line) for line in file if line.endswith("}\n")]
        os.replace(log, os.path.join(directory, "log.json"))
        record["losses"] = [[line["step"], line["loss"]] for line in lines if "loss" in line]
        for line in lines:
            if "samples" in line:
                measures = ("distance", "distance95", "sliced_wasserstein", "coverage", "copies")
                record["samples"] = {key: line["samples"][key] for key in measures if key in line["samples"]}
    if process.returncode != 0:
        last = process.stderr.strip().splitlines()
        return {**record, "error": last[-1] if last else f"exit code {process.returncode}"}
    # Whole or not there: a run is done when its record is.
    partial = os.path.join(directory, f"done.json.{os.getpid()}")
    with open(partial, "w") as file:
        json.dump(record, file)
    os.replace(partial, os.path.join(directory, "done.json"))
    return record


def run_missing(todo: dict[str, dict], arguments: argparse.Namespace) -> dict[str, str]:
    """Runs what is missing. Returns run → why it failed."""
    import ray
    from ray.exceptions import RayError

    ray.init(address=arguments.address, num_cpus=None if arguments.address else arguments.workers, log_to_driver=False)
    # One unit a run: `--threads` says how many threads it takes of what a worker has.
    task = ray.remote(num_cpus=1, max_retries=arguments.retries)(train)
    program, failures = os.path.realpath(arguments.roulade), {}
    waiting = {
        task.options(name=run).remote(program, settings, str(arguments.out / run), arguments.threads): run
        for run, settings in todo.items()
    }
    while waiting:
        for ready in ray.wait(list(waiting), num_returns=1)[0]:
            run = waiting.pop(ready)
            try:
                record = ray.get(ready)
                if "error" in record:
                    failures[run] = record["error"]
            except RayError as error:
                failures[run] = f"{type(error).__name__}: {str(error).strip().splitlines()[0]}"
            print(f"{len(todo) - len(waiting)}/{len(todo)} {run}: {failures.get(run, 'done')}", flush=True)
    ray.shutdown()
    return failures


def write_results(records: dict[str, dict], plan: dict, out: Path) -> None:
    settings = list(dict.fromkeys(key for record in records.values() for key in record["settings"]))
    measures = list(dict.fromkeys(key for record in records.values() for key in record.get("samples", {})))
    with open(out / "results.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["run", *settings, "last_loss", *measures])
        for run, record in sorted(records.items()):
            last = record["losses"][-1][1] if record["losses"] else ""
            row = [record["settings"].get(key, "") for key in settings]
            writer.writerow([run, *row, last, *(record.get("samples", {}).get(key, "") for key in measures)])
    plot(records, list(plan.get("grid", {})), out / "curves.png")


def plot(records: dict[str, dict], varied: list[str], path: Path) -> None:
    """The mean loss of each setting over its seeds, and the band from least to most."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    groups: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for record in records.values():
        label = ", ".join(f"{key} {record['settings'][key]}" for key in varied) or "all"
        for step, loss in record["losses"]:
            if math.isfinite(loss):
                groups[label][step].append(loss)
    figure, axes = pyplot.subplots(figsize=(9, 6), constrained_layout=True)
    for index, (label, curve) in enumerate(sorted(groups.items())):
        steps = sorted(curve)
        line = axes.plot(steps, [sum(curve[step]) / len(curve[step]) for step in steps], label=label,
                         linestyle=("-", "--", ":", "-.")[index // 10 % 4])[0]  # ten colours come again
        axes.fill_between(
            steps, [min(curve[step]) for step in steps], [max(curve[step]) for step in steps],
            color=line.get_color(), alpha=0.15, linewidth=0)
    axes.set(xlabel="step", ylabel="loss: mean over seeds, least to most", yscale="log")
    figure.legend(fontsize="small", loc="outside right upper")
    figure.savefig(path, dpi=120)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plan", type=Path, help="TOML file with the grid")
    parser.add_argument("--out", type=Path, default=Path("sweep"), help="directory for the results (default: sweep)")
    parser.add_argument("--address", help="a Ray cluster; without it, one is started on this machine for the time")
    parser.add_argument("--workers", type=int, help="runs at a time on this machine (default: one a core)")
    parser.add_argument("--threads", type=int, default=1, help="threads of a run (default: 1)")
    parser.add_argument("--retries", type=int, default=3, help="how often a run is begun anew when its worker dies")
    parser.add_argument("--roulade", default=".build/release/roulade", help="the program")
    parser.add_argument("--commands", action="store_true", help="print the commands, one a line, and run nothing")
    arguments = parser.parse_args()
    arguments.out = arguments.out.resolve()
    try:
        plan = tomllib.loads(arguments.plan.read_text())
    except (OSError, tomllib.TOMLDecodeError) as error:
        sys.exit(f"sweep: {arguments.plan}: {error}")
    every = {name(settings): settings for settings in runs(plan)}
    if arguments.commands:
        import shlex

        for run, settings in every.items():
            options = [f"--{key}={value}" for key, value in settings.items()] + [f"--out={arguments.out / run}"]
            print(shlex.join([arguments.roulade, "train", *options]))
        return 0
    if not os.access(arguments.roulade, os.X_OK):
        sys.exit(f"sweep: {arguments.roulade}: no such program; swift build -c release makes it")
    for package in "ray", "matplotlib":
        if importlib.util.find_spec(package) is None:
            sys.exit(f"sweep: this Python has no {package}; install it: python3 -m pip install ray matplotlib, in a venv")
    todo = {run: settings for run, settings in every.items() if not (arguments.out / run / "done.json").exists()}
    arguments.out.mkdir(parents=True, exist_ok=True)
    print(f"{len(every)} runs, {len(every) - len(todo)} done before", flush=True)
    failures = run_missing(todo, arguments) if todo else {}
    records = {
        run: json.loads(done.read_text()) for run in every if (done := arguments.out / run / "done.json").exists()
    }
    write_results(records, plan, arguments.out)
    for run, reason in failures.items():
        print(f"failed: {run}: {reason}", file=sys.stderr)
    print(f"{len(records)} of {len(every)} runs in {arguments.out}/results.csv and curves.png")
    return 0 if len(records) == len(every) else 1


if __name__ == "__main__":
    sys.exit(main())
