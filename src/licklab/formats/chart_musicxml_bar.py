"""One measure of a lead sheet in MusicXML."""

import re
from fractions import Fraction
from xml.etree.ElementTree import Element

from licklab.domain.beat import TimeSignature
from licklab.domain.chord_symbol import ChordSymbol, transpose
from licklab.domain.note_name import note_pitch_class
from licklab.errors import ChordError
from licklab.formats.chart_bars import WrittenBar
from licklab.formats.musicxml_chords import NO_CHORD_KIND, XmlDegree, read_kind

_MOST_TIMES = 16  # a repeat is played; more is no chorus


def read_measure(
    measure: Element, divisions: int, signature: TimeSignature
) -> tuple[WrittenBar, int]:
    """Read a measure.

    Parameters
    ----------
    measure : Element
        Of the part with the chord symbols.
    divisions : int
        Of a quarter, as the measure before left them.
    signature : TimeSignature
        Of the chart.

    Returns
    -------
    WrittenBar and int
        What is written in it, and the divisions that it leaves.

    Raises
    ------
    ChordError
        If a chord in it cannot be read.
    """
    bar = WrittenBar()
    beat = Fraction(3, 2) if signature.is_compound else Fraction(4, signature.denominator)
    place = Fraction(0)  # quarters from the start of the measure
    found: dict[int, ChordSymbol] = {}
    for one in measure:
        if one.tag == "attributes":
            divisions = max(1, _whole(one.findtext("divisions"), divisions))
        elif one.tag == "harmony":
            offset = Fraction(_whole(one.findtext("offset"), 0), divisions)
            found[_beat_at((place + offset) / beat, signature)] = read_harmony(one)
        elif one.tag in {"note", "forward", "backup"} and one.find("chord") is None:
            length = Fraction(_whole(one.findtext("duration"), 0), divisions)
            place += -length if one.tag == "backup" else length
        elif one.tag == "direction":
            read_direction(one, bar)
        elif one.tag == "barline":
            read_barline(one, bar)
    bar.chords = sorted(found.items())
    return bar, divisions


def _beat_at(beats: Fraction, signature: TimeSignature) -> int:
    # A chord that is pushed by less than a beat belongs to the beat that it sounds on.
    return min(max(int(beats), 0), signature.beats_per_bar - 1)


def read_harmony(harmony: Element, semitones: int = 0) -> ChordSymbol:
    """Read a chord symbol.

    Parameters
    ----------
    harmony : Element
        To read.
    semitones : int
        From written to sounding.

    Returns
    -------
    ChordSymbol
        As it sounds.

    Raises
    ------
    ChordError
        If it is none.
    """
    kind = harmony.findtext("kind", "").strip()
    if kind == NO_CHORD_KIND:
        return read_kind("", kind)
    root = _read_note(harmony.find("root"), "root")
    if root is None:
        raise ChordError("want a chord symbol with a root, got one without")
    degrees = [
        XmlDegree(
            _whole(one.findtext("degree-value"), 0),
            _whole(one.findtext("degree-alter"), 0),
            one.findtext("degree-type", "").strip(),
        )
        for one in harmony.findall("degree")
    ]
    symbol = read_kind(root, kind, degrees, _read_note(harmony.find("bass"), "bass"))
    return transpose(symbol, semitones) if semitones % 12 else symbol


def _read_note(note: Element | None, name: str) -> str | None:
    if note is None:
        return None
    alter = _whole(note.findtext(f"{name}-alter"), 0)
    if abs(alter) > 2:
        raise ChordError(f"want a note with two signs at most, got {alter}")
    step = note.findtext(f"{name}-step", "").strip()
    spelled = step + ("b" * -alter if alter < 0 else "#" * alter)
    note_pitch_class(spelled)
    return spelled


def read_direction(direction: Element, bar: WrittenBar) -> None:
    """Read marks, signs and jumps over a bar.

    Parameters
    ----------
    direction : Element
        To read.
    bar : WrittenBar
        Gets them.
    """
    rehearsal = direction.findtext("direction-type/rehearsal", "").strip()
    if rehearsal:
        bar.section = rehearsal[:20]
    bar.is_segno |= direction.find("direction-type/segno") is not None
    bar.is_coda |= direction.find("direction-type/coda") is not None
    sound = direction.find("sound")
    if sound is None:
        return
    bar.is_fine |= sound.get("fine") is not None
    if sound.get("tocoda") is not None:  # the sign at the place that is left, not at the coda
        bar.to_coda, bar.is_coda = True, False
    if sound.get("dacapo") == "yes":
        bar.jump = "capo"
    elif sound.get("dalsegno") is not None:
        bar.jump = "segno"


def read_barline(barline: Element, bar: WrittenBar) -> None:
    """Read repeats and endings.

    Parameters
    ----------
    barline : Element
        To read.
    bar : WrittenBar
        Gets them.
    """
    repeat = barline.find("repeat")
    if repeat is not None and repeat.get("direction") == "forward":
        bar.starts_repeat = True
    elif repeat is not None:
        bar.ends_repeat = True
        bar.times = min(max(_whole(repeat.get("times"), 2), 2), _MOST_TIMES)
    ending = barline.find("ending")
    if ending is not None and ending.get("type") == "start":
        numbers = ending.get("number", "").replace(",", " ").split()
        bar.endings = frozenset(min(int(one), _MOST_TIMES) for one in numbers if one.isdecimal())


def _whole(text: str | None, default: int) -> int:
    if text is None:
        return default
    if re.fullmatch(r"\s*[+-]?\d{1,9}(\.0*)?\s*", text) is None:
        raise ChordError(f"want a whole number, got {text[:20]!r}")
    return int(float(text))
