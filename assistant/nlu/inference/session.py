"""Runs an ONNX model."""

from __future__ import annotations

from pathlib import Path

import onnxruntime


def session(model: Path | bytes, threads: int = 1) -> onnxruntime.InferenceSession:
    """Load a model, a file or its content, to run on so many threads.

    One, so that understanding never starves the server's loop; more are for evaluations.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Processors without VNNI add products of 8 bits in 16, where large ones overflow; with this
    # they take slower instructions that do not. Elsewhere it changes nothing.
    options.add_session_config_entry("session.x64quantprecision", "1")
    source = str(model) if isinstance(model, Path) else model
    return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
