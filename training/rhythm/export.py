"""Exports a trained network to ONNX and checks that both say the same.

python -m training.rhythm.export beats RUN/best.pt OUT.onnx
python -m training.rhythm.export chords RUN/best.pt OUT.onnx
"""

import sys
from pathlib import Path

import numpy as np
import onnxruntime as ort
import torch
from torch import Tensor, nn

from training.rhythm.network import N_CHORD_FEATURES, N_SHORT_BANDS, BeatNetwork, ChordNetwork

_TOLERANCE = 2e-3  # log odds
_OPSET = 17


def main() -> None:
    """Export, and fail unless PyTorch and the ONNX runtime agree."""
    what, source, target = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    network: nn.Module = BeatNetwork() if what == "beats" else ChordNetwork()
    saved = torch.load(source, weights_only=True)
    network.load_state_dict(saved["network"])
    network.eval()
    names = ["levels", "rows"] if what == "beats" else ["rows"]
    outputs = ["odds"] if what == "beats" else ["chords", "bass", "tensions"]
    torch.onnx.export(
        network, _draw(what, 128), str(target), dynamo=False, opset_version=_OPSET,
        input_names=names, output_names=outputs,
        dynamic_axes={name: {1: f"{name}_n"} for name in names + outputs},
    )  # fmt: skip
    session = ort.InferenceSession(str(target), providers=["CPUExecutionProvider"])
    for n_rows in (1, 50, 1300):
        inputs = _draw(what, n_rows)
        with torch.no_grad():
            out = network(*inputs)
        want = [out] if isinstance(out, Tensor) else list(out)
        fed = {name: one.numpy() for name, one in zip(names, inputs, strict=True)}
        got = session.run(outputs, fed)
        difference = max(float(np.abs(a.numpy() - b).max()) for a, b in zip(want, got, strict=True))
        print(f"{n_rows} rows: largest difference {difference:.1e}")
        if difference > _TOLERANCE:
            sys.exit("want the same from both, got something else")
    print(f"{target}: {target.stat().st_size} bytes, step {saved['step']}")


def _draw(what: str, n_rows: int) -> tuple[Tensor, ...]:
    rows = torch.rand(1, n_rows, N_CHORD_FEATURES)
    if what == "chords":
        return (rows,)
    return (torch.rand(1, 4 * n_rows, N_SHORT_BANDS) * 4, rows)


if __name__ == "__main__":
    main()
