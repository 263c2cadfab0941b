"""Form: how long the chorus is, where it begins, and which of its sections are alike.

In: chords and bars. Every length of chorus is tried: a bar ought to sound like the same bar of the
other choruses. Where choruses begin is told by what stands where in a chorus, learned from the
Weimar Jazz Database for each bar and in any key. Repetition of changes: Dannenberg and Hu,
"Pattern Discovery Techniques for Music Audio", ISMIR 2002.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.domain.beat import BeatGrid
from licklab.domain.chord import Chord
from licklab.domain.form import Chorus, Form, Section
from licklab.engine.form_places import Codes, code_bars, liken_codes, load_places

Scores = npt.NDArray[np.float64]

_SECTION_BARS = 8
_BLUES_BARS = 12
_MOST_PARTS = 4  # letters beyond AABA and ABAC are names of no form
# Sections that are alike within a chorus, and the share of the Weimar tunes of that length; the
# empty pattern has none. Sections are of eight bars, of sixteen in a chorus of 64.
_PATTERNS = {
    16: (("AA", 0.2), ("", 0.8)),
    32: (("AABA", 0.5), ("ABAC", 0.3), ("", 0.2)),
    36: (("AABA", 0.3), ("", 0.7)),
    64: (("AABA", 0.5), ("ABAC", 0.2), ("", 0.3)),
}
_NO_PATTERN = (("", 1.0),)


@dataclass(frozen=True, slots=True)
class FormConfig:
    """Weights; chosen on training and validation players by `training.harmony.forms`.

    Attributes
    ----------
    floor : float, 0 to 1
        What a bar is worth that is like none of its fellows.
    repeat_weight, place_weight, prior_weight : float
        Of the log likelihoods of the repetition, of what stands where, and of the length.
    sharpness : float
        By which the sum is multiplied before it is told as a confidence.
    least_confidence : float, 0 to 1
        Below it nothing is said.
    least_choruses, least_share : float
        Length of the recording, in choruses, without sections that repeat within one, and with
        such.
    least_bars : int
        Length of the recording, in bars, for all but the blues: less is a chorus of 32 whose
        halves are alike as well as two of 16.
    alike : float, 0 to 1
        Likeness of two sections, against that of a section with itself in another chorus, from
        which they have the same letter.
    """

    floor: float = 0.05
    repeat_weight: float = 0.25
    place_weight: float = 0.25
    prior_weight: float = 1.0
    sharpness: float = 0.55
    least_confidence: float = 0.4
    least_choruses: float = 1.9
    least_share: float = 1.2
    least_bars: int = 42
    alike: float = 0.7


def find_form(
    chords: Sequence[Chord], grid: BeatGrid, config: FormConfig | None = None
) -> Form | None:
    """Find the form of a recording.

    Parameters
    ----------
    chords : sequence of Chord
        In order.
    grid : BeatGrid
        Tells the bars.
    config : FormConfig, optional
        Weights; the defaults if omitted.

    Returns
    -------
    Form or None
        None where no form is sure enough, as where the changes do not repeat.
    """
    config = config or FormConfig()
    bars = [i for i, one in enumerate(grid.beats) if one.is_downbeat]
    if len(bars) < _SECTION_BARS or not chords:
        return None
    times = np.array([one.time_sec for one in grid.beats])[bars]
    edges = np.append(times, times[-1] + np.median(np.diff(times)))
    codes = code_bars(chords, edges)
    likeness = liken_codes(codes)
    hypotheses = _weigh(codes, likeness, config)
    if not hypotheses:
        return None
    scores = np.array(list(hypotheses.values()))
    shares = np.exp(config.sharpness * (scores - scores.max()))
    n_bars, phase = list(hypotheses)[int(scores.argmax())]
    # Two choruses that are taken for one are no rival of theirs.
    rivals = [
        (length, first) == (n_bars, phase) or length % n_bars != 0 or first % n_bars != phase
        for length, first in hypotheses
    ]
    confidence = float(1 / shares[rivals].sum())
    if confidence < config.least_confidence:
        return None
    sections = _find_sections(likeness, n_bars, phase, config)
    choruses = _list_choruses(edges, grid.beats[bars[0]].bar, n_bars, phase)
    return Form(_name(n_bars, sections), n_bars, sections, choruses, confidence)


def _weigh(codes: Codes, likeness: Scores, config: FormConfig) -> dict[tuple[int, int], float]:
    """Give the score of every length and first bar, with the best of its patterns."""
    places = load_places()
    n_bars = len(codes)
    found: dict[tuple[int, int], float] = {}
    for length, prior in places.lengths.items():
        least = 0 if length == _BLUES_BARS else config.least_bars
        if n_bars < max(least, config.least_share * length):
            continue
        # What stands where is counted once, not once a chorus: choruses are alike.
        weight = config.place_weight * min(1.0, length / n_bars)
        by_phase = weight * places.score_phases(codes, length)
        for pattern, share in _PATTERNS.get(length, _NO_PATTERN):
            if pattern == "" and n_bars < config.least_choruses * length:
                continue
            fellows = _fellows(length, pattern)
            # Choruses may begin on any of their bars.
            base = config.prior_weight * (prior + np.log(share / length))
            for phase in range(length if pattern else 1):
                place = (np.arange(n_bars) - phase) % length
                repeats = _repetition(likeness, fellows[place], config.floor)
                score = base + config.repeat_weight * repeats
                phases = (phase,) if pattern else range(length)
                for one in phases:
                    before = found.get((length, one), -np.inf)
                    found[length, one] = max(before, score + float(by_phase[one]))
    return found


def _fellows(length: int, pattern: str) -> npt.NDArray[np.int64]:
    """Give each bar of a chorus a number that bars which ought to be alike share."""
    numbers = np.arange(length)
    unit = _unit(length)
    for i, letter in enumerate(pattern):
        first = pattern.index(letter) * unit
        # Turnarounds, the last quarter of a section, lead to what follows and so differ.
        bars = np.arange(unit - unit // 4)
        numbers[i * unit + bars] = first + bars
    return numbers


def _repetition(likeness: Scores, places: npt.NDArray[np.int64], floor: float) -> float:
    """Tell how well every bar is foretold by its fellows."""
    n_bars = len(likeness)
    others = ~np.eye(n_bars, dtype=bool)
    fellows = (places[:, None] == places[None]) & others
    counts = fellows.sum(axis=1)
    chance = likeness[others].mean()
    mean = np.where(counts, (likeness * fellows).sum(axis=1) / np.maximum(counts, 1), chance)
    return float(np.log(floor + (1 - floor) * mean).sum())


def _unit(n_bars: int) -> int:
    """Give the length of a section."""
    return _SECTION_BARS if n_bars < 2 * _MOST_PARTS * _SECTION_BARS else 2 * _SECTION_BARS


def _find_sections(
    likeness: Scores, n_bars: int, phase: int, config: FormConfig
) -> tuple[Section, ...]:
    """Cut a chorus in sections of eight bars, the last with what is over, and letter them."""
    unit = _unit(n_bars)
    n_sections = max(1, n_bars // unit) if n_bars != _BLUES_BARS else 1
    firsts = [unit * i for i in range(n_sections)]
    place = (np.arange(len(likeness)) - phase) % n_bars

    def compare(one: int, other: int) -> float:
        # Turnarounds, the last quarter of a section, lead to what follows and so differ.
        scores = []
        for bar in range(unit - unit // 4):
            left, right = place == one + bar, place == other + bar
            pairs = likeness[np.ix_(left, right)]
            count = pairs.size - (min(pairs.shape) if one == other else 0)
            total = pairs.sum() - (np.trace(pairs) if one == other else 0)
            if count:
                scores.append(total / count)
        return float(np.mean(scores)) if scores else 0.0

    itself = [compare(one, one) for one in firsts]
    letters: list[str] = []
    for i, first in enumerate(firsts):
        alike = [
            (compare(first, firsts[j]) / max(np.sqrt(itself[i] * itself[j]), 1e-6), letters[j])
            for j in range(i)
        ]
        best = max(alike, default=(0.0, ""))
        letters.append(best[1] if best[0] > config.alike else chr(ord("A") + len(set(letters))))
    ends = [*firsts[1:], n_bars]
    return tuple(
        Section(letter, first + 1, end - first)
        for letter, first, end in zip(letters, firsts, ends, strict=True)
    )


def _name(n_bars: int, sections: tuple[Section, ...]) -> str:
    letters = "".join(one.label for one in sections)
    if n_bars == _BLUES_BARS:
        return "12-bar blues"
    return letters if 1 < len(letters) <= _MOST_PARTS else f"{n_bars} bars"


def _list_choruses(edges: Scores, first_number: int, n_bars: int, phase: int) -> tuple[Chorus, ...]:
    """Give the choruses in order, the first of them perhaps begun before the recording."""
    last = len(edges) - 1
    firsts = range(phase - n_bars if phase else 0, last, n_bars)
    return tuple(
        Chorus(number, first_number + first, n_bars, float(edges[max(0, first)]),
               float(edges[min(last, first + n_bars)]))
        for number, first in enumerate(firsts, start=1)
    )  # fmt: skip
