#!/usr/bin/env python3
"""Hands a JSON log to TensorBoard, each seed as a run of its own; needs `pip install tensorboard`:

    roulade train --log-format json --log log.json && Scripts/tensorboard.py log.json runs/1 && tensorboard --logdir runs"""
import json
import sys

del sys.path[0]  # this directory, where this file has the package's name
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.event_file_writer import EventFileWriter

steps = [line for line in map(json.loads, open(sys.argv[1])) if "loss" in line]
for seed in {line["seed"] for line in steps}:
    writer = EventFileWriter(f"{sys.argv[2]}/seed-{seed}")
    for line in (line for line in steps if line["seed"] == seed):
        for key in {"loss", "learning_rate", "gradient_norm"} & line.keys():
            value = Summary(value=[Summary.Value(tag=key, simple_value=line[key])])
            writer.add_event(Event(step=line["step"], wall_time=line["seconds"], summary=value))
    writer.close()
