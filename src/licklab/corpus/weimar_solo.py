"""One solo of the Weimar Jazz Database, from the rows of its tables.

Bar, beat, division and tatum stand with every note; chords and time signatures only on the beats
where they change; phrases as first and last note, counted from 0.
"""

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from licklab.corpus.names import clean_name
from licklab.corpus.solo import CorpusSolo, SoloInfo, solo_id
from licklab.corpus.strange_database import Row
from licklab.domain.analysis import Analysis
from licklab.domain.beat import Beat, BeatGrid, TimeSignature
from licklab.domain.chord import Chord
from licklab.domain.chord_symbol import NO_CHORD_SYMBOL
from licklab.domain.chord_writing import write_symbol
from licklab.domain.harte import to_harte
from licklab.domain.instrument import UNNAMED, Texture, find_instrument
from licklab.domain.key import Key, KeyEstimate, KeyMode
from licklab.domain.note import Note
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.domain.transcription import EngineInfo, Source, Transcription
from licklab.errors import ChordError, CorpusFileError, MeterError, UnknownInstrumentError
from licklab.formats.weimar_chords import parse_weimar
from licklab.notation.played_places import PlayedPlace
from licklab.notation.solo_lines import draw_line

SOLO_COLUMNS = (
    "melid", "trackid", "recordid", "performer", "title", "titleaddon", "instrument", "style",
    "avgtempo", "key", "signature", "recordingyear",
)  # fmt: skip
"""Of ``solo_info``."""
NOTE_COLUMNS = (
    "melid", "onset", "duration", "pitch", "bar", "beat", "division", "tatum", "beatdur",
)  # fmt: skip
"""Of ``melody``."""
BEAT_COLUMNS = ("melid", "onset", "bar", "beat", "signature", "chord")
"""Of ``beats``."""

# Shorter notes than this, a few of length 0 among them, are slips of the annotators.
_SHORTEST_SEC = 0.01
_LONGEST_SEC = 24 * 3600.0
_MOST_BARS = 100_000
_LONGEST_NAME = 300  # characters
# Of the modes that the database names: dorian has the minor third, mixolydian the major one.
_MODES = {
    "maj": KeyMode.MAJOR, "min": KeyMode.MINOR, "blues": KeyMode.BLUES, "dor": KeyMode.MINOR,
    "mix": KeyMode.MAJOR,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SoloRows:
    """What the tables say of a solo.

    Attributes
    ----------
    info : dict
        Columns of ``solo_info``; None where absent.
    notes, beats : sequence of tuple
        Rows of `NOTE_COLUMNS` and `BEAT_COLUMNS`, by onset.
    phrases : sequence of tuple
        The solo's number, first and last note.
    dates : sequence of str
        When it was recorded or released, the better source first.
    """

    info: dict[str, Any]
    notes: Sequence[Row]
    beats: Sequence[Row]
    phrases: Sequence[Row]
    dates: Sequence[str]


def make_solo(rows: SoloRows, origin: str, key: str, source: str, licence: str) -> CorpusSolo:
    """Make a solo of the rows.

    Parameters
    ----------
    rows : SoloRows
        Of the solo.
    origin, key : str
        Of its id.
    source, licence : str
        To keep with it.

    Returns
    -------
    CorpusSolo
        With its true places, chords and phrases.

    Raises
    ------
    CorpusFileError
        If it has no notes, or values that cannot be.
    """
    info = rows.info
    notes = tuple(_note(row) for row in rows.notes)
    if not notes:
        raise CorpusFileError("want a solo with notes, got none")
    beats = tuple(_beat(row) for row in rows.beats)
    grid = BeatGrid(beats, _signature(rows)) if len(beats) > 1 else BeatGrid()
    own_key = _key(str(info["key"] or ""))
    analysis = Analysis(
        grid=grid,
        chords=_chords(rows.beats, beats) if grid.beats else (),
        key=None if own_key is None else KeyEstimate(own_key, 1.0, own_key.relative),
    )
    instrument = _instrument(str(info["instrument"] or ""))
    transcription = Transcription(
        Source(key, notes[-1].offset_sec, "", 0, 1), instrument, 440.0, notes,
        EngineInfo(source), mode=Texture.LINE, analysis=analysis,
    )  # fmt: skip
    line = draw_line(transcription, _places(rows.notes, grid))
    tempo = info["avgtempo"]
    return CorpusSolo(
        SoloInfo(
            id=solo_id(origin, key),
            performer=_text(info["performer"]),
            title=_title(_text(info["title"]), _text(info["titleaddon"])),
            instrument=instrument,
            style=_text(info["style"]),
            year=_year((str(info["recordingyear"] or ""), *rows.dates)),
            source=source,
            licence=licence,
            key="" if own_key is None else str(own_key),
            tempo_bpm=_number(tempo, 1, 1000, "tempo") if tempo else grid.tempo_bpm,
        ),
        line,
        tuple(_phrases(rows.phrases, line)),
    )


def _note(row: Row) -> Note:
    onset = _number(row[1], 0, _LONGEST_SEC, "onset")
    duration = _number(row[2], 0, _LONGEST_SEC, "duration")
    pitch = round(_number(row[3], 0, 127, "pitch"))
    return Note(onset, onset + max(duration, _SHORTEST_SEC), pitch, 80, 1.0)


def _beat(row: Row) -> Beat:
    onset = _number(row[1], -_LONGEST_SEC, _LONGEST_SEC, "onset of a beat")
    return Beat(onset, _whole(row[2], -_MOST_BARS, "bar"), _whole(row[3], 1, "beat"))


def _places(rows: Sequence[Row], grid: BeatGrid) -> tuple[PlayedPlace, ...] | None:
    """Read the places of the notes; None where beats or places are not in the file."""
    if not grid.beats or any(None in row[4:8] for row in rows):
        return None
    lengths = np.diff([one.time_sec for one in grid.beats]).tolist()
    at = {(one.bar, one.position_in_bar): i for i, one in enumerate(grid.beats)}
    usual = float(np.median(lengths))
    places = []
    for row in rows:
        bar, beat = _whole(row[4], -_MOST_BARS, "bar"), _whole(row[5], 1, "beat")
        index = at.get((bar, beat))
        length = usual if index is None else lengths[min(index, len(lengths) - 1)]
        places.append(
            PlayedPlace(
                bar, beat, _whole(row[6], 1, "division"), _whole(row[7], 1, "tatum"), length
            )
        )
    return tuple(places)


def _chords(rows: Sequence[Row], beats: Sequence[Beat]) -> tuple[Chord, ...]:
    found: list[Chord] = []
    label, symbol = _chord_names("NC")
    ends = [*(one.time_sec for one in beats[1:]), beats[-1].time_sec + 1]
    for row, beat, end in zip(rows, beats, ends, strict=True):
        if row[5]:
            label, symbol = _chord_names(str(row[5])[:_LONGEST_NAME])
        onset = beat.time_sec
        if found and found[-1].label == label:
            onset = found.pop().onset_sec
        found.append(Chord(onset, end, label, symbol))
    return tuple(found)


@lru_cache(maxsize=4096)
def _chord_names(text: str) -> tuple[str, str]:
    """Give the label and the symbol of a chord as the database spells it."""
    try:
        symbol = parse_weimar(text)
    except ChordError:
        symbol = NO_CHORD_SYMBOL  # better nothing than the chord before
    return to_harte(symbol), write_symbol(symbol)


def _signature(rows: SoloRows) -> TimeSignature:
    """Give the time signature of most beats; it is written where it changes."""
    current, counts = str(rows.info["signature"] or ""), Counter[str]()
    for row in rows.beats:
        current = str(row[4] or current)
        counts[current] += 1
    try:
        return TimeSignature.parse(counts.most_common(1)[0][0])
    except (MeterError, IndexError):
        most = max(_whole(row[3], 1, "beat") for row in rows.beats)
        return TimeSignature(min(most, 12), 4)


def _phrases(rows: Iterable[Row], line: SoloLine) -> Iterable[NoteSpan]:
    # Notes that are struck together are one in the line: counts go by the notes that are left.
    kept = [int(one[1:]) - 1 for one in line.note_ids]
    for _, first, last in rows:
        start = bisect_left(kept, _whole(first, 0, "start of a phrase"))
        stop = bisect_left(kept, _whole(last, 0, "end of a phrase") + 1)
        if stop > start:
            yield NoteSpan(start, stop)


def _instrument(code: str) -> str:
    try:
        # ts-c: tenor, then clarinet; the first is what most is played on.
        return find_instrument(re.split(r"[/-]", code)[0]).id
    except UnknownInstrumentError:
        return UNNAMED


def _key(text: str) -> Key | None:
    match = re.match(r"([A-G][b#]?)-([a-z]+)", text)
    mode = match and _MODES.get(match[2])
    return Key(match[1], mode) if match and mode else None


def _title(title: str, addition: str) -> str:
    return f"{title} ({addition.strip('()')})" if addition else title


def _year(dates: Iterable[str]) -> int | None:
    """Find the year in dates such as 1957, 15.11.1957 or 1957-11-15."""
    for date in dates:
        match = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", date)
        if match:
            return int(match[0])
    return None


def _text(value: Any) -> str:
    return clean_name(" ".join(str(value or "").split()))


def _number(value: Any, least: float, most: float, what: str) -> float:
    is_number = isinstance(value, int | float) and math.isfinite(value)
    if not is_number or not least <= value <= most:
        raise CorpusFileError(f"want {what} from {least:g} to {most:g}, got {str(value)[:40]!r}")
    return float(value)


def _whole(value: Any, least: int, what: str) -> int:
    return int(_number(value, least, _MOST_BARS, what))
