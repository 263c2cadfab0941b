"""Attempts at Weimar licks with known errors, played and rendered.

A lick is drawn as the passage that is practised, and played from it: at another tempo, in another
key, a little unevenly, with errors that are known. Everything is drawn from fixed seeds.
"""

import pickle
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

import numpy as np
import soundfile as sf
from synthesis import room
from synthesis.excerpt import Lead, Source, render_lead
from synthesis.fluid import SAMPLE_RATE
from synthesis.score import PlayedNote
from synthesis.weimar import TEST_PLAYERS, VALIDATION_PLAYERS

from benchmarks.licks.solos import AnnotatedLine, read_lines
from benchmarks.notes.scenes import ENSEMBLE as RECORDED
from licklab.domain.instrument import find_instrument
from licklab.domain.note import Note
from licklab.domain.passage import Passage
from licklab.domain.solo_line import NoteSpan
from licklab.notation.passage_playing import PassageClock
from licklab.notation.passages import draw_passage

# Horns and strings of soundfonts, and two invented instruments that slur as horns do.
ENSEMBLE = (
    *(one for one in RECORDED if one[1].source is Source.FLUID),
    ("tenor_sax", Lead(Source.ADDITIVE, "", 44, 80, 1), ""),
    ("trumpet", Lead(Source.ADDITIVE, "", 53, 86, 1), ""),
)
BUILD = Path(__file__).resolve().parents[2] / "build" / "attempts"
_SEED = 20_261_129
_NOTES = range(8, 31)
_ERROR_SHARE = 0.15
_CLEAN_ATTEMPTS = 0.1
_JITTER_SEC = 0.008
_DRIFT = 0.04
# A note that is moved keeps its place in the line: this far from its neighbours.
_LEAST_GAP_SEC = 0.04
_SHIFT_SEC = (0.04, 0.2)
_EXTRA_GAP_SEC = 0.16
# Faster than this, at the attempt's tempo, is not how a lick is practised.
_FASTEST_NOTE_SEC = 0.07


class ErrorKind(StrEnum):
    """What is done wrong on purpose."""

    WRONG = "wrong"
    MISSED = "missed"
    EARLY = "early"
    LATE = "late"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class Injected:
    """An error that was played.

    Attributes
    ----------
    kind : ErrorKind
        Which.
    index : int
        Of the note of the passage; of an extra note, the one after which it comes.
    amount : float
        Milliseconds that it was moved, later above 0; semitones of a wrong note; else 0.
    onset_sec : float
        When it was played, or would have been.
    """

    kind: ErrorKind
    index: int
    amount: float
    onset_sec: float


@dataclass(frozen=True, slots=True)
class HeardLick:
    """A lick of the database.

    Attributes
    ----------
    sid : str
        Of its solo.
    passage : Passage
        As it is written.
    recorded_sec : dict of str to float
        When the soloist plays its notes, by their ids.
    """

    sid: str
    passage: Passage
    recorded_sec: dict[str, float]


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt with known errors.

    Attributes
    ----------
    number : int
        Of the attempt.
    lick : HeardLick
        What was to be played.
    instrument : str
        Id of what it is played on.
    semitones : int
        The passage moved by so many is what was to be played.
    tempo_factor : float
        Of the passage's tempo.
    played : tuple of Note
        As they sound.
    targets_sec : tuple of float
        When each note of the passage was to be played, without unevenness.
    errors : tuple of Injected
        In order.
    """

    number: int
    lick: HeardLick
    instrument: str
    semitones: int
    tempo_factor: float
    played: tuple[Note, ...]
    targets_sec: tuple[float, ...]
    errors: tuple[Injected, ...] = field(default=())


def read_licks(part: str, count: int) -> list[HeardLick]:
    """Draw licks of the players of one part, spread over the solos; kept in the build folder."""
    path = BUILD / f"licks-{part}-{count}.pickle"
    if path.exists():
        kept: list[HeardLick] = pickle.loads(path.read_bytes())  # noqa: S301 - our own
        return kept
    players = {"test": TEST_PLAYERS, "validation": VALIDATION_PLAYERS}[part]
    by_solo: list[tuple[AnnotatedLine, list[NoteSpan]]] = [
        (one, [unit.span for unit in one.units if unit.kind == "lick" and len(unit.span) in _NOTES])
        for one in read_lines()
        if one.performer in players
    ]
    found: list[HeardLick] = []
    turn = 0
    while len(found) < count and any(len(spans) > turn for _, spans in by_solo):
        for one, spans in by_solo:
            if len(spans) > turn and len(found) < count:
                lick = _draw_lick(one, spans[turn])
                if len(lick.passage.notes) >= _NOTES[0]:
                    found.append(lick)
        turn += 1
    BUILD.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pickle.dumps(found))
    return found


def _draw_lick(one: AnnotatedLine, span: NoteSpan) -> HeardLick:
    ids = one.line.note_ids[span.start : span.stop]
    onsets = one.line.onset_sec[span.start : span.stop].tolist()
    passage = draw_passage(one.solo.transcription, ids)
    return HeardLick(one.sid, passage, dict(zip(ids, onsets, strict=True)))


def play_attempt(number: int, lick: HeardLick, *, as_recorded: bool) -> Attempt | None:
    """Play an attempt; None where the lick fits no instrument or is too fast."""
    rng = np.random.default_rng([_SEED, number])
    instrument, lead, _ = ENSEMBLE[number % len(ENSEMBLE)]
    passage = lick.passage
    factor = float(np.exp(rng.uniform(np.log(0.7), np.log(1.3))))
    semitones = int(rng.integers(-6, 6))
    pitches = np.array(passage.pitches_midi) + semitones
    semitones += 12 * round(((lead.lowest_midi + lead.highest_midi) / 2 - np.median(pitches)) / 12)
    pitches = np.array(passage.pitches_midi) + semitones
    known = find_instrument(instrument)
    if pitches.min() < known.lowest_midi or pitches.max() > known.highest_midi:
        return None
    places, others = _find_places(lick, factor, as_recorded=as_recorded)
    if np.diff(places).min() < _FASTEST_NOTE_SEC:
        return None
    # The tempo drifts evenly, faster or slower by up to 4 % from the first note to the last.
    drift, length = rng.uniform(-_DRIFT, _DRIFT), places[-1]
    places, others = (one + drift * one * (one - length) / (2 * length) for one in (places, others))
    start = rng.uniform(0.3, 1.5)
    before = _warm_up(pitches, rng) if rng.random() < 0.3 else []
    if before:
        start += before[-1].offset_sec + rng.uniform(0.4, 1.2)
    played, errors = _play(passage, pitches, places + start, others + start, rng)
    notes = tuple(sorted((*before, *played), key=lambda one: one.onset_sec))
    return Attempt(
        number, lick, instrument, semitones, factor, notes, tuple((places + start).tolist()),
        tuple(errors),
    )  # fmt: skip


def _find_places(
    lick: HeardLick, factor: float, *, as_recorded: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Tell when notes are played, and where else they would be in time."""
    clock = PassageClock(lick.passage)
    written = np.array([clock.sec_at(one.onset_quarter) for one in lick.passage.notes])
    if not as_recorded:
        places = (written - written[0]) / factor
        return places, places
    recorded = np.array([lick.recorded_sec[one.id] for one in lick.passage.notes])
    # A straight line through the soloist's notes puts both on one clock.
    slope, start = np.polyfit(written, recorded, 1)
    at = written * slope + start
    return (recorded - recorded[0]) / factor, (at - recorded[0]) / factor


def _warm_up(pitches: np.ndarray, rng: np.random.Generator) -> list[Note]:
    """Play some notes before: a count-in that is blown, or a finger that looks for its place."""
    onset, notes = float(rng.uniform(0.2, 0.6)), []
    for _ in range(int(rng.integers(1, 5))):
        length = float(rng.uniform(0.1, 0.3))
        pitch = int(rng.choice(pitches)) + int(rng.integers(-2, 3))
        notes.append(Note(onset, onset + length, pitch, 70, 1.0))
        onset += length + float(rng.uniform(0.05, 0.4))
    return notes


def _play(
    passage: Passage,
    pitches: np.ndarray,
    targets: np.ndarray,
    others: np.ndarray,
    rng: np.random.Generator,
) -> tuple[list[Note], list[Injected]]:
    count = len(pitches)
    jitter = np.clip(rng.normal(0, _JITTER_SEC, count), -0.02, 0.02)
    onsets, sounding = targets + jitter, pitches.copy()
    share = 0.0 if rng.random() < _CLEAN_ATTEMPTS else _ERROR_SHARE
    kinds = [
        ErrorKind(rng.choice(list(ErrorKind))) if rng.random() < share else None
        for _ in range(count)
    ]
    errors: list[Injected] = []
    missed: set[int] = set()
    extras: list[tuple[float, int]] = []
    for i, kind in enumerate(kinds):
        after = onsets[i + 1] if i + 1 < count else onsets[i] + 1.0
        if kind is ErrorKind.WRONG:
            step = int(rng.choice([-2, -1, 1, 2]))
            sounding[i] += step
            errors.append(Injected(kind, i, step, float(onsets[i])))
        elif kind is ErrorKind.MISSED:
            missed.add(i)
            errors.append(Injected(kind, i, 0, float(onsets[i])))
        elif kind in (ErrorKind.EARLY, ErrorKind.LATE):
            before = onsets[i - 1] if i else targets[0] - 0.3
            # Away from wherever it would be in time.
            is_late = kind is ErrorKind.LATE
            edge = max(targets[i], others[i]) if is_late else min(targets[i], others[i])
            room_sec = after - edge if is_late else edge - before
            most = min(_SHIFT_SEC[1], room_sec - _LEAST_GAP_SEC)
            if most < _SHIFT_SEC[0]:
                continue
            shift = float(rng.uniform(_SHIFT_SEC[0], most)) * (1 if is_late else -1)
            onsets[i] = edge + shift
            errors.append(Injected(kind, i, 1000 * shift, float(onsets[i])))
    for i in range(count - 1):
        gap = onsets[i + 1] - onsets[i]
        if kinds[i] is ErrorKind.EXTRA and gap >= _EXTRA_GAP_SEC:
            near = {int(sounding[i]), int(sounding[i + 1])}
            choice = [p for p in range(pitches[i] - 5, pitches[i] + 6) if p not in near]
            when = float(onsets[i] + gap * rng.uniform(0.4, 0.6))
            extras.append((when, int(rng.choice(choice))))
            errors.append(Injected(ErrorKind.EXTRA, i, 0, when))
    struck = [
        (float(onsets[i]), int(sounding[i]), passage.notes[i])
        for i in range(count)
        if i not in missed
    ] + [(when, pitch, passage.notes[0]) for when, pitch in extras]
    struck.sort(key=lambda one: one[0])
    full = targets[-1] + 0.6
    ends = [*(one[0] for one in struck[1:]), full]
    notes = []
    for (onset, pitch, written), end in zip(struck, ends, strict=True):
        # A note that is left out leaves a rest, or the one before it is held.
        length = float(written.length_quarter) * 60 / passage.tempo_bpm * rng.uniform(0.8, 1.3)
        off = min(end, onset + max(length, 0.06)) if rng.random() < 0.5 else end
        off = min(off, onset + 1.5)
        notes.append(Note(onset, onset + max((off - onset) * rng.uniform(0.85, 1.0), 0.035),
                          pitch, int(np.clip(rng.normal(85, 9), 40, 120)), 1.0))  # fmt: skip
    return notes, errors


def render_attempt(attempt: Attempt, *, in_room: bool) -> Path:
    """Render an attempt, or find it rendered."""
    path = BUILD / f"{attempt.number:04d}-{attempt.lick.sid}-{'room' if in_room else 'dry'}.wav"
    if path.exists():
        return path
    rng = np.random.default_rng([_SEED, attempt.number, 1])
    _, lead, font = ENSEMBLE[attempt.number % len(ENSEMBLE)]
    played = [
        PlayedNote(one.onset_sec, one.offset_sec, int(one.pitch_midi), one.velocity)
        for one in attempt.played
    ]
    slurred = [
        replace(now, legato=now.onset_sec - last.offset_sec < 0.02
                and now.pitch_midi != last.pitch_midi and bool(rng.random() < 0.5))
        for last, now in pairwise(played)
    ]  # fmt: skip
    samples = render_lead([played[0], *slurred], lead, font, rng)
    if in_room:
        samples = room.colour(room.add_room(samples, rng, wet_db=-14.0), rng)
    BUILD.mkdir(parents=True, exist_ok=True)
    sf.write(path, samples / np.abs(samples).max() * 0.8, SAMPLE_RATE)
    return path


def play_attempts(part: str, count: int, *, as_recorded: bool) -> list[Attempt]:
    """Play attempts at the licks of one part, as they are written or as their soloists play."""
    first = {"test": 0, "validation": 5000}[part] + (2500 if as_recorded else 0)
    found: list[Attempt] = []
    for k, lick in enumerate(read_licks(part, 3 * count)):
        one = play_attempt(first + k, lick, as_recorded=as_recorded)
        if one is not None and len(found) < count:
            found.append(one)
    return found
