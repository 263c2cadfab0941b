"""Solo lines as a transcriber with errors would hear them, with their boundaries."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.licks.solos import AnnotatedLine
from licklab.domain.solo_line import SoloLine

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# Wrong notes of a transcriber are octaves, neighbours, and the fifth or fourth of an overtone.
_WRONG_STEPS = (-12, 12, -1, 1, -2, 2, 7, -5, 5)
# Of an added note: about a sixteenth.
_ADDED_SEC, _ADDED_SPREAD, _SHORTEST_SEC = 0.1, 0.4, 0.03


@dataclass(frozen=True, slots=True)
class Errors:
    """How much is wrong.

    Attributes
    ----------
    dropped, added : float, 0 to 1
        Notes that are missed and notes that are not there, as shares of all.
    onset_sec, offset_sec : float, seconds
        Standard deviations; that of the offset is beside that of the onset.
    """

    dropped: float = 0.10
    added: float = 0.05
    onset_sec: float = 0.030
    # The tolerance of mir_eval for offsets.
    offset_sec: float = 0.050


@dataclass(frozen=True, slots=True, eq=False)
class HeardLine:
    """Notes with what ends between them.

    Attributes
    ----------
    onset_sec, offset_sec : shape=(n_notes,), seconds
        A note ends where the next one begins, or before.
    pitch_midi : shape=(n_notes,)
        Of the notes.
    ends_phrase, ends_idea : shape=(n_notes - 1,)
        Whether a phrase or an annotated unit ends with this note.
    """

    onset_sec: Floats
    offset_sec: Floats
    pitch_midi: Ints
    ends_phrase: Bools
    ends_idea: Bools

    def cut(self, start: int, stop: int) -> "HeardLine":
        """Take some of the notes, two or more."""
        return HeardLine(
            self.onset_sec[start:stop], self.offset_sec[start:stop], self.pitch_midi[start:stop],
            self.ends_phrase[start : stop - 1], self.ends_idea[start : stop - 1],
        )  # fmt: skip

    def draw(self) -> SoloLine:
        """Draw the line, without beats and changes."""
        n = len(self.pitch_midi)
        nothing, ones = np.zeros(n, np.int64), np.ones(n, np.int64)
        ids = tuple(f"n{i + 1}" for i in range(n))
        return SoloLine(
            self.onset_sec, self.offset_sec, self.pitch_midi, nothing, nothing, ones, ones,
            np.full(n, 0.5), nothing - 1, np.ones(n), (), ids, 0,
        )  # fmt: skip


def hear(solo: AnnotatedLine, errors: Errors | None = None, seed: int = 0) -> HeardLine:
    """Hear a solo.

    Parameters
    ----------
    solo : AnnotatedLine
        With its phrases and units.
    errors : Errors, optional
        None is wrong if omitted.
    seed : int
        Of the errors.

    Returns
    -------
    HeardLine
        An added note belongs to the phrase of the note that it is added to; a phrase whose notes
        are all missed is none.
    """
    line = solo.line
    phrase, idea = number_spans(solo)
    if errors is None:
        return _order(line.onset_sec, line.offset_sec, line.pitch_midi, phrase, idea)
    rng = np.random.default_rng([seed, len(line), int(line.pitch_midi.sum())])
    n = len(line)
    onset = line.onset_sec + rng.normal(0, errors.onset_sec, n)
    offset = onset + line.offset_sec - line.onset_sec + rng.normal(0, errors.offset_sec, n)
    kept = rng.random(n) >= errors.dropped
    source = rng.integers(0, n, rng.binomial(n, errors.added))
    m = len(source)
    reach_sec = line.offset_sec[source] - line.onset_sec[source] + _ADDED_SEC
    added = line.onset_sec[source] + rng.random(m) * reach_sec
    length = _ADDED_SEC * np.exp(rng.normal(0, _ADDED_SPREAD, m))
    wrong = line.pitch_midi[source] + rng.choice(_WRONG_STEPS, m)
    return _order(
        np.append(onset[kept], added), np.append(offset[kept], added + length),
        np.append(line.pitch_midi[kept], wrong), np.append(phrase[kept], phrase[source]),
        np.append(idea[kept], idea[source]),
    )  # fmt: skip


def number_spans(solo: AnnotatedLine) -> tuple[Ints, Ints]:
    """Give numbers to the phrases and the units of a solo.

    Parameters
    ----------
    solo : AnnotatedLine
        As annotated.

    Returns
    -------
    tuple of two arrays, shape=(n_notes,)
        Number of the phrase of each note, and of the stretch between two boundaries of units.
    """
    n = len(solo.line)
    marks = np.zeros((2, n + 1), np.int64)
    marks[0, [one.start for one in solo.phrases]] = 1
    for unit in solo.units:
        marks[1, [unit.span.start, unit.span.stop]] = 1
    counted = np.cumsum(marks[:, :n], axis=1)
    return counted[0], counted[1]


def _order(onset: Floats, offset: Floats, pitch: Ints, phrase: Ints, idea: Ints) -> HeardLine:
    order = np.argsort(onset, kind="stable")
    onset = onset[order]
    offset = np.maximum(offset[order], onset + _SHORTEST_SEC)
    offset[:-1] = np.minimum(offset[:-1], onset[1:])
    # A displaced note may stand before one of the phrase before it: what has begun, has begun.
    phrase, idea = (np.maximum.accumulate(one[order]) for one in (phrase, idea))
    return HeardLine(onset, offset, pitch[order], np.diff(phrase) > 0, np.diff(idea) > 0)
