"""Times the training step in JAX: one jitted function that owns its state.

    step  one step a call, and its loss read
    ten   ten steps a call (lax.scan), their losses read together: faster, but not live

Random numbers come from the generator that is fastest on a CPU (unsafe_rbg).
"""

import os

import definition as d

args = d.arguments(("step", "ten"))
os.environ["JAX_PLATFORMS"] = "cpu"
if args.threads == 1:
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
    os.sched_setaffinity(0, {0})

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402

points = jnp.array(d.swiss_roll(), jnp.float32)
levels = jnp.array(d.level_table(), jnp.float32)  # [400, 4]
tree = jax.tree.map


def network(parameters, x):
    *hidden, (weight, bias) = parameters
    for w, b in hidden:
        x = jax.nn.silu(x @ w + b)
    return x @ weight + bias


def step(state, _=None):
    parameters, first, second, taken, key = state
    key, for_points, for_levels, for_noise = jax.random.split(key, 4)
    x0 = points[jax.random.randint(for_points, (args.batch,), 0, d.POINTS)]
    level = levels[jax.random.randint(for_levels, (args.batch,), 0, d.LEVELS)]
    noise = jax.random.normal(for_noise, (args.batch, 2))
    seen = jnp.concatenate((x0 + level[:, :1] * noise, level[:, 1:3]), 1)

    def loss(parameters):
        return (level[:, 3] * jnp.square(network(parameters, seen) - noise).sum(1)).mean()

    value, gradient = jax.value_and_grad(loss)(parameters)
    norm = jnp.sqrt(sum(jnp.vdot(g, g) for g in jax.tree.leaves(gradient)))
    scale = jnp.minimum(1, d.CLIP / (norm + 1e-6))
    first = tree(lambda m, g: d.BETA1 * m + (1 - d.BETA1) * scale * g, first, gradient)
    second = tree(lambda v, g: d.BETA2 * v + (1 - d.BETA2) * jnp.square(scale * g), second, gradient)
    progress = jnp.minimum(taken / d.COSINE_STEPS, 1)
    rate = d.RATE * (d.COSINE_FLOOR + (1 - d.COSINE_FLOOR) / 2 * (1 + jnp.cos(jnp.pi * progress)))
    bias1, bias2 = 1 - d.BETA1 ** (taken + 1), 1 - d.BETA2 ** (taken + 1)

    def update(p, m, v):
        return p * (1 - rate * d.WEIGHT_DECAY) - rate * (m / bias1) / (jnp.sqrt(v / bias2) + d.EPSILON)

    return (tree(update, parameters, first, second), first, second, taken + 1, key), value


def initial():
    random = np.random.default_rng(0)
    parameters = []
    for fan_in, out in zip(d.WIDTHS, d.WIDTHS[1:]):
        bound = fan_in**-0.5
        shapes = ((fan_in, out), (out,))
        parameters.append(tuple(jnp.array(random.uniform(-bound, bound, s), jnp.float32) for s in shapes))
    zeros = lambda: tree(jnp.zeros_like, parameters)  # noqa: E731
    return parameters, zeros(), zeros(), jnp.float32(0), jax.random.key(0, impl="unsafe_rbg")


def training(steps):
    state = initial()
    one = step if steps == 1 else lambda s: jax.lax.scan(step, s, None, length=steps)
    compiled = jax.jit(one, donate_argnums=0)

    def call():
        nonlocal state
        state, losses = compiled(state)
        return float(np.asarray(losses).reshape(-1)[-1])

    return call


def sampling():
    parameters = initial()[0]
    path = jnp.array(d.sampling_levels(), jnp.float32)

    @jax.jit
    def draw(key):
        start = path[0, 0] * jax.random.normal(key, (d.SAMPLE_POINTS, 2))

        def advance(carry, ends):
            x, previous, gamma = carry
            level, following = ends
            seen = jnp.concatenate((x, jnp.broadcast_to(level[1:3], (d.SAMPLE_POINTS, 2))), 1)
            noise = network(parameters, seen)
            x = x - (level[0] - following[0]) * (gamma * noise + (1 - gamma) * previous)
            return (x, noise, jnp.float32(2)), None

        carry = (start, jnp.zeros_like(start), jnp.float32(1))
        return jax.lax.scan(advance, carry, (path[:-1], path[1:]))[0][0]

    key = jax.random.key(1, impl="unsafe_rbg")
    return lambda: float(np.asarray(draw(key))[0, 0])


steps = 10 if args.variant == "ten" else 1
if args.sample:
    d.report(jax.__version__, args.seconds, sampling())
else:
    d.report(jax.__version__, args.seconds, training(steps), steps)
