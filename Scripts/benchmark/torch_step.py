"""Times the training step in PyTorch.

    eager     nn.Sequential, autograd, and the fused AdamW
    compiled  the same with drawing, network and loss in one torch.compile graph
    manual    no autograd: the backward pass written out, everything in preallocated buffers, all parameters in one
              buffer so that clipping and the fused AdamW are one operation each
"""

import definition as d

args = d.arguments(("eager", "compiled", "manual"))

import torch  # noqa: E402  (after the arguments, which need no second to be wrong)

torch.set_num_threads(args.threads)
torch.manual_seed(0)
points = torch.tensor(d.swiss_roll())
levels = torch.tensor(d.level_table())  # [400, 4]


def draw():
    """What the network sees [B, 4], what it should say [B, 2], and what its error counts [B]."""
    x0 = points[torch.randint(d.POINTS, (args.batch,))]
    level = levels[torch.randint(d.LEVELS, (args.batch,))]
    noise = torch.randn(args.batch, 2)
    return torch.cat((x0 + level[:, :1] * noise, level[:, 1:3]), 1), noise, level[:, 3]


def network():
    layers = []
    for fan_in, out in zip(d.WIDTHS, d.WIDTHS[1:]):
        layers += [torch.nn.Linear(fan_in, out), torch.nn.SiLU()]
    return torch.nn.Sequential(*layers[:-1])


def optimizer(parameters):
    return torch.optim.AdamW(
        parameters, lr=d.RATE, betas=(d.BETA1, d.BETA2), eps=d.EPSILON, weight_decay=d.WEIGHT_DECAY, fused=True
    )


def autograd_step():
    model = network()
    adamw = optimizer(model.parameters())

    def loss():
        seen, noise, weight = draw()
        return (weight * (model(seen) - noise).square().sum(1)).mean()

    forward = torch.compile(loss, dynamic=False) if args.variant == "compiled" else loss
    taken = 0

    def step():
        nonlocal taken
        adamw.param_groups[0]["lr"] = d.rate_at(taken)
        taken += 1
        adamw.zero_grad(set_to_none=True)
        value = forward()
        value.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), d.CLIP)
        adamw.step()
        return value.item()

    return step


def manual_step():
    shapes = list(zip(d.WIDTHS[1:], d.WIDTHS))
    flat = torch.cat([p.detach().flatten() for p in network().parameters()])
    gradient = torch.empty_like(flat)

    def views(buffer):
        """The weight and the bias of each layer, as parts of the buffer."""
        pairs, offset = [], 0
        for out, fan_in in shapes:
            weight = buffer[offset : offset + out * fan_in].view(out, fan_in)
            offset += out * fan_in
            pairs.append((weight, buffer[offset : offset + out]))
            offset += out
        return pairs

    parameters, gradients = views(flat), views(gradient)
    flat.grad = gradient
    adamw = optimizer([flat])
    sums = [torch.empty(args.batch, out) for out, _ in shapes]  # before activation
    deltas = [torch.empty(args.batch, out) for out, _ in shapes]
    hidden = [torch.empty(args.batch, out) for out, _ in shapes[:-1]]
    last = len(shapes) - 1
    taken = 0

    @torch.no_grad()
    def step():
        nonlocal taken
        seen, noise, weight = draw()
        inputs = [seen] + hidden
        for layer, (matrix, bias) in enumerate(parameters):
            torch.addmm(bias, inputs[layer], matrix.t(), out=sums[layer])
            if layer < last:
                torch.ops.aten.silu.out(sums[layer], out=hidden[layer])
        error = torch.sub(sums[last], noise, out=deltas[last])
        weighted = error * weight[:, None]
        loss = torch.dot(weighted.flatten(), error.flatten()) / args.batch
        torch.mul(weighted, 2 / args.batch, out=deltas[last])
        for layer in range(last, -1, -1):
            torch.mm(deltas[layer].t(), inputs[layer], out=gradients[layer][0])
            torch.sum(deltas[layer], 0, out=gradients[layer][1])
            if layer > 0:
                below = torch.mm(deltas[layer], parameters[layer][0], out=deltas[layer - 1])
                torch.ops.aten.silu_backward.grad_input(below, sums[layer - 1], grad_input=below)
        gradient.mul_((d.CLIP / (torch.linalg.vector_norm(gradient) + 1e-6)).clamp(max=1))
        adamw.param_groups[0]["lr"] = d.rate_at(taken)
        taken += 1
        adamw.step()
        return loss.item()

    return step


def sampling():
    model = torch.compile(network(), dynamic=False) if args.variant == "compiled" else network()
    path = d.sampling_levels()

    @torch.inference_mode()
    def sample():
        x = path[0][0] * torch.randn(d.SAMPLE_POINTS, 2)
        seen = torch.empty(d.SAMPLE_POINTS, 4)
        previous = None
        for (sigma, sine, cosine, _), (following, *_) in zip(path, path[1:]):
            seen[:, :2], seen[:, 2], seen[:, 3] = x, sine, cosine
            noise = model(seen)
            direction = noise if previous is None else 2 * noise - previous
            x = x - (sigma - following) * direction
            previous = noise
        return x[0, 0].item()

    return sample


if args.sample:
    call = sampling()
else:
    call = manual_step() if args.variant == "manual" else autograd_step()
d.report(torch.__version__, args.seconds, call)
