"""Build the example recording "Third Shelf Blues": written solo, MIDI truth, rendered audio.

The tune, its solo and its accompaniment are the data in the first half of this file. Running the
script writes ``third-shelf-blues.mid`` and, rendered from exactly that file,
``third-shelf-blues.mp3``. The MIDI is the same to the byte on every run, so its note times are the
truth for the audio.

How the lines are written. One string is one bar of 4/4, in sounding (concert) pitch. A token is
``PITCH:LENGTH[.][MARKS]``, as in ``Eb5:q.>v``; a rest is ``r:LENGTH``; without a length a token is
a quarter note.

=========  ====================================================
Sign       Meaning
=========  ====================================================
``w h q``  whole, half, quarter note
``e``      eighth note; swung, unless its beat holds ``s`` or ``t``
``s``      sixteenth note
``t T``    eighth, quarter note of a triplet
``.``      half as long again
``>``      accent
``'``      staccato
``g``      ghost note
``v``      vibrato
``~``      tied to the next note, which must have the same pitch
=========  ====================================================

Needs Python 3.11 with ``mido``, and the programs ``fluidsynth``, ``ffmpeg`` and ``lame``.
"""

from __future__ import annotations

import argparse
import itertools
import math
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import mido

TITLE = "Third Shelf Blues"
SLUG = "third-shelf-blues"
NOTICE = "Composed for Jazz Lick Lab; public domain dedication CC0 1.0"
TEMPO_BPM = 150
TICKS_PER_BEAT = 960
BEATS_PER_BAR = 4
SEED = 1917
RING_OUT_SEC = 2.4
SOUNDFONT = Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")

# ---------------------------------------------------------------------------------------------
# The music
# ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Section:
    """Some bars of the form with everything that is played in them; one string a bar."""

    name: str
    chords: tuple[str, ...]
    solo: tuple[str, ...]
    bass: tuple[str, ...]
    comping: str
    """One letter a bar, a key of `COMPING`."""


TURNAROUND = ("F7 D7alt", "Gm7 C7", "F7 D7alt", "Gm7 C7")
BLUES = (
    *("F7", "Bb7", "F7", "Cm7 F7"),
    *("Bb7", "Bdim7", "F7", "Am7b5 D7alt"),
    *("Gm7", "C7", "F7 D7alt", "Gm7 C7"),
)
BLUES_PLAIN_MINOR = (*BLUES[:7], "Am7 D7alt", *BLUES[8:])
BLUES_EARLY_II_V = (*BLUES[:2], "Cm7", "F7", *BLUES[4:])

INTRO = Section(
    name="Intro",
    chords=TURNAROUND,
    solo=("r:w", "r:w", "r:w", "r:h r C4:e D4:e"),  # the pick-up of lick A
    bass=("F2:h D2:h", "G2:h C2:h", "F2 A2 D2 F#2", "G2 Bb2 C3 E2"),
    comping="CPRO",
)

CHORUS_1 = Section(
    name="Chorus 1",
    chords=BLUES,
    solo=(
        "F4:e> Ab4:e A4:e C5:e>~ C5 r",  # lick A, the call
        "r:e D5:e> C5:e Ab4:e F4:q' r",  # the response
        "r F4:eg Ab4:e A4:e C5:e> D5:e C5:e",  # lick A, a beat later
        "Eb5:q.>v C5:e A4:q' F3:e G3:e",
        "Bb3:e> Db4:e D4:e F4:e>~ F4 r",  # lick A in Bb, a fifth lower
        "r:e Ab4:e> F4:e D4:e B3:q' r",
        "r A3:e C4:e Eb4:e G4:e> F4:e D4:eg",
        "Eb4:q' r:e C4:e> D4:q' r",
        "A3:e F#3:e G3:t Bb3:t D4:t F4:e A4:e> G4:e F4:e",  # lick B, ii
        "E4:e G4:e Bb4:e Db5:e> C5:q' Bb4:e Ab4:e",  # lick B, V
        "A4:e F4:e D4:eg F4:e>' r:h",
        "r:h r:e C5:e> Bb4:e Ab4:e",
    ),
    bass=(
        *("F2 A2 C3 B2", "Bb2 C3 D3 E3", "F3 Eb3 D3 Db3", "C3 G2 F2 A2"),
        *("Bb2 Ab2 F2 Bb2", "B2 D3 Ab2 B2", "C3 A2 F2 G2", "A2 C3 D3 Ab2"),
        *("G2 Bb2 D3 Db3", "C3 Bb2 G2 E2", "F2 A2 D2 F#2", "G2 Bb2 C3 E2"),
    ),
    comping="CATLCARPHCAP",
)

CHORUS_2 = Section(
    name="Chorus 2",
    chords=BLUES_PLAIN_MINOR,
    solo=(
        "A4:e F4:eg G4:e A4:e C5:e> Eb5:e D5:e C5:e",
        "Bb4:e> Ab4:e G4:e F4:e D4:eg F4:e Bb4:e> G#4:e",
        "A4:q' C5:e Eb5:e> D5:e C5:e' r",
        "Eb4:t G4:t Bb4:t D5:e> C5:e A4:e Gb4:e F4:e Eb4:e",  # lick C in Bb
        "D4:q' r:e F4:eg Ab4:e C5:e> Bb4:e G4:e",
        "Ab4:e B4:e D5:q>v B4:e Ab4:e F4:e D4:e",
        "C4:q' r Ab4:e> F4:e Eb4:e D4:e",
        "C4:t E4:t G4:t B4:e> A4:e F#4:e Eb4:e D4:e C4:e",  # lick C in G
        "Bb3:e D4:e F4:e A4:e> G4:q' r",
        "r C5:e> B4:e Bb4:e A4:e G4:eg E4:e",  # bebop scale
        "F4:e> F4:e' r:e Ab4:e> F4:q' r",
        "r:h r C4:t D4:t F4:t",
    ),
    bass=(
        *("F2 C2 F2 A2", "Bb2 F2 D2 E2", "F2 G2 A2 Db3", "C3 Eb3 F3 A2"),
        *("Bb2 D3 F3 C3", "B2 F2 Ab2 B2", "C3 D3 Eb3 Bb2", "A2 E2 D2 Ab2"),
        *("G2 A2 Bb2 Db3", "C3 E3 G3 Gb3", "F3 C3 D3 A2", "G2 D2 C2 E2"),
    ),
    comping="CTAHLCAHCRAP",
)

CHORUS_3 = Section(
    name="Chorus 3",
    chords=BLUES,
    solo=(
        "Ab4:t A4:t C5:t Ab4:t A4:t C5:t D5:q> C5:q'",  # lick A, folded into triplets
        "Ab4:t Bb4:t D5:t Ab4:t Bb4:t D5:t C5:q>' r",
        "r Eb5:s> D5:s C5:s Bb4:s A4:s G4:s F4:s E4:s Eb4:e C4:e'",  # bebop scale
        "r:e Eb4:e G4:e Bb4:e> A4:e Gb4:e F4:e Eb4:e",  # lick C, its second half
        "D4:q>' r F4:t Ab4:t Bb4:t D5:e> C5:e",
        "B4:s D5:s B4:s Ab4:s F4:e> D4:e' r:h",
        "C5:T> C5:T Eb5:T C5:q>v r",
        "r:e C5:e Bb4:e A4:e F#4:e> Eb4:e C4:e Bb3:e",
        "A3:e F#3:eg G3:t Bb3:t D4:t F4:e A4:e> G4:e F4:e",  # lick B, ii
        "E4:e G4:e Bb4:e Db5:e> C5:s Bb4:s A4:s Ab4:s G4:e Bb4:e",  # lick B, V, doubled up
        "A4:q.>v F4:e' r:h",
        "Bb3:t D4:t F4:t A4:e> G4:e E4:e Db4:e C4:e Bb3:e",  # lick C in F
    ),
    bass=(
        *("F2 Eb3 D3 C3", "Bb2 Ab2 G2 Gb2", "F2 A2 Eb2 D2", "C2 G2 F2 B2"),
        *("Bb2 C3 D3 F3", "B2 Ab2 F2 D2", "C2 F2 A2 Bb2", "A2 G2 F#2 Ab2"),
        *("G2 D3 Bb2 Db3", "C3 G2 E2 Gb2", "F2 F3 D3 Ab2", "G2 F2 E2 Gb2"),
    ),
    comping="TTHACATPHCAH",
)

CHORUS_4 = Section(
    name="Chorus 4",
    chords=BLUES_EARLY_II_V,
    solo=(
        "A3:q' r F4:e Ab4:e A4:e C5:e>~",  # lick A, pushed across the bar line
        "C5 r:e D5:e> C5:e Ab4:e F4:e' r:e",
        "D3:e B2:e C3:t Eb3:t G3:t Bb3:e D4:e> C4:e Bb3:e",  # lick B in Bb, ii
        "A3:e C4:e Eb4:e Gb4:e> F4:q' Eb4:e Db4:eg",  # lick B in Bb, V
        "D4:e F4:e G4:s Ab4:s Bb4:s C5:s D5:q>v r",
        "r:e D5:e> D5:e B4:e Ab4:e B4:e D5:q>'",
        "r Eb5:e> Eb5:e Eb5:q>v C5:e A4:e",
        "C5:e Bb4:e A4:e F#4:e> Eb4:e C4:e' r",
        "D4:t F4:t A4:t C5:e> A4:e Bb4:e G4:e F4:q'",
        "r:e Bb4:e> Ab4:e G4:e E4:e Db4:e E4:e G4:e",
        "F4:e> Ab4:e A4:e C5:e>~ C5 r",  # lick A as at the start
        "r:e D5:e> C5:e Ab4:e F4:q' C4:e E4:e",
    ),
    bass=(
        *("F2 A2 C3 Eb3", "D3 Bb2 F2 Db3", "C3 Eb3 G3 Gb3", "F3 Eb3 C3 A2"),
        *("Bb2 D3 F3 Bb2", "B2 D3 F3 Ab3", "A3 F3 C3 Bb2", "A2 Eb3 D3 A2"),
        *("G2 Bb2 D3 F3", "E3 C3 G2 E2", "F2 A2 D2 A2", "G2 D3 C3 E2"),
    ),
    comping="RACHTRAPHCAC",
)

ENDING = Section(name="Ending", chords=("F6",), solo=("F4:w>v",), bass=("F2:w",), comping="W")

FORM = (INTRO, CHORUS_1, CHORUS_2, CHORUS_3, CHORUS_4, ENDING)

# Rootless voicings for the left hand (the bass has the root), low to high, led from chord to
# chord with little motion: 3-5-7-9 or 7-9-3-5, the fifth of a dominant replaced by its 13th.
VOICINGS: dict[str, str] = {
    "F7": "Eb3 G3 A3 D4",
    "F6": "A3 C4 D4 G4",
    "Bb7": "D3 G3 Ab3 C4",
    "Bdim7": "D3 F3 Ab3 B3",
    "Cm7": "Eb3 G3 Bb3 D4",
    "Am7": "G3 B3 C4 E4",
    "Am7b5": "G3 A3 C4 Eb4",
    "D7alt": "F#3 Bb3 C4 F4",
    "Gm7": "F3 A3 Bb3 D4",
    "C7": "E3 A3 Bb3 D4",
}

# Comping rhythms: (beat, length in beats) of each strike. A strike on the last offbeat before a
# change of chord anticipates that chord.
COMPING: dict[str, tuple[tuple[float, float], ...]] = {
    "C": ((0.0, 1.2), (1.5, 0.4)),  # Charleston
    "R": ((0.5, 0.4), (2.0, 1.2)),  # Charleston turned round
    "T": ((1.0, 0.4), (3.0, 0.4)),  # with the hi-hat
    "L": ((1.5, 0.4), (3.5, 0.9)),  # late, pushing into the next bar
    "P": ((2.5, 0.4), (3.5, 0.9)),  # push
    "A": ((1.5, 0.4), (2.5, 0.4), (3.0, 0.8)),  # answers the soloist
    "H": ((0.0, 2.6),),  # holds
    "O": ((0.0, 0.5), (2.0, 1.0)),
    "W": ((0.0, 4.0),),
}

# ---------------------------------------------------------------------------------------------
# Reading the notation
# ---------------------------------------------------------------------------------------------

LENGTHS: dict[str, Fraction] = {
    "w": Fraction(4),
    "h": Fraction(2),
    "q": Fraction(1),
    "e": Fraction(1, 2),
    "s": Fraction(1, 4),
    "t": Fraction(1, 3),
    "T": Fraction(2, 3),
}
TOKEN = re.compile(
    r"(?P<pitch>r|[A-G][b#]?\d)(?::(?P<length>[whqestT])(?P<dot>\.?)(?P<marks>[>'gv~]*))?$"
)
PITCH = re.compile(r"([A-G])([b#]?)(\d)$")
STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
ALTERATIONS = {"": 0, "b": -1, "#": 1}
TENOR_RANGE_MIDI = (44, 75)


class NotationError(ValueError):
    """The written music is wrong; the message says where and how."""


@dataclass(frozen=True)
class WrittenNote:
    """A note as written: beats count from the start of the tune."""

    onset_beat: Fraction
    duration_beats: Fraction
    pitch_midi: int
    marks: str

    @property
    def end_beat(self) -> Fraction:
        """The beat on which the note ends."""
        return self.onset_beat + self.duration_beats


@dataclass(frozen=True)
class PlayedNote:
    """A note as played, in ticks from the start of the tune."""

    onset_tick: int
    end_tick: int
    pitch_midi: int
    velocity: int
    vibrato: bool = False


def pitch_midi(name: str) -> int:
    """Read a pitch name.

    Parameters
    ----------
    name : str
        Letter, alteration (``b`` or ``#``) and octave, as in ``Eb5``; ``C4`` is middle C.

    Returns
    -------
    int
        The MIDI number.

    Raises
    ------
    NotationError
        If `name` is no pitch.
    """
    match = PITCH.match(name)
    if match is None:
        raise NotationError(f"want a pitch such as Eb5, got {name!r}")
    letter, alteration, octave = match.groups()
    return 12 * (int(octave) + 1) + STEPS[letter] + ALTERATIONS[alteration]


def read_bar(text: str, place: str, start_beat: int) -> list[WrittenNote | None]:
    """Read one bar; a rest gives None, so that ties across it are noticed."""
    notes: list[WrittenNote | None] = []
    beat = Fraction(start_beat)
    for token in text.split():
        match = TOKEN.match(token)
        if match is None:
            raise NotationError(f"{place}: want PITCH:LENGTH[.][MARKS], got {token!r}")
        duration = LENGTHS[match["length"] or "q"] * (Fraction(3, 2) if match["dot"] else 1)
        if match["pitch"] == "r":
            notes.append(None)
        else:
            pitch = pitch_midi(match["pitch"])
            notes.append(WrittenNote(beat, duration, pitch, match["marks"] or ""))
        beat += duration
    if beat - start_beat != BEATS_PER_BAR:
        raise NotationError(
            f"{place}: want {BEATS_PER_BAR} beats, got {float(beat - start_beat):g} in {text!r}"
        )
    return notes


def join_ties(notes: Sequence[WrittenNote | None], part: str) -> list[WrittenNote]:
    """Join tied notes into one; the marks of all its parts hold for the whole."""
    joined: list[WrittenNote] = []
    tied: WrittenNote | None = None
    for note in notes:
        if tied is not None:
            if note is None or note.pitch_midi != tied.pitch_midi:
                beat = float(tied.end_beat)
                raise NotationError(f"{part}: want the tied pitch again on beat {beat:g}, got none")
            marks = tied.marks.replace("~", "") + note.marks
            duration = tied.duration_beats + note.duration_beats
            note = WrittenNote(tied.onset_beat, duration, tied.pitch_midi, marks)
        tied = note if note is not None and "~" in note.marks else None
        if note is not None and tied is None:
            joined.append(note)
    if tied is not None:
        raise NotationError(f"{part}: want a note after the last tie, got the end")
    return joined


def read_line(part: str) -> list[WrittenNote]:
    """Read a line through the whole form.

    Parameters
    ----------
    part : str
        ``solo`` or ``bass``.

    Returns
    -------
    list of WrittenNote
        The notes in order of time, ties joined.

    Raises
    ------
    NotationError
        If a token cannot be read, a bar does not add up to 4 beats, a section has another number
        of bars than of chords, or a tie leads nowhere.
    """
    notes: list[WrittenNote | None] = []
    start_beat = 0
    for section in FORM:
        bars = section.solo if part == "solo" else section.bass
        if len(bars) != len(section.chords):
            raise NotationError(
                f"{section.name}, {part}: want {len(section.chords)} bars, got {len(bars)}"
            )
        for number, text in enumerate(bars, start=1):
            notes += read_bar(text, f"{section.name}, bar {number}, {part}", start_beat)
            start_beat += BEATS_PER_BAR
    return join_ties(notes, part)


def chords_by_beat() -> list[str]:
    """Name the chord that sounds on each beat of the form."""
    chords: list[str] = []
    for section in FORM:
        for bar in section.chords:
            names = bar.split()
            for name in names:
                chords += [name] * (BEATS_PER_BAR // len(names))
    return chords


# ---------------------------------------------------------------------------------------------
# Playing: swing, lag, dynamics
# ---------------------------------------------------------------------------------------------

SWING_RATIO = 1.7
SECONDS_PER_BEAT = 60 / TEMPO_BPM
LENGTH_BEATS = BEATS_PER_BAR * sum(len(section.chords) for section in FORM)


class SwingFeel:
    """Where the offbeat falls: a little different on every beat, the same for all players."""

    def __init__(self) -> None:
        rng = part_rng("swing")
        ratios = [rng.gauss(SWING_RATIO, 0.06) for _ in range(LENGTH_BEATS + 1)]
        self._offbeats = [ratio / (1 + ratio) for ratio in ratios]

    def place(self, beat: Fraction | float, *, straight: bool = False) -> float:
        """Move a written position to where it is played.

        Parameters
        ----------
        beat : Fraction or float
            Written position in beats.
        straight : bool
            Leave it where it is: triplets and sixteenths divide the beat evenly.

        Returns
        -------
        float
            Played position in beats.
        """
        whole = math.floor(beat)
        part = float(beat - whole)
        if straight or whole >= len(self._offbeats):
            return whole + part
        offbeat = self._offbeats[whole]
        if part <= 0.5:
            return whole + 2 * part * offbeat
        return whole + offbeat + (2 * part - 1) * (1 - offbeat)


def part_rng(part: str) -> random.Random:
    """Give each player an own source of chance, so that editing one leaves the others alone."""
    return random.Random(f"{SEED} {part}")  # noqa: S311 - musical, not cryptographic


def to_tick(beat: float, shift_sec: float = 0.0) -> int:
    """Turn a played position and a shift in seconds into ticks, never before the start."""
    return max(0, round((beat + shift_sec / SECONDS_PER_BEAT) * TICKS_PER_BEAT))


def clip_velocity(velocity: float) -> int:
    """Round to a MIDI velocity."""
    return max(1, min(127, round(velocity)))


def straight_beats(notes: Sequence[WrittenNote]) -> set[int]:
    """Find the beats that hold triplets or sixteenths: these are not swung."""
    found: set[int] = set()
    for note in notes:
        if note.onset_beat.denominator in (3, 4) or note.end_beat.denominator in (3, 4):
            found.add(math.floor(note.onset_beat))
    return found


def solo_velocity(note: WrittenNote, rng: random.Random) -> int:
    """Weigh a solo note: upbeats over downbeats, the top of the line over its low notes."""
    if "g" in note.marks:
        return clip_velocity(rng.gauss(44, 3))
    level = 84.0 + 0.5 * (note.pitch_midi - 62)
    if note.onset_beat.denominator == 2:
        level += 5
    if ">" in note.marks:
        level += 16
    return clip_velocity(rng.gauss(level, 3))


def solo_gate(note: WrittenNote) -> float:
    """Say which part of its written length a solo note sounds."""
    if "'" in note.marks:
        return 0.55
    if "g" in note.marks:
        return 0.8
    return 0.95


def play_solo(feel: SwingFeel) -> list[PlayedNote]:
    """Play the solo, laid back by about 20 ms; no note sounds into the next."""
    rng = part_rng("solo")
    notes = read_line("solo")
    straight = straight_beats(notes)

    def placed(beat: Fraction) -> float:
        return feel.place(beat, straight=math.floor(beat) in straight)

    onset_ticks = [
        to_tick(placed(note.onset_beat), min(0.027, max(0.013, rng.gauss(0.020, 0.003))))
        for note in notes
    ]
    played = []
    for index, note in enumerate(notes):
        start = placed(note.onset_beat)
        sounding_beats = (placed(note.end_beat) - start) * solo_gate(note)
        end_tick = onset_ticks[index] + to_tick(sounding_beats)
        if index + 1 < len(notes):
            # 6 ms of silence let a repeated pitch be heard as a new note
            end_tick = min(end_tick, onset_ticks[index + 1] - to_tick(0, 0.006))
        velocity = solo_velocity(note, rng)
        vibrato = "v" in note.marks
        played.append(PlayedNote(onset_ticks[index], end_tick, note.pitch_midi, velocity, vibrato))
    return played


def play_bass(feel: SwingFeel) -> list[PlayedNote]:
    """Play the walking line a hair ahead of the beat, with a dead note skipped in now and then."""
    rng = part_rng("bass")
    played = []
    for note in read_line("bass"):
        onset = to_tick(float(note.onset_beat), rng.gauss(-0.002, 0.003))
        end = to_tick(float(note.end_beat) - 0.07)
        strong = note.onset_beat % 2 == 1
        skips = note.duration_beats == 1 and rng.random() < 0.08
        if skips:
            offbeat = feel.place(note.onset_beat + Fraction(1, 2))
            end = to_tick(offbeat - 0.06)
            skip = PlayedNote(to_tick(offbeat), to_tick(offbeat + 0.2), note.pitch_midi, 52)
            played.append(skip)
        velocity = clip_velocity(rng.gauss(92 if strong else 86, 4))
        played.append(PlayedNote(onset, end, note.pitch_midi, velocity))
    return sorted(played, key=lambda item: item.onset_tick)


def comping_strikes() -> Iterator[tuple[float, float]]:
    """Go through the form and give position and length of each strike, in beats."""
    bar_beat = 0
    for section in FORM:
        if len(section.comping) != len(section.chords):
            raise NotationError(
                f"{section.name}, comping: want {len(section.chords)} letters, "
                f"got {section.comping!r}"
            )
        for letter in section.comping:
            for beat, length in COMPING[letter]:
                yield bar_beat + beat, length
            bar_beat += BEATS_PER_BAR


def play_piano(feel: SwingFeel) -> list[PlayedNote]:
    """Comp with the written rhythms; hands are not machines, so chords roll by some ms."""
    rng = part_rng("piano")
    chords = chords_by_beat()
    strikes = list(comping_strikes())
    played = []
    for index, (beat, length) in enumerate(strikes):
        chord = chords[min(math.floor(beat + 0.5), LENGTH_BEATS - 1)]
        end_beat = feel.place(beat + length)
        if index + 1 < len(strikes):
            end_beat = min(end_beat, feel.place(strikes[index + 1][0]) - 0.06)
        late_sec = max(0.0, rng.gauss(0.006, 0.004))
        level = rng.gauss(70 if length > 0.5 else 74, 4)
        for voice, name in enumerate(VOICINGS[chord].split()):
            onset = to_tick(feel.place(beat), late_sec + voice * rng.uniform(0, 0.002))
            velocity = clip_velocity(level + (6 if voice == 3 else rng.uniform(-4, 2)))
            played.append(PlayedNote(onset, to_tick(end_beat), pitch_midi(name), velocity))
    return sorted(played, key=lambda item: (item.onset_tick, item.pitch_midi))


KICK, SNARE, PEDAL_HIHAT, RIDE, CRASH = 36, 38, 44, 51, 49
# (beat, velocity); the skip notes before 3 and 1 are the light ones
RIDE_BAR = ((0.0, 74), (1.0, 90), (1.5, 58), (2.0, 72), (3.0, 90), (3.5, 60))
SNARE_COMPING = ((1.5,), (3.5,), (2.5,), (0.5, 1.5), (2.5, 3.5))
FILL = ((2.0, SNARE), (2.5, SNARE), (3.0, SNARE), (3 + 1 / 3, SNARE), (3 + 2 / 3, KICK))


def drum_bar(rng: random.Random, *, last_of_section: bool) -> list[tuple[float, int, float]]:
    """Make one bar of drums as (beat, drum, velocity)."""
    strokes: list[tuple[float, int, float]] = []
    for beat, level in RIDE_BAR:
        if beat % 1 == 0 or rng.random() < 0.85:  # a skip note left out now and then
            strokes.append((beat, RIDE, level))
    strokes += [(1.0, PEDAL_HIHAT, 82), (3.0, PEDAL_HIHAT, 82)]
    strokes += [(float(beat), KICK, 36) for beat in range(BEATS_PER_BAR)]  # feathered
    if last_of_section:
        strokes += [(beat, drum, 58 + 8 * (beat - 2)) for beat, drum in FILL]
    elif rng.random() < 0.5:
        strokes += [(beat, SNARE, rng.uniform(34, 56)) for beat in rng.choice(SNARE_COMPING)]
    return strokes


def play_drums(feel: SwingFeel) -> list[PlayedNote]:
    """Play time: ride, hi-hat on 2 and 4, feathered kick, light snare; a crash on each top."""
    rng = part_rng("drums")
    strokes: list[tuple[float, int, float]] = []
    bar_beat = 0
    for section in FORM:
        if section is not INTRO:
            strokes.append((bar_beat, CRASH, 70))
        for number in range(1, len(section.chords) + 1):
            if section is ENDING:
                strokes.append((bar_beat, KICK, 80))
                continue
            last = number == len(section.chords)
            bar = drum_bar(rng, last_of_section=last)
            strokes += [(bar_beat + beat, drum, level) for beat, drum, level in bar]
            bar_beat += BEATS_PER_BAR
    played = []
    for beat, drum, level in strokes:
        triplet = abs(beat * 3 - round(beat * 3)) < 1e-6
        onset = to_tick(feel.place(beat, straight=triplet), rng.gauss(0, 0.002))
        velocity = clip_velocity(rng.gauss(level, 3))
        played.append(PlayedNote(onset, onset + TICKS_PER_BEAT // 5, drum, velocity))
    return sorted(played, key=lambda item: (item.onset_tick, item.pitch_midi))


# ---------------------------------------------------------------------------------------------
# MIDI
# ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Channel:
    """A MIDI channel and its place in the mix (General MIDI program, controllers 0 to 127)."""

    name: str
    number: int
    program: int
    volume: int
    pan: int
    reverb: int


SOLO_CHANNEL = Channel("Solo (tenor sax)", 0, 66, 118, 64, 40)
PIANO_CHANNEL = Channel("Piano", 1, 0, 100, 46, 45)
BASS_CHANNEL = Channel("Bass", 2, 32, 82, 64, 20)
DRUMS_CHANNEL = Channel("Drums", 9, 32, 104, 78, 40)  # drum program 32 is the jazz kit

VIBRATO_HZ = 5.3
VIBRATO_CENTS = 22
VIBRATO_DELAY_SEC = 0.22
BEND_RANGE_CENTS = 200  # General MIDI default
BEND_STEP_SEC = 0.01

Event = tuple[int, int, mido.Message | mido.MetaMessage]
"""Tick, order among the events of one tick, message."""


def vibrato_events(note: PlayedNote, channel: int) -> Iterator[Event]:
    """Bend a long note up and down once it has settled, and leave the bend at zero."""
    start = note.onset_tick + to_tick(0, VIBRATO_DELAY_SEC)
    step = to_tick(0, BEND_STEP_SEC)
    depth = 8192 * VIBRATO_CENTS / BEND_RANGE_CENTS
    for tick in range(start, note.end_tick - step, step):
        elapsed_sec = (tick - start) / TICKS_PER_BEAT * SECONDS_PER_BEAT
        swell = min(1.0, elapsed_sec / 0.25)
        bend = round(depth * swell * math.sin(2 * math.pi * VIBRATO_HZ * elapsed_sec))
        yield tick, 1, mido.Message("pitchwheel", channel=channel, pitch=bend)
    yield note.end_tick, 1, mido.Message("pitchwheel", channel=channel, pitch=0)


def to_track(name: str, events: list[Event]) -> mido.MidiTrack:
    """Order events in time and write the steps between them."""
    track = mido.MidiTrack([mido.MetaMessage("track_name", name=name, time=0)])
    now = 0
    for tick, _, message in sorted(events, key=lambda event: event[:2]):
        track.append(message.copy(time=tick - now))
        now = tick
    # the player stops at the last event, so the end of every track leaves room to ring out
    end = LENGTH_BEATS * TICKS_PER_BEAT + to_tick(0, RING_OUT_SEC)
    track.append(mido.MetaMessage("end_of_track", time=end - now))
    return track


def part_track(channel: Channel, notes: Sequence[PlayedNote]) -> mido.MidiTrack:
    """Write one player's track: mix settings, notes, vibrato."""
    number = channel.number
    controls = ((7, channel.volume), (10, channel.pan), (91, channel.reverb), (93, 0))
    events: list[Event] = [
        (0, 0, mido.Message("control_change", channel=number, control=control, value=value))
        for control, value in controls
    ]
    events.append((0, 0, mido.Message("program_change", channel=number, program=channel.program)))
    for note in notes:
        on = mido.Message("note_on", channel=number, note=note.pitch_midi, velocity=note.velocity)
        off = mido.Message("note_off", channel=number, note=note.pitch_midi, velocity=64)
        events += [(note.onset_tick, 2, on), (note.end_tick, 0, off)]
        if note.vibrato:
            events += vibrato_events(note, number)
    return to_track(channel.name, events)


def tempo_track() -> mido.MidiTrack:
    """Write title, tempo, metre and key, with a marker a section and the chord names as text."""
    events: list[Event] = [
        (0, 0, mido.MetaMessage("copyright", text=NOTICE)),
        (0, 0, mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(TEMPO_BPM))),
        (0, 0, mido.MetaMessage("time_signature", numerator=4, denominator=4)),
        (0, 0, mido.MetaMessage("key_signature", key="F")),
    ]
    beat = 0
    for section in FORM:
        events.append((beat * TICKS_PER_BEAT, 1, mido.MetaMessage("marker", text=section.name)))
        beat += BEATS_PER_BAR * len(section.chords)
    before = ""
    for beat, chord in enumerate(chords_by_beat()):
        if chord != before:
            events.append((beat * TICKS_PER_BEAT, 2, mido.MetaMessage("text", text=chord)))
        before = chord
    return to_track(TITLE, events)


def make_midi(solo: Sequence[PlayedNote], feel: SwingFeel) -> mido.MidiFile:
    """Put the quartet together.

    Parameters
    ----------
    solo : sequence of PlayedNote
        The solo as played.
    feel : SwingFeel
        The swing that the trio shares with the soloist.

    Returns
    -------
    mido.MidiFile
        Format 1: tempo track, solo, piano, bass, drums.
    """
    midi = mido.MidiFile(type=1, ticks_per_beat=TICKS_PER_BEAT, charset="latin1")
    midi.tracks += [
        tempo_track(),
        part_track(SOLO_CHANNEL, solo),
        part_track(PIANO_CHANNEL, play_piano(feel)),
        part_track(BASS_CHANNEL, play_bass(feel)),
        part_track(DRUMS_CHANNEL, play_drums(feel)),
    ]
    return midi


# ---------------------------------------------------------------------------------------------
# Audio
# ---------------------------------------------------------------------------------------------

SAMPLE_RATE_HZ = 44_100
PEAK_DBFS = -1.3  # the lossy coding adds some tenths of a dB
BITRATE_KBPS = 144
FADE_SEC = 1.0
DEBIAN_PACKAGES = {"fluidsynth": "fluidsynth", "ffmpeg": "ffmpeg", "lame": "lame"}


class RenderError(RuntimeError):
    """The audio could not be rendered."""


def check_tools(soundfont: Path) -> None:
    """Raise RenderError unless all programs and the soundfont are there."""
    for program, package in DEBIAN_PACKAGES.items():
        if shutil.which(program) is None:
            raise RenderError(
                f"want the program {program} on PATH (Debian package {package}), got none"
            )
    if not soundfont.is_file():
        raise RenderError(
            f"want the soundfont {soundfont} (Debian package fluid-soundfont-gm), got no such file"
        )


def call(command: Sequence[str | Path]) -> str:
    """Run a program and return what it said on standard error."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RenderError(
            f"want {command[0]} to exit with 0, got {done.returncode}: {done.stderr.strip()[-500:]}"
        )
    return done.stderr


def synthesize(midi: Path, wav: Path, soundfont: Path) -> None:
    """Render MIDI to a WAV file of 32-bit floats, in a small room."""
    room = {"room-size": 0.25, "damp": 0.4, "width": 0.6, "level": 0.35}
    settings = [f"--option=synth.reverb.{key}={value}" for key, value in room.items()]
    call(
        [
            *("fluidsynth", "--no-shell", "--no-midi-in", "--quiet"),
            *("--reverb=1", "--chorus=0", "--gain=0.35", *settings),
            *(f"--sample-rate={SAMPLE_RATE_HZ}", "--audio-file-type=wav"),
            *("--audio-file-format=float", f"--fast-render={wav}"),
            *(str(soundfont), str(midi)),
        ]
    )


def peak_dbfs(wav: Path) -> float:
    """Measure the highest sample of a WAV file in dB below full scale."""
    said = call(
        ["ffmpeg", "-nostdin", "-hide_banner", "-i", wav, "-af", "astats", "-f", "null", "-"]
    )
    levels = re.findall(r"Peak level dB: (-?[\d.]+)", said)
    if not levels:
        raise RenderError("want 'Peak level dB' from ffmpeg's astats, got none")
    return max(float(level) for level in levels)


def master(raw: Path, wav: Path, length_sec: float) -> None:
    """Set the peak, fade the last ringing, and write 16-bit samples of exact length."""
    gain_db = PEAK_DBFS - peak_dbfs(raw)
    fade = f"afade=t=out:st={length_sec - FADE_SEC}:d={FADE_SEC}"
    cut = f"apad=whole_dur={length_sec},atrim=end={length_sec}"
    call(
        [
            *("ffmpeg", "-nostdin", "-hide_banner", "-y", "-i", raw),
            *("-af", f"volume={gain_db:.3f}dB,{cut},{fade}"),
            *("-map_metadata", "-1", "-fflags", "+bitexact", "-c:a", "pcm_s16le", wav),
        ]
    )


def encode(wav: Path, mp3: Path) -> None:
    """Encode to MP3; LAME writes its delay into the first frame, and decoders take it off again."""
    call(
        [
            *("lame", "--quiet", "--abr", str(BITRATE_KBPS), "-q", "2", "-m", "j"),
            *("--tt", TITLE, "--ta", "Jazz Lick Lab", "--id3v2-only"),
            *(wav, mp3),
        ]
    )


def render(midi: Path, mp3: Path, soundfont: Path) -> None:
    """Render a MIDI file to MP3.

    Parameters
    ----------
    midi : Path
        The file to render.
    mp3 : Path
        The file to write.
    soundfont : Path
        A General MIDI soundfont.

    Raises
    ------
    RenderError
        If a program or the soundfont is missing, or a program fails.
    """
    check_tools(soundfont)
    length_sec = LENGTH_BEATS * SECONDS_PER_BEAT + RING_OUT_SEC
    with tempfile.TemporaryDirectory() as folder:
        raw, wav = Path(folder) / "raw.wav", Path(folder) / "mastered.wav"
        synthesize(midi, raw, soundfont)
        master(raw, wav, length_sec)
        encode(wav, mp3)


# ---------------------------------------------------------------------------------------------
# Checks and command line
# ---------------------------------------------------------------------------------------------


def check_solo(solo: Sequence[PlayedNote]) -> None:
    """Raise NotationError if solo notes overlap or leave the tenor's range."""
    for before, after in itertools.pairwise(solo):
        if before.end_tick > after.onset_tick or before.end_tick <= before.onset_tick:
            beat = before.onset_tick / TICKS_PER_BEAT
            raise NotationError(f"want one solo note at a time, got an overlap on beat {beat:.2f}")
    low, high = TENOR_RANGE_MIDI
    for note in solo:
        if not low <= note.pitch_midi <= high:
            raise NotationError(f"want solo pitches in {low}..{high}, got {note.pitch_midi}")


def describe_solo(solo: Sequence[PlayedNote]) -> str:
    """Sum the solo up in numbers."""
    tick_sec = SECONDS_PER_BEAT / TICKS_PER_BEAT
    durations_ms = sorted(1000 * tick_sec * (note.end_tick - note.onset_tick) for note in solo)
    span_sec = tick_sec * (solo[-1].end_tick - solo[0].onset_tick)
    pitches = [note.pitch_midi for note in solo]
    return (
        f"{len(solo)} solo notes, {min(pitches)}..{max(pitches)} MIDI, "
        f"shortest {durations_ms[0]:.0f} ms, median {statistics.median(durations_ms):.0f} ms, "
        f"longest {durations_ms[-1]:.0f} ms, {len(solo) / span_sec:.2f} notes/s "
        f"from {tick_sec * solo[0].onset_tick:.2f} s on"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the MIDI file and render it.

    Parameters
    ----------
    arguments : sequence of str, optional
        Command line; ``sys.argv`` if left out.

    Returns
    -------
    int
        Exit status.
    """
    parser = argparse.ArgumentParser(description=f'Build the example recording "{TITLE}".')
    parser.add_argument("--soundfont", type=Path, default=SOUNDFONT, help="default: %(default)s")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder to write")
    parser.add_argument("--midi-only", action="store_true", help="write no audio")
    options = parser.parse_args(arguments)
    midi_path, mp3_path = options.out / f"{SLUG}.mid", options.out / f"{SLUG}.mp3"
    try:
        feel = SwingFeel()
        solo = play_solo(feel)
        check_solo(solo)
        options.out.mkdir(parents=True, exist_ok=True)
        make_midi(solo, feel).save(midi_path)
        print(f"{midi_path.name}: {describe_solo(solo)}")
        if not options.midi_only:
            render(midi_path, mp3_path, options.soundfont)
            print(f"{mp3_path.name}: {mp3_path.stat().st_size / 1e6:.2f} MB")
    except OSError as error:
        reason = error.strerror
        print(
            f"make_blues_in_f.py: want a folder to write to, got {options.out}: {reason}",
            file=sys.stderr,
        )
        return 1
    except (NotationError, RenderError) as error:
        print(f"make_blues_in_f.py: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
