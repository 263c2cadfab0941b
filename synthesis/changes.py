"""Charts to be played by a rhythm section: beats with exact chords, in any metre and tempo."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from licklab.domain.chord import QUALITIES, QUALITY_TONES
from synthesis.weimar import Beat, Solo

_PITCH_CLASSES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
# The database's spellings, longest first, and the quality that is played for each.
_SPELLINGS = (
    ("m7b5", "hdim7"), ("o", "dim7"), ("-j", "minmaj7"), ("-6", "min6"), ("-7", "min7"),
    ("-", "min"), ("+j", "maj7"), ("+7", "7"), ("+", "aug"), ("j", "maj7"), ("6", "maj6"),
    ("sus", "sus4(b7)"), ("7", "7"), ("", "maj"),
)  # fmt: skip
# Alterations after the quality, and their places in `licklab.domain.chord.TENSIONS`.
_ALTERATIONS = (("9b", (0,)), ("9#", (1,)), ("11#", (2,)), ("13b", (3,)), ("alt", (0, 1, 3)))


@dataclass(frozen=True, slots=True)
class Change:
    """A chord of a chart.

    Attributes
    ----------
    root, bass : int, 0 to 11
        Pitch classes.
    quality : int
        Place in `licklab.domain.chord.QUALITIES`.
    tensions : tuple of int
        Places in `licklab.domain.chord.TENSIONS`.
    """

    root: int
    bass: int
    quality: int
    tensions: tuple[int, ...] = ()

    @property
    def tones(self) -> tuple[int, ...]:
        """Semitones of its tones above the root."""
        return QUALITY_TONES[self.quality]

    def transposed(self, semitones: int) -> "Change":
        """Give it so many semitones higher."""
        return replace(self, root=(self.root + semitones) % 12, bass=(self.bass + semitones) % 12)


@dataclass(frozen=True, slots=True)
class Pulse:
    """A beat that is played.

    Attributes
    ----------
    onset_sec, length_sec : float
        When, and how long until the next.
    position, per_bar : int
        From 1, of so many.
    change : Change or None
        In force.
    is_new : bool
        Whether the chord begins here.
    bass_midi : int or None
        What the bass of the record plays.
    """

    onset_sec: float
    length_sec: float
    position: int
    per_bar: int
    change: Change | None
    is_new: bool
    bass_midi: int | None = None


def read_change(text: str) -> Change | None:
    """Read a chord as the Weimar database spells it; None for no chord."""
    match = re.match(r"([A-G])([#b]?)([^/]*)(?:/([A-G])([#b]?))?", text)
    if match is None or text.startswith("NC"):
        return None
    root = _pitch_class(match[1], match[2])
    kind = match[3]
    name = next(name for start, name in _SPELLINGS if kind.startswith(start))
    tensions = {place for word, places in _ALTERATIONS if word in kind for place in places}
    if kind.startswith("+7"):
        tensions.add(3)
    bass = _pitch_class(match[4], match[5]) if match[4] else root
    return Change(root, bass, QUALITIES.index(name), tuple(sorted(tensions)))


def _pitch_class(letter: str, accidental: str) -> int:
    return (_PITCH_CLASSES[letter] + {"#": 1, "b": -1, "": 0}[accidental or ""]) % 12


@dataclass(frozen=True, slots=True)
class Chart:
    """A stretch of a solo's chart, and the notes over it.

    Attributes
    ----------
    pulses : tuple of Pulse
        From time 0.
    notes : shape=(n, 4)
        Onset and duration in seconds, MIDI pitch, loudness in dB.
    """

    pulses: tuple[Pulse, ...]
    notes: npt.NDArray[np.float64]


def take_chart(
    solo: Solo,
    first_beat: int,
    length_sec: float,
    tempo_bpm: float,
    transpose: int,
    *,
    metre: str = "4/4",
    steadiness: float = 0.0,
    lead_in_sec: float = 0.3,
) -> Chart | None:
    """Take a stretch of a solo and play it in another tempo, key and metre.

    Parameters
    ----------
    solo : Solo
        Its beats, chords and notes.
    first_beat : int
        Where to begin.
    length_sec : float
        Of what is wanted.
    tempo_bpm : float
        Of its beats, in the mean.
    transpose : int
        Semitones.
    metre : str
        ``4/4``, or ``3/4``, ``5/4`` (a beat of each bar is left out, or held longer), ``2/2``: the
        bars of two beats that 6/8 has. Solos in another metre than 4/4 stay as they are.
    steadiness : float, 0 to 1
        How much of the players' own timing is smoothed: 1 is a machine.
    lead_in_sec : float
        Before the first beat.

    Returns
    -------
    Chart or None
        None where there are too few beats.
    """
    beats = _rebar(solo.beats[first_beat:], metre)
    if len(beats) < 9:
        return None
    old = np.array([one.onset_sec for one, _ in beats])
    new = _retime(old, tempo_bpm, steadiness) + lead_in_sec
    n_beats = int(np.searchsorted(new, length_sec - 0.2))
    if n_beats < 9:
        return None
    pulses, last = [], ""
    for i in range(min(n_beats, len(beats) - 1)):
        beat, (position, per_bar) = beats[i][0], beats[i][1]
        change = read_change(beat.chord)
        pulses.append(Pulse(
            float(new[i]), float(new[i + 1] - new[i]), position, per_bar,
            change and change.transposed(transpose), beat.chord != last,
            None if beat.bass_midi is None else beat.bass_midi + transpose,
        ))  # fmt: skip
        last = beat.chord
    return Chart(tuple(pulses), _move_notes(solo, old, new, len(pulses)))


def vary_changes(chart: Chart, rng: np.random.Generator) -> Chart:
    """Give every change of a chart another root and quality, all qualities equally often.

    Parameters
    ----------
    chart : Chart
        Whose bars and harmonic rhythm stay.
    rng : Generator
        For all that varies.

    Returns
    -------
    Chart
        Without notes, which would not fit.
    """
    pulses: list[Pulse] = []
    change: Change | None = None
    for one in chart.pulses:
        if one.change is None:
            change = None
        elif one.is_new or change is None:
            root = int(rng.integers(12)) if change is None else change.root
            root = (root + int(rng.choice((5, 5, 5, 2, 7, 11, 1, 3, 9, 10)))) % 12
            quality = int(rng.integers(len(QUALITIES)))
            tensions: tuple[int, ...] = ()
            if QUALITIES[quality] == "7" and rng.random() < 0.6:
                tensions = ((0,), (1,), (2,), (3,), (0, 3), (0, 1, 3))[int(rng.integers(6))]
            bass = root
            if rng.random() < 0.1:
                bass = (root + int(rng.choice(QUALITY_TONES[quality][1:]))) % 12
            change = Change(root, bass, quality, tensions)
        pulses.append(replace(one, change=change, bass_midi=None))
    return Chart(tuple(pulses), np.zeros((0, 4)))


def _rebar(beats: Sequence[Beat], metre: str) -> list[tuple[Beat, tuple[int, int]]]:
    """Count the beats of each bar anew."""
    kept: list[tuple[Beat, tuple[int, int]]] = []
    for beat in beats:
        if beat.per_bar != 4 or metre == "4/4":
            kept.append((beat, (beat.number, beat.per_bar)))
        elif metre == "3/4":
            if beat.number <= 3:
                kept.append((beat, (beat.number, 3)))
        elif metre == "5/4":
            kept.append((beat, (beat.number, 5)))
            if beat.number == 4:
                kept.append((replace(beat, onset_sec=beat.onset_sec + 1e-3), (5, 5)))
        else:
            kept.append((beat, ((beat.number - 1) % 2 + 1, 2)))
    return kept


def _retime(
    old: npt.NDArray[np.float64], tempo_bpm: float, steadiness: float
) -> npt.NDArray[np.float64]:
    gaps = np.diff(old)
    usual = float(np.median(gaps))
    # What was left out or put in is as long as the other beats.
    gaps = np.where((gaps > 1.6 * usual) | (gaps < 0.6 * usual), usual, gaps)
    smooth = np.convolve(np.pad(gaps, 8, mode="edge"), np.ones(17) / 17, mode="valid")
    gaps = steadiness * smooth + (1 - steadiness) * gaps
    gaps *= 60 / tempo_bpm / np.median(gaps)
    return np.concatenate([[0.0], np.cumsum(gaps)])


def _move_notes(
    solo: Solo,
    old: npt.NDArray[np.float64],
    new: npt.NDArray[np.float64],
    n_beats: int,
) -> npt.NDArray[np.float64]:
    """Give every note the same place in its beat."""
    every = np.array([one.onset_sec for one in solo.beats] + [np.inf])
    rows = []
    for onset, duration, pitch, loudness in solo.notes:
        home = every[np.searchsorted(every, onset + 1e-6) - 1]
        at = int(np.searchsorted(old, home - 1e-6))
        if onset < old[0] or at >= n_beats or abs(old[at] - home) > 1e-6:
            continue
        following = every[np.searchsorted(every, home + 1e-6)]
        if not np.isfinite(following):
            continue
        rate = (new[at + 1] - new[at]) / (following - home)
        rows.append((new[at] + (onset - home) * rate, duration * rate, pitch, loudness))
    return np.array(sorted(rows), float).reshape(-1, 4)
