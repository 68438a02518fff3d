#!/usr/bin/env python3
"""Roulade's networks in PyTorch, and PyTorch's in Roulade.

    pip install torch safetensors numpy
    Scripts/pytorch_roundtrip.py predict out/checkpoint.safetensors < points.csv
    Scripts/pytorch_roundtrip.py make weights.safetensors --hidden 64,64

`predict` opens a checkpoint, or weights alone, as an `nn.Sequential`, and prints for each line `x,y,sigma` or
`x,y,sigma,class` (from 0; -1 for none) the noise that the network sees in the point, as `x,y`. What the network is told
and what it answers, the file's metadata say.

`make` saves an `nn.Sequential` with fresh weights under its own names, for `roulade play --weights weights.safetensors`
or `roulade train --weights ...`, and nothing else: no metadata."""
import argparse
import csv
import json
import math
import sys

import torch
from safetensors import safe_open
from safetensors.torch import save_file

ACTIVATIONS = {"silu": torch.nn.SiLU, "gelu": torch.nn.GELU}  # GELU is the exact one.


def sequential(widths, activation):
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layers += [torch.nn.Linear(inputs, outputs), ACTIVATIONS[activation]()]
    return torch.nn.Sequential(*layers[:-1])


def load(path, average, experiment):
    """The file's network, and the experiment that it was trained by."""
    with safe_open(path, "pt") as file:
        metadata = file.metadata() or {}
        prefix = next((p for p in (["average.net."] if average else ["net.", ""]) if p + "0.weight" in file.keys()), None)
        if prefix is None:
            sys.exit(f"{path}: it holds no {'average' if average else 'network'}")
        tensors = {name.removeprefix(prefix): file.get_tensor(name) for name in file.keys() if name.startswith(prefix)}
    experiment |= json.loads(metadata.get("experiment", "{}"))
    # A checkpoint's other tensors have other names; those of weights alone are the network's.
    tensors = {name: tensor for name, tensor in tensors.items() if name.split(".")[0].isdigit()}
    weights = [tensors[name] for name in sorted(tensors, key=lambda name: int(name.split(".")[0])) if "weight" in name]
    network = sequential([weights[0].shape[1]] + [weight.shape[0] for weight in weights], experiment["activation"])
    network.load_state_dict(tensors)
    return network, experiment["formulation"]


def features(x, sigma, label, width, formulation, sigma_data):
    """What the network sees of each point, `[B, width]`."""
    seen = formulation["features"]
    scale = {
        "plain": torch.ones_like(sigma),
        "scaled": 1 / (1 + sigma**2).sqrt(),
        "unit-variance": 1 / (sigma**2 + sigma_data**2).sqrt(),
    }[seen["scaling"]]
    columns = [x * scale[:, None]]
    for octave in range(seen["octaves"]):
        angle = 2**octave * math.pi / 2 * x
        columns += [angle.sin(), angle.cos()]
    if seen.get("hasNoiseConditioning"):  # EDM's c_noise
        columns.append(sigma.log()[:, None] / 4)
    else:
        half = sigma.log() / 2
        columns.append(torch.stack([half.sin(), half.cos()], 1))
    classes = width - sum(column.shape[1] for column in columns) - 1
    if classes > 0:
        columns.append(torch.nn.functional.one_hot(torch.where(label < 0, classes, label), classes + 1))
    return torch.cat(columns, 1).float()


def noise(answer, x, sigma, parameterization, sigma_data):
    """epsilonHat: an answer F to the question a·x0 + b·epsilon stands for (F - a·x) / (b - a·sigma)."""
    length, root = (1 + sigma**2).sqrt(), (sigma**2 + sigma_data**2).sqrt()
    a, b = {
        "epsilon": (0 * sigma, 1 + 0 * sigma),
        "x0": (1 + 0 * sigma, 0 * sigma),
        "v": (-sigma / length, 1 / length),
        "flow": (-1 + 0 * sigma, 1 + 0 * sigma),
        "edm": (sigma / (sigma_data * root), -sigma_data / root),
    }[parameterization]
    return (answer - a[:, None] * x) / (b - a * sigma)[:, None]


def predict(options):
    standard = {"activation": options.activation, "formulation": {
        "parameterization": "epsilon", "features": {"scaling": "plain", "octaves": 0}}}
    network, formulation = load(options.file, options.average, standard)
    rows = [[float(cell) for cell in row] for row in csv.reader(sys.stdin)]
    if not rows:
        return
    table = torch.tensor([row + [-1] * (4 - len(row)) for row in rows], dtype=torch.float64)
    x, sigma, label = table[:, :2], table[:, 2], table[:, 3].long()
    with torch.no_grad():
        seen = features(x, sigma, label, network[0].in_features, formulation, options.sigma_data)
        answer = network(seen).double()
    for point in noise(answer, x, sigma, formulation["parameterization"], options.sigma_data).tolist():
        print(f"{point[0]:.9g},{point[1]:.9g}")


def make(options):
    torch.manual_seed(options.seed)
    widths = [options.inputs] + [int(width) for width in options.hidden.split(",")] + [2]
    save_file(sequential(widths, "silu").state_dict(), options.file)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("predict", help="print what a network predicts")
    command.set_defaults(run=predict)
    command.add_argument("file")
    command.add_argument("--average", action="store_true", help="the moving average of a checkpoint's weights")
    command.add_argument("--activation", choices=ACTIVATIONS, default="silu", help="where the file does not say")
    command.add_argument("--sigma-data", type=float, default=1,
                         help="root mean square of the data's coordinates, for unit-variance and edm")
    command = commands.add_parser("make", help="save fresh weights of an nn.Sequential")
    command.set_defaults(run=make)
    command.add_argument("file")
    command.add_argument("--hidden", default="64,64")
    command.add_argument("--inputs", type=int, default=4)
    command.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
