from collections.abc import Iterator

import numpy as np
import pytest

from licklab.domain.instrument import INSTRUMENTS
from licklab.engine.activations import NoteNetwork
from licklab.engine.grid import LOWEST_MIDI, SAMPLE_RATE
from licklab.engine.lead.features import N_FEATURES, Features, ShortSpectrum, make_features
from licklab.engine.lead.network import LeadNetwork
from licklab.engine.models import BASIC_PITCH, LEAD, find_model
from licklab.errors import ShapeError
from tests.unit.engine.tones import SCALE, Samples, Tone, render_tones


@pytest.fixture(scope="module")
def lead() -> LeadNetwork:
    return LeadNetwork(find_model(LEAD))


@pytest.fixture(scope="module")
def features() -> Features:
    """Of a minute: three windows of the network."""
    tones = [Tone(0.2 * i, 0.18, 60 + i * 5 % 17) for i in range(290)]
    samples = render_tones(tones, 60.0)
    return np.concatenate(list(_look(samples)))


def _look(samples: Samples) -> Iterator[Features]:
    network, short = NoteNetwork(find_model(BASIC_PITCH)), ShortSpectrum()
    short.add(samples)
    for posteriors in network.listen([samples]):
        yield make_features(posteriors, short.take(len(posteriors.notes)))


def _sounds(lead: LeadNetwork, chunks: Iterator[Features]) -> np.ndarray:
    return np.concatenate([one.sounds for one in lead.listen(chunks, None)])


def test_there_is_a_row_for_every_frame_however_they_arrive(
    lead: LeadNetwork, features: Features
) -> None:
    whole = _sounds(lead, iter([features]))
    cut = _sounds(lead, iter(np.split(features, [1, 700, 2048, 4100])))
    assert len(whole) == len(features)
    np.testing.assert_array_equal(whole, cut)


@pytest.mark.parametrize("n_frames", [1, 2, 3, 129, 1921, 2047, 2048, 2049])
def test_any_number_of_frames_will_do(lead: LeadNetwork, features: Features, n_frames: int) -> None:
    assert _sounds(lead, iter([features[:n_frames]])).shape == (n_frames, 88)


def test_windows_join_without_a_seam(lead: LeadNetwork, features: Features) -> None:
    # The first border lies at frame 1,920; a recording that begins later has none there.
    first = 1200
    whole, later = _sounds(lead, iter([features])), _sounds(lead, iter([features[first:]]))
    about = slice(1800, 2040)
    sounds, again = whole[about] > 0, later[about.start - first : about.stop - first] > 0
    assert sounds.any()
    assert (sounds != again).sum() <= 0.05 * sounds.sum()


def test_a_scale_is_heard(lead: LeadNetwork) -> None:
    rows = _look(render_tones(SCALE, 2.0))
    sounds = np.concatenate([one.sounds for one in lead.listen(rows, INSTRUMENTS["tenor_sax"])])
    for tone in SCALE:
        middle = round((tone.onset_sec + tone.duration_sec / 2) * SAMPLE_RATE / 256)
        assert sounds[middle].argmax() + LOWEST_MIDI == tone.pitch_midi


def test_other_features_are_refused(lead: LeadNetwork) -> None:
    with pytest.raises(ShapeError, match=rf"want features of shape=\(n, {N_FEATURES}\)"):
        list(lead.listen(iter([np.zeros((4, 12), np.float16)]), None))
