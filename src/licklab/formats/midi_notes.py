"""The notes of a standard MIDI file."""

import io
import re
import struct
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

import mido
from mido.midifiles.meta import KeySignatureError

from licklab.domain.beat import TimeSignature
from licklab.domain.chord_reading import parse_symbol
from licklab.domain.key import Key, KeyMode
from licklab.errors import ChordError, KeyNameError, MeterError, ScoreFileError
from licklab.formats.symbolic import (
    LINE_OVERLAPS,
    MOST_BARS,
    MOST_NOTES,
    SymbolicBar,
    SymbolicNote,
    SymbolicPart,
)

_MOST_BYTES = 8_000_000  # an hour of piano has 1 MB
_DRUMS = 9  # channel of General MIDI
_BASSES = range(32, 40)  # programs of General MIDI
_KEY = re.compile(r"([A-G][b#]?)(m?)")
_LONGEST_QUARTER = Fraction(4 * MOST_BARS)
# What mido raises on files that are broken in one way or another.
_BROKEN = (
    EOFError, OSError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError,
    KeySignatureError, struct.error,
)  # fmt: skip


def read_midi_part(content: bytes, part: str | None = None) -> SymbolicPart:
    """Read the notes of a track.

    Parameters
    ----------
    content : bytes
        A file of format 0 or 1.
    part : str, optional
        Name or number from 1 of the track. If omitted, of the tracks that play one note at a time,
        drums and bass apart, the one with the most notes: the soloist's in a band; where there is
        none, the one with the most notes.

    Returns
    -------
    SymbolicPart
        Times are exact; markers that are chord symbols are chords.

    Raises
    ------
    ScoreFileError
        If it is no such file, or there is no such track.
    """
    if len(content) > _MOST_BYTES:
        raise ScoreFileError(f"want a MIDI file of at most {_MOST_BYTES} bytes, got {len(content)}")
    file = _open(content)
    if not 1 <= file.ticks_per_beat < 0x8000:
        raise ScoreFileError("want a MIDI file that counts in beats, got one that counts in frames")
    tracks = [_Track(track, file.ticks_per_beat) for track in file.tracks]
    chosen = _choose(tracks, part)
    found = chosen.part
    for track in tracks:
        if track is not chosen:
            found.tempos += track.part.tempos
            found.chords += track.part.chords
            found.key = found.key or track.part.key
    signatures = sorted({at: one for track in tracks for at, one in track.signatures}.items())
    end = max((note.end_quarter for note in found.notes), default=Fraction(0))
    if end > _LONGEST_QUARTER:
        raise ScoreFileError(f"want at most {_LONGEST_QUARTER} quarters, got {float(end):g}")
    found.bars = list(_bars(signatures, end))
    return found


def _open(content: bytes) -> mido.MidiFile:
    for charset in ("utf-8", "latin-1"):
        try:
            return mido.MidiFile(file=io.BytesIO(content), clip=True, charset=charset)
        except UnicodeDecodeError:
            continue
        except _BROKEN as error:
            reason = "it ends too early" if isinstance(error, EOFError) else str(error)
            raise ScoreFileError(f"want a MIDI file, got one that is broken: {reason}") from error
    raise ScoreFileError("want a MIDI file, got one that is broken")


def _choose(tracks: Sequence["_Track"], wanted: str | None) -> "_Track":
    if wanted is None:
        with_notes = [one for one in tracks if one.part.notes]
        if not with_notes:
            raise ScoreFileError("want a MIDI file with notes, got one without")
        return max(with_notes, key=_prominence)
    for number, one in enumerate(tracks, 1):
        if wanted.strip().lower() in {str(number), one.part.name.lower()}:
            return one
    told = ", ".join(f"{k} {one.part.name!r}" for k, one in enumerate(tracks, 1))
    raise ScoreFileError(f"want a track, one of {told[:400]}; got {wanted[:80]!r}")


def _prominence(track: "_Track") -> tuple[bool, bool, int]:
    """Tell how likely a track is the soloist's: the higher the likelier."""
    notes = sorted((one.onset_quarter, one.end_quarter) for one in track.part.notes)
    overlaps = sum(one[1] > other[0] for one, other in pairwise(notes))
    # A few notes of a line overlap as sequencers write legato (`licklab.formats.symbolic`).
    is_line = overlaps <= LINE_OVERLAPS * len(notes)
    is_bass = track.part.gm_program in _BASSES
    return not track.is_drums, is_line and not is_bass, len(notes)


class _Track:
    """What one track says."""

    def __init__(self, track: mido.MidiTrack, ticks_per_beat: int) -> None:
        self.part = SymbolicPart()
        self.signatures: list[tuple[Fraction, TimeSignature]] = []
        self.is_drums = False
        self._open: dict[tuple[int, int], list[tuple[Fraction, int]]] = {}
        tick = 0
        for message in track:
            tick += message.time
            at = Fraction(tick, ticks_per_beat)
            if message.is_meta:
                self._read_meta(message, at)
            else:
                self._read_message(message, at)

    def _read_message(self, message: mido.Message, at: Fraction) -> None:
        if message.type == "program_change" and self.part.gm_program is None:
            self.part.gm_program = message.program
        if message.type not in {"note_on", "note_off"}:
            return
        self.is_drums |= message.channel == _DRUMS
        place = (message.channel, message.note)
        if message.type == "note_on" and message.velocity > 0:
            self._open.setdefault(place, []).append((at, message.velocity))
        elif self._open.get(place):
            onset, velocity = self._open[place].pop(0)
            self.part.notes.append(SymbolicNote(onset, at, message.note, velocity))
            if len(self.part.notes) > MOST_NOTES:
                raise ScoreFileError(f"want at most {MOST_NOTES} notes, got more")

    def _read_meta(self, message: mido.MetaMessage, at: Fraction) -> None:
        if message.type == "track_name" and not self.part.name:
            self.part.name = message.name.strip()
        elif message.type == "set_tempo" and message.tempo > 0:
            self.part.tempos.append((at, Fraction(60_000_000, message.tempo)))
        elif message.type == "time_signature":
            try:
                self.signatures.append((at, TimeSignature(message.numerator, message.denominator)))
            except MeterError as error:
                raise ScoreFileError(str(error)) from error
        elif message.type == "key_signature":
            self._read_key(message.key)
        elif message.type in {"marker", "cue_marker", "text"}:
            try:
                self.part.chords.append((at, parse_symbol(message.text)))
            except ChordError:
                return  # some other mark

    def _read_key(self, text: str) -> None:
        match = _KEY.fullmatch(text)
        if match is None or self.part.key is not None:
            return
        try:
            self.part.key = Key(match[1], KeyMode.MINOR if match[2] else KeyMode.MAJOR)
        except KeyNameError:
            return


def _bars(
    signatures: Sequence[tuple[Fraction, TimeSignature]], end: Fraction
) -> Iterator[SymbolicBar]:
    at, k = Fraction(0), 0
    signature = TimeSignature()
    while at < end:
        while k < len(signatures) and signatures[k][0] <= at:
            signature = signatures[k][1]
            k += 1
        length = Fraction(4 * signature.numerator, signature.denominator)
        if k < len(signatures):
            length = min(length, signatures[k][0] - at)  # a new signature begins a bar
        yield SymbolicBar(at, length, signature)
        at += length
