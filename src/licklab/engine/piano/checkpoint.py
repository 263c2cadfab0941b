"""Reads the weights in a PyTorch checkpoint without PyTorch.

A checkpoint is a zip archive: `data.pkl` is a pickle of nested dictionaries in which every tensor
is a call of `torch._utils._rebuild_tensor_v2` on a piece of raw storage, kept in a member of its
own (https://docs.pytorch.org/docs/stable/notes/serialization.html). A pickle can call anything, so
only the three names that such a file needs are known here, and none of them is PyTorch's own.
"""

import pickle
import zipfile
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from licklab.errors import ModelError

Weights = Mapping[str, npt.NDArray[np.float32]]


class _FloatStorage:
    """Stands for the class of storage of 32-bit floats."""


@dataclass(frozen=True, slots=True)
class _Storage:
    """The raw values that one or more tensors are views of."""

    values: npt.NDArray[np.float32]


def read_checkpoint(path: Path, key: str = "state_dict") -> Weights:
    """Read the tensors of a checkpoint.

    Parameters
    ----------
    path : Path
        The file, as `torch.save` writes it since PyTorch 1.6.
    key : str
        Of the dictionary of tensors in it.

    Returns
    -------
    mapping of str to array
        Every tensor by its name; read-only views of the bytes in the file.

    Raises
    ------
    ModelError
        If it is no such file, or holds anything but little-endian 32-bit floats.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            index = next(name for name in archive.namelist() if name.endswith("/data.pkl"))
            folder = index.removesuffix("data.pkl")
            order = folder + "byteorder"
            if order in archive.namelist() and archive.read(order) != b"little":
                raise ModelError(f"want little-endian weights in {path.name}, got others")
            with archive.open(index) as file:
                content = _TensorUnpickler(file, archive, folder).load()
        tensors: dict[str, npt.NDArray[np.float32]] = dict(content[key])
    except (
        pickle.UnpicklingError, zipfile.BadZipFile, StopIteration, KeyError, TypeError, EOFError,
        ValueError, OSError,
    ) as error:  # fmt: skip
        raise ModelError(f"want a PyTorch checkpoint in {path.name}, got {error!r}") from error
    return tensors


class _TensorUnpickler(pickle.Unpickler):
    """Reads pickles of nothing but dictionaries, numbers and tensors."""

    def __init__(self, file: Any, archive: zipfile.ZipFile, folder: str) -> None:
        super().__init__(file)
        self._archive = archive
        self._folder = folder

    def find_class(self, module: str, name: str, /) -> Any:
        known = {
            ("torch", "FloatStorage"): _FloatStorage,
            ("torch._utils", "_rebuild_tensor_v2"): _rebuild,
            ("collections", "OrderedDict"): OrderedDict,
        }
        if (module, name) not in known:
            raise pickle.UnpicklingError(f"the name {module}.{name}, which no weights need")
        return known[module, name]

    def persistent_load(self, pid: Any, /) -> _Storage:
        _, kind, member, _, n_values = pid
        if kind is not _FloatStorage:
            raise pickle.UnpicklingError(f"storage of {kind}")
        raw = self._archive.read(f"{self._folder}data/{member}")
        return _Storage(np.frombuffer(raw, "<f4", count=n_values))


def _rebuild(
    storage: _Storage, offset: int, shape: tuple[int, ...], strides: tuple[int, ...], *_: Any
) -> npt.NDArray[np.float32]:
    """Give the view of a storage that a tensor is; the rest is about gradients."""
    size = storage.values.itemsize
    last = offset + sum((n - 1) * step for n, step in zip(shape, strides, strict=True))
    if offset < 0 or min((*shape, *strides), default=1) < 0 or last >= len(storage.values):
        raise pickle.UnpicklingError("a tensor beyond its storage")
    return np.lib.stride_tricks.as_strided(
        storage.values[offset:], shape, [step * size for step in strides], writeable=False
    )
