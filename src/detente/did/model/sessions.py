"""Networks and trees in ONNX files, run on one thread: the same numbers whatever else the machine does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

Array = np.ndarray[Any, Any]


def session_of(path: Path) -> onnxruntime.InferenceSession:
    """A session of the file at `path`; raises what onnxruntime raises where it is not whole."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
