import onnxruntime as ort
import pytest

from licklab.engine.models import BASIC_PITCH, find_model
from licklab.engine.onnx_outputs import add_output
from licklab.errors import ModelError

_TENSOR = "model_1/cq_t2010v2_1/transpose_70;model_1/cq_t2010v2_1/transpose_70"


def test_the_runtime_gives_the_new_output_and_the_old_ones() -> None:
    model = find_model(BASIC_PITCH).path.read_bytes()
    before = ort.InferenceSession(model, providers=["CPUExecutionProvider"])
    after = ort.InferenceSession(add_output(model, _TENSOR), providers=["CPUExecutionProvider"])
    names = [one.name for one in after.get_outputs()]
    assert names == [*(one.name for one in before.get_outputs()), _TENSOR]


@pytest.mark.parametrize(
    "model", [b"", b"\x08\x07", b"\x3a\xff\xff", b"RIFF....WAVE", b"\x80" * 20]
)
def test_what_is_no_model_is_refused(model: bytes) -> None:
    with pytest.raises(ModelError, match="want an ONNX model"):
        add_output(model, _TENSOR)
