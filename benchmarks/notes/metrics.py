"""What is measured of one recording, and intervals over recordings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from mir_eval.transcription import match_notes, precision_recall_f1_overlap

from licklab.domain.note import Note

DURATION_CLASSES = (
    ("< 60 ms", 0.0, 0.06),
    ("60-100 ms", 0.06, 0.1),
    ("100-200 ms", 0.1, 0.2),
    ("> 200 ms", 0.2, 1e9),
)
TEMPO_CLASSES = (("< 140", 0.0, 140.0), ("140-200", 140.0, 200.0), ("> 200", 200.0, 1e9))
_TOLERANCE_SEC = 0.05
_REPEAT_GAP_SEC = 0.25


@dataclass(slots=True)
class Scores:
    """Of one recording.

    Attributes
    ----------
    precision, recall, f1, f1_with_offset : float
        Pitch right, onset within 50 ms; with offset within 50 ms or a fifth of the note.
    by_duration : dict of str to (int, int)
        Notes found and notes there, by class.
    repeated : tuple of int
        Of notes on the pitch of the note just before: found and there.
    octave_errors : float
        Share of the notes that were heard an octave or two away instead.
    onset_error_ms : float
        Median of estimated minus true onset.
    confidences : list of (float, bool)
        Of each note heard, and whether it was right.
    velocity_correlation : float
        Of right notes' velocities with the truth; NaN where there are too few.
    """

    precision: float
    recall: float
    f1: float
    f1_with_offset: float
    by_duration: dict[str, tuple[int, int]]
    repeated: tuple[int, int]
    octave_errors: float
    onset_error_ms: float
    confidences: list[tuple[float, bool]] = field(default_factory=list)
    velocity_correlation: float = float("nan")


def score(reference: Sequence[Note], estimated: Sequence[Note]) -> Scores:
    """Score one recording."""
    classes = {
        name: (0, sum(low <= n.duration_sec < high for n in reference))
        for name, low, high in DURATION_CLASSES
    }
    repeats = _repeats(reference)
    if not estimated or not reference:
        return Scores(0, 0, 0, 0, classes, (0, len(repeats)), 0, 0)
    spans, hertz = _arrays(reference)
    their_spans, their_hertz = _arrays(estimated)
    precision, recall, f1, _ = precision_recall_f1_overlap(
        spans, hertz, their_spans, their_hertz, offset_ratio=None
    )
    *_, with_offset, _ = precision_recall_f1_overlap(spans, hertz, their_spans, their_hertz)
    pairs = match_notes(spans, hertz, their_spans, their_hertz, offset_ratio=None)
    found = {i for i, _ in pairs}
    right = {j for _, j in pairs}
    for name, low, high in DURATION_CLASSES:
        inside = [i for i, n in enumerate(reference) if low <= n.duration_sec < high]
        classes[name] = (sum(i in found for i in inside), len(inside))
    octaves = sum(
        _is_octave_error(n, estimated, right) for i, n in enumerate(reference) if i not in found
    )
    errors = [estimated[j].onset_sec - reference[i].onset_sec for i, j in pairs]
    loud = np.array(
        [(reference[i].velocity, estimated[j].velocity) for i, j in pairs], float
    ).reshape(-1, 2)
    varied = len(loud) > 10 and loud.std(0).min() > 0
    return Scores(
        float(precision), float(recall), float(f1), float(with_offset), classes,
        (sum(i in found for i in repeats), len(repeats)),
        octaves / len(reference), 1000 * float(np.median(errors)) if errors else 0.0,
        [(one.confidence, j in right) for j, one in enumerate(estimated)],
        float(np.corrcoef(loud.T)[0, 1]) if varied else float("nan"),
    )  # fmt: skip


def bootstrap(
    values: Sequence[float], rng: np.random.Generator, rounds: int = 1000
) -> tuple[float, float, float]:
    """Mean over recordings and the ends of its 95 % interval."""
    data = np.asarray(values, float)
    means = data[rng.integers(0, len(data), (rounds, len(data)))].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(data.mean()), float(low), float(high)


def pooled_recall(
    scores: Sequence[Scores], of: Callable[[Scores], tuple[int, int]]
) -> tuple[float, int]:
    """Recall over the notes of all recordings, and how many notes there are."""
    found = sum(of(one)[0] for one in scores)
    there = sum(of(one)[1] for one in scores)
    return found / max(1, there), there


def calibration(pairs: Sequence[tuple[float, bool]], n_bins: int = 10) -> tuple[float, float]:
    """Give expected calibration error and area under the ROC curve of confidence."""
    if not pairs:
        return 0.0, 0.0
    confidence = np.array([one for one, _ in pairs])
    right = np.array([one for _, one in pairs], float)
    bins = np.minimum((confidence * n_bins).astype(int), n_bins - 1)
    error = sum(
        abs(confidence[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean()
        for b in range(n_bins) if (bins == b).any()
    )  # fmt: skip
    order = np.argsort(confidence, kind="stable")
    ranks = np.empty(len(order))
    ranks[order] = np.arange(1, len(order) + 1)
    for value in np.unique(confidence):
        same = confidence == value
        ranks[same] = ranks[same].mean()
    n_right, n_wrong = right.sum(), len(right) - right.sum()
    if not n_right or not n_wrong:
        return float(error), float("nan")
    area = (ranks[right > 0].sum() - n_right * (n_right + 1) / 2) / (n_right * n_wrong)
    return float(error), float(area)


def _repeats(reference: Sequence[Note]) -> list[int]:
    return [
        i for i in range(1, len(reference))
        if reference[i].pitch_midi == reference[i - 1].pitch_midi
        and reference[i].onset_sec - reference[i - 1].offset_sec < _REPEAT_GAP_SEC
    ]  # fmt: skip


def _is_octave_error(note: Note, estimated: Sequence[Note], right: set[int]) -> bool:
    return any(
        j not in right
        and abs(one.onset_sec - note.onset_sec) < _TOLERANCE_SEC
        and abs(one.pitch_midi - note.pitch_midi) in (12, 24)
        for j, one in enumerate(estimated)
    )


def _arrays(notes: Sequence[Note]) -> tuple[np.ndarray, np.ndarray]:
    spans = np.array([[one.onset_sec, one.offset_sec] for one in notes])
    hertz = np.array([440.0 * 2 ** ((one.pitch_midi - 69) / 12) for one in notes])
    return spans, hertz
