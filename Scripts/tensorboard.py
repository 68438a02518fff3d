#!/usr/bin/env python3
"""Hands a JSON log to TensorBoard; needs `pip install tensorboard`:

    roulade train --log-format json --log log.json && Scripts/tensorboard.py log.json runs/1 && tensorboard --logdir runs"""
import json
import sys

del sys.path[0]  # this directory, where this file has the package's name
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.event_file_writer import EventFileWriter

writer = EventFileWriter(sys.argv[2])
for line in map(json.loads, open(sys.argv[1])):
    for key in {"loss", "learning_rate", "gradient_norm"} & line.keys():
        value = Summary(value=[Summary.Value(tag=key, simple_value=line[key])])
        writer.add_event(Event(step=line["step"], wall_time=line["seconds"], summary=value))
writer.close()
