"""What is counted of marked attempts: errors found, errors made up, clean notes left alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from mir_eval.transcription import match_notes

from benchmarks.practice.attempt_scenes import Attempt, ErrorKind
from licklab.domain.note import Note
from licklab.practice.marking.marks import PassMarks

# An extra note is found when it is heard where it was played, as notes are matched in general.
_EXTRA_SEC = 0.05
_ONSET_SEC = 0.1


@dataclass(frozen=True, slots=True)
class Told:
    """What a program says of an attempt.

    Attributes
    ----------
    marks : dict of int to str
        Errors by the note of the passage.
    extras : tuple of float
        Onsets of notes too many.
    n_unsure : int
        Notes that were left open.
    is_found : bool
        Whether the passage was recognised.
    """

    marks: dict[int, str]
    extras: tuple[float, ...]
    n_unsure: int = 0
    is_found: bool = True


def tell(best: PassMarks | None) -> Told:
    """Read the marks of our own."""
    if best is None:
        return Told({}, (), is_found=False)
    return Told(
        {one.index: one.kind.value for one in best.notes if one.kind.is_error},
        tuple(one.onset_sec for one in best.extras),
        sum(one.kind.value == "unsure" for one in best.notes),
    )


@dataclass(slots=True)
class Tally:
    """Errors found, made up and overlooked, by kind; and clean notes.

    Attributes
    ----------
    found, made_up, overlooked : Counter of ErrorKind
        Told and played, told only, played only. A mark of another kind counts as both of the
        latter.
    n_clean, n_accused, n_unsure : int
        Notes of the passages that were played as asked, those of them that have an error marked,
        and notes of any kind that were left open.
    n_lost : int
        Attempts in which the passage was not recognised.
    """

    found: Counter[str] = field(default_factory=Counter)
    made_up: Counter[str] = field(default_factory=Counter)
    overlooked: Counter[str] = field(default_factory=Counter)
    n_clean: int = 0
    n_accused: int = 0
    n_unsure: int = 0
    n_lost: int = 0

    def add(self, attempt: Attempt, told: Told) -> None:
        """Count one attempt."""
        wanted = {one.index: one.kind.value for one in attempt.errors if one.kind != "extra"}
        count = len(attempt.lick.passage.notes)
        for index in range(count):
            want, got = wanted.get(index), told.marks.get(index)
            self.n_clean += want is None
            self.n_accused += want is None and got is not None
            if want is not None and want == got:
                self.found[want] += 1
                continue
            if want is not None:
                self.overlooked[want] += 1
            if got is not None:
                self.made_up[got] += 1
        extras = list(told.extras)
        for one in attempt.errors:
            if one.kind is ErrorKind.EXTRA:
                near = [t for t in extras if abs(t - one.onset_sec) <= _EXTRA_SEC]
                (self.found if near else self.overlooked)["extra"] += 1
                extras = [t for t in extras if t not in near[:1]]
        self.made_up["extra"] += len(extras)
        self.n_unsure += told.n_unsure
        self.n_lost += not told.is_found

    def rates(self, kind: str | None = None) -> tuple[float, float, float]:
        """Give precision, recall and F1 of one kind, or of all."""
        found, made_up, overlooked = (
            counter.total() if kind is None else counter[kind]
            for counter in (self.found, self.made_up, self.overlooked)
        )
        precision = found / max(1, found + made_up)
        recall = found / max(1, found + overlooked)
        return precision, recall, 2 * found / max(1, 2 * found + made_up + overlooked)

    @property
    def left_alone(self) -> float:
        """Share of the clean notes on which no error is marked."""
        return 1 - self.n_accused / max(1, self.n_clean)


@dataclass(slots=True)
class Hearing:
    """How well attempts are heard, whatever is marked.

    Attributes
    ----------
    off_ms : list of float
        Heard minus played onsets of matched notes, less the middle of each attempt.
    n_played, n_heard, n_matched : int
        Notes.
    sure_right, sure_wrong : list of float
        Confidence of notes that are there, and of those that are not.
    """

    off_ms: list[float] = field(default_factory=list)
    n_played: int = 0
    n_heard: int = 0
    n_matched: int = 0
    sure_right: list[float] = field(default_factory=list)
    sure_wrong: list[float] = field(default_factory=list)

    def add(self, played: Sequence[Note], heard: Sequence[Note]) -> None:
        """Count one attempt."""
        pairs = (
            match_notes(
                *_arrays(played), *_arrays(heard), onset_tolerance=_ONSET_SEC, offset_ratio=None
            )
            if heard
            else []
        )
        off = [1000 * (heard[j].onset_sec - played[i].onset_sec) for i, j in pairs]
        self.off_ms += [one - float(np.median(off)) for one in off]
        self.n_played += len(played)
        self.n_heard += len(heard)
        self.n_matched += len(pairs)
        right = {j for _, j in pairs}
        for j, one in enumerate(heard):
            (self.sure_right if j in right else self.sure_wrong).append(one.confidence)


def _arrays(notes: Sequence[Note]) -> tuple[np.ndarray, np.ndarray]:
    spans = np.array([[one.onset_sec, one.offset_sec] for one in notes])
    return spans, np.array([440.0 * 2 ** ((one.pitch_midi - 69) / 12) for one in notes])
