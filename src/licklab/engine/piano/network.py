"""The loaded piano network: a segment of samples to notes with their attributes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from licklab.engine.models import InstalledModel
from licklab.engine.piano.checkpoint import Weights, read_checkpoint
from licklab.engine.piano.features import PowerSpectra, Samples
from licklab.engine.piano.graphs import (
    band_coordinates,
    grid_coordinates,
    join_grid,
    make_attribute_graph,
    make_position_graph,
    make_score_graph,
    make_track_graph,
)
from licklab.engine.piano.layout import (
    LAST_FRAME,
    LOWEST_MIDI,
    N_KEYS,
    N_PEDALS,
    PATCH_FRAMES,
)
from licklab.engine.piano.semicrf import (
    Interval,
    estimate_start_probabilities,
    find_best_intervals,
)
from licklab.engine.sessions import open_session
from licklab.errors import ModelError

Array = npt.NDArray[np.float32]

# Keys whose intervals are scored together: 21 MB of scores, a few times over.
_GROUP_KEYS = 11
# A note is as sure as that it starts in its first frame or the one before or behind.
_START_REACH = 1
# Places in a frame were trained as (place + .5) * .99 + .005, to keep off both ends.
_SHRINKING = 0.99
# Below it the exact mean loses its digits, and its straight line is as good.
_SMALL_ODDS = 1e-2


@dataclass(frozen=True, slots=True)
class SegmentNote:
    """A note in a segment.

    Attributes
    ----------
    pitch_midi : int
        Its key.
    begin_frame, end_frame : int
        The frames in which it begins and ends, from the start of the segment.
    begin, end : float, frames
        When in or near these frames.
    velocity : int, 1 to 127
        How hard it was struck.
    has_begin, has_end : bool
        Whether it begins and ends inside the segment.
    confidence : float, probability
        That it starts there.
    """

    pitch_midi: int
    begin_frame: int
    end_frame: int
    begin: float
    end: float
    velocity: int
    has_begin: bool
    has_end: bool
    confidence: float


class PianoNetwork:
    """The loaded network.

    Parameters
    ----------
    model : InstalledModel
        The checkpoint with its weights.
    threads : int
        Of the ONNX runtime.

    Raises
    ------
    ModelError
        If the weights cannot be read or the ONNX runtime cannot load what is made of them.
    """

    def __init__(self, model: InstalledModel, threads: int = 1) -> None:
        self._threads = threads
        weights = _read(model.path)
        self._spectra = PowerSpectra(weights)
        frequencies, tracks = grid_coordinates()
        places = join_grid(
            self._embed(weights, "posEmbedBuilderAttnTF", frequencies),
            self._embed(weights, "posEmbedBuilderAttnTE", tracks),
        )
        bands = self._embed(weights, "posEmbedBuilder", band_coordinates())
        self._tracks = self._load(make_track_graph(weights, bands, places))
        self._scores = self._load(make_score_graph(weights))
        self._attributes = self._load(make_attribute_graph(weights))

    def listen(self, samples: Samples, starts: Sequence[int]) -> list[SegmentNote]:
        """Find the notes of a segment.

        Parameters
        ----------
        samples : array, shape=(705600,)
            Mono, at 44,100 Hz.
        starts : sequence of int
            For each of the 88 keys the frame before which nothing is looked for.

        Returns
        -------
        list of SegmentNote
            Ordered by key, then time; those of one key do not overlap by more than a frame.
        """
        # A recording that was cut off, or waits for the band, is silent to the last bit there.
        if not samples.any():
            return []
        powers = self._spectra.compute(samples)
        (tracks,) = self._tracks.run(["tracks"], {"powers": powers[np.newaxis]})
        keys = tracks[N_PEDALS:]
        found: list[tuple[int, Interval]] = []
        confidences: list[float] = []
        for first in range(0, N_KEYS, _GROUP_KEYS):
            group = keys[first : first + _GROUP_KEYS]
            scores, single = self._scores.run(["scores", "single"], {"tracks": group})
            rows = find_best_intervals(scores, single, starts[first : first + _GROUP_KEYS])
            played = [key for key, row in enumerate(rows) if row]
            if not played:
                continue
            probabilities = estimate_start_probabilities(scores[played], single[played])
            for key, starting in zip(played, probabilities, strict=True):
                found += [(first + key, interval) for interval in rows[key]]
                confidences += [_near(starting, begin) for begin, _ in rows[key]]
        return self._describe(keys, found, confidences)

    def _describe(
        self, keys: Array, found: list[tuple[int, Interval]], confidences: list[float]
    ) -> list[SegmentNote]:
        """Tell of each interval when in its frames it begins and ends, and how it was struck."""
        if not found:
            return []
        key = np.array([one for one, _ in found])
        frames = np.array([interval for _, interval in found])
        inside = np.eye(PATCH_FRAMES, dtype=np.float32)[frames % PATCH_FRAMES, :, np.newaxis]
        steps = keys[key[:, np.newaxis], frames // PATCH_FRAMES]
        velocity, edges = self._attributes.run(
            ["velocity", "edges"],
            {
                "begin": steps[:, 0], "begin_frame": inside[:, 0],
                "end": steps[:, 1], "end_frame": inside[:, 1],
            },
        )  # fmt: skip
        times = frames + _place_in_frame(edges[:, :2])
        has_begin = (frames[:, 0] > 0) | (edges[:, 2] > 0)
        has_end = (frames[:, 1] < LAST_FRAME) | (edges[:, 3] > 0)
        return [
            SegmentNote(
                pitch_midi=LOWEST_MIDI + int(key[i]),
                begin_frame=int(frames[i, 0]),
                end_frame=int(frames[i, 1]),
                begin=float(times[i, 0]),
                end=float(times[i, 1]),
                velocity=int(velocity[i].argmax().clip(1, 127)),
                has_begin=bool(has_begin[i]),
                has_end=bool(has_end[i]),
                confidence=confidences[i],
            )
            for i in range(len(found))
        ]

    def _embed(self, weights: Weights, name: str, coordinates: Array) -> Array:
        """Turn places into vectors, once: they are the same in every segment."""
        session = self._load(make_position_graph(weights, name))
        vectors: Array = session.run(["vectors"], {"coordinates": coordinates})[0]
        return vectors

    def _load(self, graph: bytes) -> Any:
        # Memory goes back after each segment: .35 GB are left then, instead of 1.3.
        return open_session(graph, self._threads, keep_memory=False)


def _read(path: Path) -> Weights:
    weights = read_checkpoint(path)
    if "backbone.inputConv.weight" not in weights:
        raise ModelError(f"want the weights of the piano network in {path.name}, got others")
    return weights


def _near(probabilities: npt.NDArray[np.float64], frame: int) -> float:
    near = probabilities[max(0, frame - _START_REACH) : frame + _START_REACH + 1]
    return min(1.0, float(near.sum()))


def _place_in_frame(odds: Array) -> npt.NDArray[np.float64]:
    """Give the mean place, -.5 to .5 frames, of a continuous Bernoulli distribution.

    Loaiza-Ganem & Cunningham, "The continuous Bernoulli", NeurIPS 2019: with log odds x the mean is
    ``1 / (1 - exp(-x)) - 1 / x``, and ``1/2 + x / 12`` near 0.
    """
    safe = np.where(np.abs(odds) < _SMALL_ODDS, _SMALL_ODDS, odds).astype(np.float64)
    exact = -1 / np.expm1(-safe) - 1 / safe - 0.5
    centred = np.where(np.abs(odds) < _SMALL_ODDS, odds / 12, exact)
    return np.clip(centred / _SHRINKING, -0.5, 0.5)
