"""Opens an ONNX network that is packed as it was published, with a few nodes more.

A serialised message of protocol buffers may be followed by more fields of it: repeated ones are appended, so nodes, inputs and
outputs can be added behind the file's last byte. A tensor is intercepted by giving its producer's output another name of the
same length and adding a node that makes the old one. Field numbers are those of `onnx.proto`.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

from dramatis.errors import VoiceError

FLOAT, INT64 = 1, 7
"""Element types of tensors."""
_GRAPH = 7
_NODE, _INPUT, _OUTPUT = 1, 11, 12


def checked(data: bytes, digest: str, package: str) -> bytes:
    """The same bytes, if their SHA-256 is `digest`; raises `VoiceError`."""
    if hashlib.sha256(data).hexdigest() != digest:
        raise VoiceError(
            f"The voices of {package} are damaged or of another version: install them again as constraints-say.txt says."
        )
    return data


def session(model: bytes, threads: int = 1) -> Any:  # noqa: ANN401 - an extension without types
    """A session on the processor. Its results do not depend on what else runs in the process."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = threads
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def with_graph(model: bytes, parts: Sequence[bytes]) -> bytes:
    """The model with more nodes, inputs and outputs."""
    return model + _bytes(_GRAPH, b"".join(parts))


def intercepted(model: bytes, tensor: str) -> tuple[bytes, str]:
    """The model with the tensor made under another name, and that name: a node must now make `tensor` of it."""
    old, other = _bytes(2, tensor.encode()), tensor[:-1] + "@"
    if model.count(old) != 1:
        raise ValueError(f"{tensor} is not made by exactly one node")
    return model.replace(old, _bytes(2, other.encode())), other


def node(operator: str, inputs: Sequence[str], output: str, **flags: int) -> bytes:
    """A node with one output; `flags` are its attributes that are whole numbers."""
    ends = b"".join(_bytes(1, name.encode()) for name in inputs) + _bytes(2, output.encode())
    attributes = b"".join(
        _bytes(5, _bytes(1, name.encode()) + _number(3, value) + _number(20, 2)) for name, value in flags.items()
    )
    return _bytes(_NODE, ends + _bytes(3, output.encode()) + _bytes(4, operator.encode()) + attributes)


def entry(name: str, kind: int, shape: Sequence[int | str]) -> bytes:
    """An input; its dimensions are numbers or names."""
    sizes = b"".join(_bytes(1, _number(1, size) if isinstance(size, int) else _bytes(2, size.encode())) for size in shape)
    return _bytes(_INPUT, _bytes(1, name.encode()) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, sizes))))


def result(tensor: str) -> bytes:
    """A tensor of the graph that becomes an output."""
    return _bytes(_OUTPUT, _bytes(1, tensor.encode()))


def _bytes(field: int, data: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(data)) + data


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _varint(value: int) -> bytes:
    digits = []
    while value > 127:
        digits.append(value & 127 | 128)
        value >>= 7
    return bytes([*digits, value])
