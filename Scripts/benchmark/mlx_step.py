"""Times the training step in MLX on its CPU backend: one compiled function that owns its state.

MLX takes as many threads as its BLAS does, which OPENBLAS_NUM_THREADS limits.
"""

import os

import definition as d

args = d.arguments(("step",))
os.environ["OPENBLAS_NUM_THREADS"] = str(args.threads)

from functools import partial  # noqa: E402
from importlib.metadata import version  # noqa: E402

import mlx.core as mx  # noqa: E402
import mlx.nn as nn  # noqa: E402
from mlx.optimizers import AdamW, clip_grad_norm  # noqa: E402

mx.set_default_device(mx.cpu)
mx.random.seed(0)
points = mx.array(d.swiss_roll())
levels = mx.array(d.level_table())  # [400, 4]


def network():
    layers = []
    for fan_in, out in zip(d.WIDTHS, d.WIDTHS[1:]):
        layers += [nn.Linear(fan_in, out), nn.silu]
    return nn.Sequential(*layers[:-1])


def training():
    model = network()
    adamw = AdamW(
        lambda taken: d.RATE
        * (d.COSINE_FLOOR + (1 - d.COSINE_FLOOR) / 2 * (1 + mx.cos(mx.pi * mx.minimum(taken / d.COSINE_STEPS, 1)))),
        betas=[d.BETA1, d.BETA2],
        eps=d.EPSILON,
        weight_decay=d.WEIGHT_DECAY,
        bias_correction=True,
    )
    adamw.init(model.trainable_parameters())
    state = [model.state, adamw.state, mx.random.state]

    def loss(model):
        x0 = points[mx.random.randint(0, d.POINTS, (args.batch,))]
        level = levels[mx.random.randint(0, d.LEVELS, (args.batch,))]
        noise = mx.random.normal((args.batch, 2))
        seen = mx.concatenate((x0 + level[:, :1] * noise, level[:, 1:3]), 1)
        return (level[:, 3] * mx.square(model(seen) - noise).sum(1)).mean()

    @partial(mx.compile, inputs=state, outputs=state)
    def step():
        value, gradient = nn.value_and_grad(model, loss)(model)
        adamw.update(model, clip_grad_norm(gradient, d.CLIP)[0])
        return value

    def call():
        value = step()
        mx.eval(state, value)
        return value.item()

    return call


def sampling():
    model = network()
    path = d.sampling_levels()

    def call():
        x = path[0][0] * mx.random.normal((d.SAMPLE_POINTS, 2))
        previous = None
        for (sigma, sine, cosine, _), (following, *_) in zip(path, path[1:]):
            level = mx.broadcast_to(mx.array([sine, cosine]), (d.SAMPLE_POINTS, 2))
            noise = model(mx.concatenate((x, level), 1))
            direction = noise if previous is None else 2 * noise - previous
            x = x - (sigma - following) * direction
            previous = noise
        return x[0, 0].item()

    return call


d.report(version("mlx"), args.seconds, sampling() if args.sample else training())
