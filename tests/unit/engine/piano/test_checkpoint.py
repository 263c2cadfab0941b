import io
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest

from licklab.engine.piano.checkpoint import read_checkpoint
from licklab.errors import ModelError


def _write(path: Path, pickled: bytes, storage: bytes = b"", order: bytes = b"little") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("model/data.pkl", pickled)
        archive.writestr("model/byteorder", order)
        archive.writestr("model/data/0", storage)
    return path


def _pickle_tensor(shape: tuple[int, ...], strides: tuple[int, ...], offset: int = 0) -> bytes:
    """Write by hand what `torch.save({"state_dict": {"w": tensor}})` writes."""

    def numbers(values: tuple[int, ...]) -> bytes:
        return b"(" + b"".join(b"K" + bytes([one]) for one in values) + b"t"

    storage = (
        b"(X\x07\x00\x00\x00storagectorch\nFloatStorage\n"
        b"X\x01\x00\x00\x000X\x03\x00\x00\x00cpuK\x06tQ"
    )
    tensor = (
        b"ctorch._utils\n_rebuild_tensor_v2\n(" + storage + b"K" + bytes([offset])
        + numbers(shape) + numbers(strides) + b"\x89ccollections\nOrderedDict\n)RtR"
    )  # fmt: skip
    return b"\x80\x02}X\x0a\x00\x00\x00state_dict}X\x01\x00\x00\x00w" + tensor + b"ss."


def test_tensors_are_read_with_their_strides(tmp_path: Path) -> None:
    values = np.arange(6, dtype="<f4")
    path = _write(tmp_path / "model.pt", _pickle_tensor((3, 2), (1, 3)), values.tobytes())
    np.testing.assert_array_equal(read_checkpoint(path)["w"], values.reshape(2, 3).T)


@pytest.mark.parametrize(
    "pickled",
    [
        _pickle_tensor((3, 3), (3, 1)),  # beyond its storage
        pickle.dumps({"state_dict": print}),  # a name that no weights need
        pickle.dumps({"other": {}}),
        pickle.dumps(7),
        b"",
    ],
)
def test_what_is_no_checkpoint_is_refused(tmp_path: Path, pickled: bytes) -> None:
    path = _write(tmp_path / "model.pt", pickled, np.arange(6, dtype="<f4").tobytes())
    with pytest.raises(ModelError, match=r"want a PyTorch checkpoint in model\.pt"):
        read_checkpoint(path)


def test_nothing_in_a_pickle_is_called(tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return Path.touch, (tmp_path / "sprung",)  # type: ignore[return-value]

    path = _write(tmp_path / "model.pt", pickle.dumps({"state_dict": Trap()}))
    with pytest.raises(ModelError, match="which no weights need"):
        read_checkpoint(path)
    assert not (tmp_path / "sprung").exists()


def test_other_files_and_orders_of_bytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.pt"
    path.write_bytes(b"no archive")
    with pytest.raises(ModelError, match="want a PyTorch checkpoint"):
        read_checkpoint(path)
    buffer = io.BytesIO()
    zipfile.ZipFile(buffer, "w").close()
    path.write_bytes(buffer.getvalue())
    with pytest.raises(ModelError, match="want a PyTorch checkpoint"):
        read_checkpoint(path)
    _write(path, _pickle_tensor((1,), (1,)), bytes(24), order=b"big")
    with pytest.raises(ModelError, match="want little-endian"):
        read_checkpoint(path)
