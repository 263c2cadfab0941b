"""Exports a trained lead network to ONNX and checks that both say the same.

python -m training.lead.export RUN/best.pt OUT.onnx
"""

import sys
from pathlib import Path

import numpy as np
import onnxruntime as ort
import torch

from licklab.engine.lead.features import N_FEATURES
from training.lead.network import N_PITCHES, LeadNetwork

_TOLERANCE = 2e-3  # log odds
_OPSET = 17


def main() -> None:
    """Export, and fail unless PyTorch and the ONNX runtime agree."""
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    network = LeadNetwork()
    network.load_state_dict(torch.load(source, weights_only=True)["network"])
    network.eval()
    features, in_range = torch.randn(1, 512, N_FEATURES), torch.ones(1, N_PITCHES)
    torch.onnx.export(
        network, (features, in_range), str(target), dynamo=False, opset_version=_OPSET,
        input_names=["features", "in_range"], output_names=["maps"],
        dynamic_axes={"features": {1: "frames"}, "maps": {2: "frames"}},
    )  # fmt: skip
    session = ort.InferenceSession(str(target), providers=["CPUExecutionProvider"])
    for n_frames in (2, 130, 2048):
        features = torch.randn(1, n_frames, N_FEATURES)
        with torch.no_grad():
            want = network(features, in_range).numpy()
        (got,) = session.run(["maps"], {"features": features.numpy(), "in_range": in_range.numpy()})
        difference = float(np.abs(want - got).max())
        print(f"{n_frames} frames: largest difference {difference:.1e}")
        if difference > _TOLERANCE:
            sys.exit("want the same from both, got different maps")
    print(f"{target}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
