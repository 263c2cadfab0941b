"""Networks opened by the ONNX runtime."""

import os
from pathlib import Path
from typing import Any

# Since 1.32 the runtime's Linux and macOS wheels report to their maker unless told not to, and read
# this when they are loaded. Nothing of a musician's leaves the machine.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime as ort

from licklab.errors import ModelError

_ERRORS_ONLY = 3


def open_session(model: Path | bytes, threads: int = 1, *, keep_memory: bool = True) -> Any:
    """Open a network.

    Parameters
    ----------
    model : Path or bytes
        Its file, or what is in it.
    threads : int
        Of the runtime.
    keep_memory : bool
        Whether memory is kept from one run to the next, which is a tenth faster.

    Returns
    -------
    InferenceSession
        On the processor.

    Raises
    ------
    ModelError
        If the runtime cannot load it.
    """
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    options.enable_cpu_mem_arena = keep_memory
    options.enable_mem_pattern = keep_memory
    source = model if isinstance(model, bytes) else str(model)
    try:
        return ort.InferenceSession(source, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime raises classes of its own, without a common base
        raise ModelError(
            f"want a model that the ONNX runtime {ort.__version__} can load, got {error}"
        ) from error
