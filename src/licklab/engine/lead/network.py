"""Features to maps of the lead: which pitch the soloist plays, and where notes start and end.

The network sees windows of 24 seconds; what it says of the first and last second and a half of one
is taken from its neighbours. It was trained by `training/lead`, whose model card tells on what.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.domain.instrument import Instrument
from licklab.engine.grid import LOWEST_MIDI, N_PITCHES
from licklab.engine.lead.features import N_FEATURES, Features
from licklab.engine.models import InstalledModel
from licklab.engine.sessions import open_session
from licklab.errors import ModelError, ShapeError

Maps = npt.NDArray[np.float32]

_WINDOW_FRAMES = 2048
_MARGIN_FRAMES = 128
_STEP_FRAMES = _WINDOW_FRAMES - 2 * _MARGIN_FRAMES
_N_MAPS = 6
# A voice, a guitar or a piano can be anywhere: a range so wide tells no soloist from his band, and
# on an annotated voice and guitar the network did better without it.
_WIDE_SEMITONES = 46


@dataclass(frozen=True, slots=True)
class LeadMaps:
    """What the network says of consecutive frames, as log odds.

    Attributes
    ----------
    sounds, starts, ends : shape=(n_frames, 88)
        That the soloist's note sounds, starts, has just ended.
    any_sounds, any_starts : shape=(n_frames, 88)
        That a note of anybody sounds, starts.
    velocity : shape=(n_frames, 88)
        How hard the soloist's note was struck, where one starts; 1 is 127.
    """

    sounds: Maps
    starts: Maps
    ends: Maps
    any_sounds: Maps
    any_starts: Maps
    velocity: Maps


class LeadNetwork:
    """The loaded network.

    Parameters
    ----------
    model : InstalledModel
        Its file.
    threads : int
        Of the ONNX runtime.

    Raises
    ------
    ModelError
        If the ONNX runtime cannot load the file.
    """

    def __init__(self, model: InstalledModel, threads: int = 1) -> None:
        self._session = open_session(model.path, threads)

    def listen(
        self, features: Iterable[Features], instrument: Instrument | None
    ) -> Iterator[LeadMaps]:
        """Run the network over features that arrive in chunks.

        Parameters
        ----------
        features : iterable of array, shape=(n_frames, `N_FEATURES`)
            Of consecutive frames, of any lengths.
        instrument : Instrument or None
            Whose range is looked at most; None when it is not known.

        Yields
        ------
        LeadMaps
            Of consecutive frames; together as many as came in.

        Raises
        ------
        ShapeError
            If a chunk has another number of features.
        """
        in_range = _range_of(instrument)
        pending = np.zeros((0, N_FEATURES), np.float16)
        kept_before = 0  # frames at the beginning of `pending` that have been given
        for chunk in features:
            if chunk.ndim != 2 or chunk.shape[1] != N_FEATURES:
                raise ShapeError(f"want features of shape=(n, {N_FEATURES}), got {chunk.shape}")
            pending = np.concatenate([pending, chunk])
            while len(pending) >= _WINDOW_FRAMES:
                end = _WINDOW_FRAMES - _MARGIN_FRAMES
                yield self._run(pending[:_WINDOW_FRAMES], in_range, kept_before, end)
                pending = pending[end - _MARGIN_FRAMES :]
                kept_before = _MARGIN_FRAMES
        if len(pending) > kept_before:
            yield self._run(pending, in_range, kept_before, len(pending))

    def _run(self, window: Features, in_range: Maps, first: int, last: int) -> LeadMaps:
        # The middle of the network runs on every second frame.
        even = np.pad(window, ((0, len(window) % 2), (0, 0)), mode="edge").astype(np.float32)
        inputs = {"features": even[np.newaxis], "in_range": in_range}
        (maps,) = self._session.run(["maps"], inputs)
        if maps.shape[1] != _N_MAPS:
            raise ModelError(f"want {_N_MAPS} maps from the model, got {maps.shape[1]}")
        return LeadMaps(*maps[0, :, first:last])


def _range_of(instrument: Instrument | None) -> Maps:
    in_range = np.ones((1, N_PITCHES), np.float32)
    if instrument is not None and _tells_something(instrument):
        pitches = LOWEST_MIDI + np.arange(N_PITCHES)
        inside = (pitches >= instrument.lowest_midi) & (pitches <= instrument.highest_midi)
        in_range[0] = inside
    return in_range


def _tells_something(instrument: Instrument) -> bool:
    return instrument.highest_midi - instrument.lowest_midi < _WIDE_SEMITONES
