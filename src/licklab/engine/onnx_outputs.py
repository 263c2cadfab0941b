"""Makes a tensor inside an ONNX model one of its outputs.

A model file is a protocol buffer. Two fields matter: number 7 of the model is its graph, number 12
of a graph is an output, whose field 1 is a name; the runtime finds type and shape by itself
(https://github.com/onnx/onnx/blob/main/onnx/onnx.proto). Repeated fields may stand anywhere, so the
new output is put at the end of the graph.
"""

from licklab.errors import ModelError

_GRAPH, _OUTPUT, _NAME = 7, 12, 1
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5


def add_output(model: bytes, tensor: str) -> bytes:
    """Add an output.

    Parameters
    ----------
    model : bytes
        An ONNX file.
    tensor : str
        Name of a tensor in its graph.

    Returns
    -------
    bytes
        The file with the output behind those it had.

    Raises
    ------
    ModelError
        If the bytes are no ONNX model.
    """
    at = 0
    while at < len(model):
        start = at
        key, at = _read_varint(model, at)
        if key == _GRAPH << 3 | _BYTES:
            length, at = _read_varint(model, at)
            value_info = _field(_NAME, tensor.encode())
            graph = model[at : at + length] + _field(_OUTPUT, value_info)
            return model[:start] + _field(_GRAPH, graph) + model[at + length :]
        at = _skip(model, at, key & 7)
    raise ModelError("want an ONNX model, got a file without a graph")


def _field(number: int, payload: bytes) -> bytes:
    return _varint(number << 3 | _BYTES) + _varint(len(payload)) + payload


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _read_varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data) and shift < 64:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
    raise ModelError("want an ONNX model, got a damaged file")


def _skip(data: bytes, at: int, wire_type: int) -> int:
    if wire_type == _VARINT:
        return _read_varint(data, at)[1]
    if wire_type == _BYTES:
        length, at = _read_varint(data, at)
        return at + length
    sizes = {_FIXED64: 8, _FIXED32: 4}
    if wire_type not in sizes:
        raise ModelError("want an ONNX model, got a damaged file")
    return at + sizes[wire_type]
