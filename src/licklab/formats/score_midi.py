"""A score as a MIDI file: what is written, played as the page says."""

import io
from fractions import Fraction

import mido

from licklab.domain.instrument import INSTRUMENTS
from licklab.domain.key import KeyMode
from licklab.domain.score import Score, ScoreBar, ScoreHead
from licklab.domain.signature import key_fifths
from licklab.formats.midi_time import TICKS_PER_QUARTER
from licklab.formats.xml_text import clean_text

_DEFAULT_BPM = 120.0
# Of a grace note: as players' ornaments in the Weimar Jazz Database, 25 to 65 ms, at 150 bpm.
_GRACE_QUARTER = Fraction(1, 10)
_SHARPS = ("Cb", "Gb", "Db", "Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#")
_MINORS = (
    "Abm", "Ebm", "Bbm", "Fm", "Cm", "Gm", "Dm", "Am", "Em", "Bm", "F#m", "C#m", "G#m", "D#m",
    "A#m",
)  # fmt: skip


def write_score_midi(score: Score) -> bytes:
    """Write a score as a MIDI file of format 1: a tempo track and one track of notes.

    Parameters
    ----------
    score : Score
        To write.

    Returns
    -------
    bytes
        The file. Its bars are the written ones at one tempo; eighths between the beats are as late
        as the swing of the page asks for; tied heads are one note, at its sounding pitch.
    """
    file = mido.MidiFile(type=1, ticks_per_beat=TICKS_PER_QUARTER, charset="utf-8")
    file.tracks.append(_conductor(score))
    instrument = INSTRUMENTS.get(score.part.instrument)
    track = mido.MidiTrack([mido.MetaMessage("track_name", name=score.part.name)])
    program = instrument.gm_program if instrument else 0
    track.append(mido.Message("program_change", program=program))
    events: list[tuple[int, int, int, int]] = []
    for begin, end, head in _sounds(score):
        on = _tick(_swung(begin, score))
        off = max(on + 1, _tick(_swung(end, score)))
        pitch = min(127, max(0, head.sounding_midi))
        events += [(on, 1, pitch, head.velocity), (off, 0, pitch, 0)]
    _append(track, events)
    file.tracks.append(track)
    buffer = io.BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


def _conductor(score: Score) -> mido.MidiTrack:
    track = mido.MidiTrack([mido.MetaMessage("track_name", name=clean_text(score.title))])
    signature = score.bars[0].time_signature
    quarters = (score.tempo_bpm or _DEFAULT_BPM) * (1.5 if signature.is_compound else 1.0)
    track.append(mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(quarters)))
    is_minor = score.key is not None and score.key.mode is KeyMode.MINOR
    names = _MINORS if is_minor else _SHARPS
    # The written key of a horn part is not what sounds.
    fifths = key_fifths(score.key) - 7 * score.part.transposition_semitones
    fifths = (fifths + 5) % 12 - 5
    track.append(mido.MetaMessage("key_signature", key=names[fifths + 7]))
    metas: list[tuple[int, mido.MetaMessage]] = []
    at, before = Fraction(0), None
    for bar in score.bars:
        if bar.time_signature != before:
            before = bar.time_signature
            meta = mido.MetaMessage(
                "time_signature", numerator=before.numerator, denominator=before.denominator
            )
            metas.append((_tick(at), meta))
        for chord in bar.chords:
            text = mido.MetaMessage("marker", text=chord.symbol)
            metas.append((_tick(at + chord.onset_quarter), text))
        at += bar.length_quarter
    now = 0
    for tick, meta in sorted(metas, key=lambda pair: pair[0]):
        track.append(meta.copy(time=tick - now))
        now = tick
    return track


def _sounds(score: Score) -> list[tuple[Fraction, Fraction, ScoreHead]]:
    """List what sounds, from when until when, in quarters from the beginning."""
    found: list[tuple[Fraction, Fraction, ScoreHead]] = []
    at = Fraction(0)
    for bar in score.bars:
        _add_bar(found, bar, at)
        at += bar.length_quarter
    return found


def _add_bar(
    found: list[tuple[Fraction, Fraction, ScoreHead]], bar: ScoreBar, at: Fraction
) -> None:
    for voice in bar.voices:
        graces: list[ScoreHead] = []
        for event in voice.events:
            if event.is_grace:
                graces += event.heads
                continue
            onset = at + event.onset_quarter
            for k, grace in enumerate(graces):
                early = onset - _GRACE_QUARTER * (len(graces) - k)
                begin = max(early, Fraction(0))
                found.append((begin, begin + _GRACE_QUARTER, grace))
            graces = []
            for head in event.heads:
                end = onset + event.length_quarter
                if head.tie_from:
                    tied = [i for i, one in enumerate(found) if one[2].note_id == head.note_id]
                    if tied:
                        found[tied[-1]] = (found[tied[-1]][0], end, found[tied[-1]][2])
                        continue
                found.append((onset, end, head))


def _swung(quarter: Fraction, score: Score) -> Fraction:
    if score.swing_ratio is None or score.bars[0].time_signature.is_compound:
        return quarter
    beat, place = divmod(quarter, 1)
    ratio = Fraction(score.swing_ratio).limit_denominator(100)
    middle = ratio / (1 + ratio)
    # Triplets and sixteenths are played as they are written.
    return beat + middle if place == Fraction(1, 2) else quarter


def _tick(quarter: Fraction) -> int:
    return round(quarter * TICKS_PER_QUARTER)


def _append(track: mido.MidiTrack, events: list[tuple[int, int, int, int]]) -> None:
    before = 0
    for tick, is_on, pitch, velocity in sorted(events):
        kind = "note_on" if is_on else "note_off"
        track.append(mido.Message(kind, note=pitch, velocity=velocity, time=tick - before))
        before = tick
