"""Writes a network as an ONNX model, node by node.

Of the format only what is needed: 32-bit floats, 64-bit and 8-bit integers as constants, integers,
floats and lists of integers as attributes. The field numbers are those of
https://github.com/onnx/onnx/blob/main/onnx/onnx.proto. The package `onnx` could do the same; it is
as large as the weights and would be needed wherever piano is heard.
"""

import struct
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_OPSET = 20  # the first with Gelu
_IR_VERSION = 9
_CONTRIB = "com.microsoft"  # operators that only the ONNX runtime has
_ELEMENT_TYPES = {"float32": 1, "uint8": 2, "int8": 3, "int32": 6, "int64": 7}
_FLOAT, _INT, _INTS = 1, 2, 7

Attribute = int | float | Sequence[int]


class OnnxGraph:
    """A graph under construction; tensors go by their names."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._n_tensors = 0

    def add_input(self, name: str, shape: Sequence[int | str]) -> str:
        """Declare an input of 32-bit floats.

        Parameters
        ----------
        name : str
            Of the input.
        shape : sequence of int or str
            A size that is not known yet is a name.

        Returns
        -------
        str
            The tensor.
        """
        self._parts.append(_field(11, _value_info(name, shape)))
        return name

    def add_output(self, tensor: str, name: str, shape: Sequence[int | str]) -> None:
        """Declare an output of 32-bit floats.

        Parameters
        ----------
        tensor : str
            That is given out.
        name : str
            Of the output.
        shape : sequence of int or str
            A size that is not known yet is a name.
        """
        self._parts.append(_node("Identity", "", [tensor], [name], {}))
        self._parts.append(_field(12, _value_info(name, shape)))

    def add_constant(self, values: npt.ArrayLike) -> str:
        """Add a constant.

        Parameters
        ----------
        values : array-like
            Of one of the types that are known.

        Returns
        -------
        str
            The tensor.
        """
        array = np.ascontiguousarray(values)
        name = self._new_name()
        raw = array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes()
        head = b"".join((
            *(_varint_field(1, size) for size in np.shape(values)),
            _varint_field(2, _ELEMENT_TYPES[array.dtype.name]),
            _field(8, name.encode()),
            _head(9, len(raw)),
        ))  # fmt: skip
        self._parts += [_head(5, len(head) + len(raw)) + head, raw]
        return name

    def add(
        self,
        op: str,
        *inputs: str,
        n_outputs: int = 1,
        contrib: bool = False,
        **attributes: Attribute,
    ) -> str:
        """Add a node.

        Parameters
        ----------
        op : str
            The operator.
        *inputs : str
            The tensors it takes.
        n_outputs : int
            How many it gives; only the first is used.
        contrib : bool
            Whether it is one of the ONNX runtime's own.
        **attributes : int, float or sequence of int
            Of the operator.

        Returns
        -------
        str
            The tensor it gives.
        """
        outputs = [self._new_name() for _ in range(n_outputs)]
        domain = _CONTRIB if contrib else ""
        self._parts.append(_node(op, domain, inputs, outputs, attributes))
        return outputs[0]

    def to_bytes(self) -> bytes:
        """Write the model.

        Returns
        -------
        bytes
            An ONNX file.
        """
        parts = (*self._parts, _field(2, b"licklab"))
        # Joined once: with the weights in them, every copy counts.
        return b"".join((
            _varint_field(1, _IR_VERSION),
            _field(8, _varint_field(2, _OPSET)),
            _field(8, _field(1, _CONTRIB.encode()) + _varint_field(2, 1)),
            _head(7, sum(map(len, parts))),
            *parts,
        ))  # fmt: skip

    def _new_name(self) -> str:
        self._n_tensors += 1
        return f"t{self._n_tensors}"


def _node(
    op: str,
    domain: str,
    inputs: Sequence[str],
    outputs: Sequence[str],
    attributes: dict[str, Attribute],
) -> bytes:
    return _field(1, b"".join((
        *(_field(1, name.encode()) for name in inputs),
        *(_field(2, name.encode()) for name in outputs),
        _field(4, op.encode()),
        *(_field(5, _attribute(name, value)) for name, value in attributes.items()),
        _field(7, domain.encode()),
    )))  # fmt: skip


def _attribute(name: str, value: Attribute) -> bytes:
    head = _field(1, name.encode())
    if isinstance(value, float):
        return head + b"\x15" + struct.pack("<f", value) + _varint_field(20, _FLOAT)
    if isinstance(value, int):
        return head + _varint_field(3, value) + _varint_field(20, _INT)
    numbers = b"".join(_varint_field(8, one) for one in value)
    return head + numbers + _varint_field(20, _INTS)


def _value_info(name: str, shape: Sequence[int | str]) -> bytes:
    sizes = b"".join(
        _field(1, _field(2, one.encode()) if isinstance(one, str) else _varint_field(1, one))
        for one in shape
    )
    tensor = _varint_field(1, _ELEMENT_TYPES["float32"]) + _field(2, sizes)
    return _field(1, name.encode()) + _field(2, _field(1, tensor))


def _field(number: int, payload: bytes) -> bytes:
    return _head(number, len(payload)) + payload


def _head(number: int, length: int) -> bytes:
    return _varint(number << 3 | 2) + _varint(length)


def _varint_field(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1  # negative numbers are written as their two's complement
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)
