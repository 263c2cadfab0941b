"""What the original found in a segment, in PyTorch, is what we find without it.

`original.csv` is from `python -m training.piano.parity strings.wav --write original.csv`, where
`strings.wav` is `strike(SEGMENT, 16.0)` at 44,100 Hz as 32-bit floats.
"""

import csv
from pathlib import Path

import pytest

from licklab.engine.models import TRANSKUN, find_model
from licklab.engine.piano.layout import HOP_LENGTH, N_KEYS, SAMPLE_RATE
from licklab.engine.piano.network import PianoNetwork
from tests.unit.engine.piano.package import needs_piano
from tests.unit.engine.piano.strings import SEGMENT, strike

_ORIGINAL = Path(__file__).with_name("original.csv")


@needs_piano
def test_a_segment_is_heard_as_by_the_original() -> None:
    with _ORIGINAL.open(newline="") as file:
        original = [
            {key: float(value) for key, value in row.items()} for row in csv.DictReader(file)
        ]
    network = PianoNetwork(find_model(TRANSKUN))
    found = network.listen(strike(SEGMENT, 16.0), [0] * N_KEYS)
    assert [one.pitch_midi for one in found] == [row["pitch_midi"] for row in original]
    for one, row in zip(found, original, strict=True):
        begin_sec, end_sec = (at * HOP_LENGTH / SAMPLE_RATE for at in (one.begin, one.end))
        assert max(0, begin_sec) == pytest.approx(row["begin_sec"], abs=0.001)
        assert end_sec == pytest.approx(row["end_sec"], abs=0.001)
        # Rounding differs between processors, and may tip the balance between two neighbours.
        assert one.velocity == pytest.approx(row["velocity"], abs=1)
        assert (one.has_begin, one.has_end) == (row["has_begin"], row["has_end"])
