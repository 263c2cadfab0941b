"""Bars and chords together, from the beats.

In: the times of beats, and what was believed of bar lines and chords. Out: the metre, the bar
lines and the chords. Chords change at bar lines far oftener than elsewhere, so every metre is
walked through with every chord on every beat (`licklab.engine.chords.lattice`), and the metre and
the place in the bar that explain best what was heard are kept; a bar may have a beat too many or
too few, so that one error of the beat tracker costs one bar and not the rest of the recording.
After Papadopoulos and Peeters, "Joint Estimation of Chords and Downbeats From an Audio Signal",
IEEE TASLP 19(1), 2011.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.domain.beat import Beat, BeatGrid, TimeSignature
from licklab.domain.chord import Chord
from licklab.domain.evidence import ChordEvidence, RhythmEvidence
from licklab.engine.chords.changes import change_at, name_chords, soften_following
from licklab.engine.chords.compound import is_compound
from licklab.engine.chords.config import HarmonyConfig
from licklab.engine.chords.language import load_language
from licklab.engine.chords.lattice import (
    Lattice,
    Sums,
    find_places,
    sum_both_ways,
    sum_forward,
)
from licklab.engine.chords.pooling import (
    BeatEvidence,
    Scores,
    peaks_near,
    pool_chords,
    pool_downbeats,
)

# From this on beats are taken to divide in three: shuffles stay below (`is_compound`).
_COMPOUND_FROM = 0.5
# Bars of two are counted only where beats divide in three: 2/4 is seldom written in jazz.
_SIMPLE_METRES, _COMPOUND_METRES = (4, 3, 5), (4, 2)


@dataclass(frozen=True, slots=True)
class BarsAndChords:
    """What the beats turned out to be.

    Attributes
    ----------
    grid : BeatGrid
        Beats with their bars.
    chords : tuple of Chord
        On the beats, in order.
    metre_confidence : float, 0 to 1
        That the time signature is right.
    downbeat_confidence : float, 0 to 1
        That the bar lines are right, if it is.
    """

    grid: BeatGrid
    chords: tuple[Chord, ...]
    metre_confidence: float
    downbeat_confidence: float


def decode_bars(
    beat_times_sec: Sequence[float] | npt.NDArray[np.float64],
    rhythm: RhythmEvidence,
    chords: ChordEvidence,
    config: HarmonyConfig | None = None,
) -> BarsAndChords:
    """Decode metre, bar lines and chords.

    Parameters
    ----------
    beat_times_sec : sequence of float, seconds of the original file
        Of the beats, in order.
    rhythm : RhythmEvidence
        What was believed of the pulse.
    chords : ChordEvidence
        What was believed of the harmony.
    config : HarmonyConfig, optional
        Weights; the defaults if omitted.

    Returns
    -------
    BarsAndChords
        Empty, with confidence 0, where there are no beats.

    Raises
    ------
    ShapeError
        If the evidence does not have as many chords as there are.
    """
    config = config or HarmonyConfig()
    times = np.asarray(beat_times_sec, np.float64)
    if len(times) == 0:
        return BarsAndChords(BeatGrid(), (), 0.0, 0.0)
    evidence = pool_chords(times, chords, load_language(), config)
    downbeats = pool_downbeats(times, rhythm, config)
    compound = is_compound(rhythm, times) >= _COMPOUND_FROM
    # One at a time: of a long recording the sums are large.
    likelihoods = {
        per_bar: sum_forward(_walk_in(per_bar, downbeats, config), evidence).log_likelihood
        for per_bar in (_COMPOUND_METRES if compound else _SIMPLE_METRES)
    }
    per_bar, confidence = _choose_metre(likelihoods, config)
    lattice = _walk_in(per_bar, downbeats, config)
    sums = sum_forward(lattice, evidence)
    places, sureness = _place_beats(lattice, evidence, sums, config)
    signature = TimeSignature(3 * per_bar, 8) if compound else TimeSignature(per_bar, 4)
    heard = peaks_near(times, rhythm.beat, rhythm)
    grid = BeatGrid(_count_bars(times, places, heard), signature)
    found = name_chords(grid, evidence, chords, config)
    return BarsAndChords(grid, found, confidence, sureness)


def _walk_in(per_bar: int, downbeats: Scores, config: HarmonyConfig) -> Lattice:
    language, slip = load_language(), config.slip_probability
    moves = np.zeros((per_bar, per_bar))
    moves[np.arange(per_bar), (np.arange(per_bar) + 1) % per_bar] = 1 - slip
    moves[-1, -1] += slip  # a beat too many
    moves[-2, 0] += slip  # one too few
    moves /= moves.sum(axis=1, keepdims=True)
    places = np.zeros((len(downbeats), per_bar))
    places[:, 0] = downbeats
    change = np.array([change_at(place, per_bar) for place in range(per_bar)])
    is_bar = np.arange(per_bar) == 0
    return Lattice(
        first=language.in_force,
        following=soften_following(language.following, config.language_weight),
        moves=moves,
        change=np.broadcast_to(change, places.shape),
        places=places,
        is_bar=np.broadcast_to(is_bar, places.shape),
    )


def _choose_metre(likelihoods: dict[int, float], config: HarmonyConfig) -> tuple[int, float]:
    """Choose the metre that explains most, and say how sure that is."""
    metres = list(likelihoods)
    scores = np.array([likelihoods[one] - config.metre_costs[one] for one in metres])
    shares = np.exp(config.sharpness * (scores - scores.max()))
    best = int(scores.argmax())
    return metres[best], float(shares[best] / shares.sum())


def _place_beats(
    lattice: Lattice, evidence: BeatEvidence, sums: Sums, config: HarmonyConfig
) -> tuple[npt.NDArray[np.int64], float]:
    """Give every beat its place in the bar, and say how sure the places are."""
    posterior = sum_both_ways(lattice, evidence, sums).sum(axis=2)
    path = find_places(posterior, lattice.moves)
    shares = np.maximum(posterior, 1e-300) ** config.sharpness
    shares /= shares.sum(axis=1, keepdims=True)
    return path, float(shares[np.arange(len(path)), path].mean())


def _count_bars(
    times: npt.NDArray[np.float64], places: npt.NDArray[np.int64], heard: Scores
) -> tuple[Beat, ...]:
    """Give every beat its bar; one with a beat too many is counted on."""
    beats: list[Beat] = []
    bar, position = 0, 0
    for i, place in enumerate(places):
        is_downbeat = place == 0
        position = int(place) + 1 if i == 0 else 1 if is_downbeat else position + 1
        bar += int(is_downbeat)
        confidence = float(np.clip(heard[i], 0.0, 1.0))
        beats.append(Beat(float(times[i]), bar, position, confidence))
    return tuple(beats)
