"""A score as MusicXML 4.0, partwise.

Everything that a reader sees is already decided in the score; here it is only written. Pitches are
those of the part: `transpose` leads back to what sounds. Each head has the id of the heard note.
"""

import io
import zipfile
from math import lcm
from typing import Literal
from xml.etree.ElementTree import Element, SubElement, tostring  # written here, never read

from licklab.domain.beat import TimeSignature
from licklab.domain.instrument import INSTRUMENTS, Clef
from licklab.domain.key import KeyMode
from licklab.domain.pitch_name import SpelledPitch
from licklab.domain.score import Part, Score, ScoreBar
from licklab.domain.signature import key_fifths
from licklab.formats.score_musicxml_bar import write_events
from licklab.formats.score_musicxml_words import write_chord, write_marks, write_tempo
from licklab.formats.xml_text import clean_text
from licklab.version import __version__

_DOCTYPE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 4.0 Partwise//EN" '
    '"http://www.musicxml.org/dtds/partwise.dtd">\n'
)
_CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container><rootfiles><rootfile full-path="score.musicxml" '
    'media-type="application/vnd.recordare.musicxml+xml"/></rootfiles></container>\n'
)
_CLEFS = {
    Clef.TREBLE: (("G", 2, 0),),
    Clef.BASS: (("F", 4, 0),),
    Clef.TREBLE_OCTAVE_DOWN: (("G", 2, -1),),
    Clef.GRAND_STAFF: (("G", 2, 0), ("F", 4, 0)),
}
# Steps of the scale in the transpositions of horns, by semitones within the octave.
_DIATONIC = {0: 0, 1: 1, 2: 1, 3: 2, 4: 2, 5: 3, 6: 3, 7: 4, 8: 5, 9: 5, 10: 6, 11: 6}
Breaks = Literal["line", "page"]
_NO_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip file knows: equal scores, equal bytes


def write_musicxml(score: Score, *, breaks: Breaks = "line", for_engraving: bool = False) -> bytes:
    """Write a score as MusicXML.

    Parameters
    ----------
    score : Score
        To write.
    breaks : str
        Whether the lines of the page are told: as lines, or each as a page of its own.
    for_engraving : bool
        Whether it is only drawn: degrees of chords, which some programs print, are left out, and
        frets, which want to stand under heads that are drawn already.

    Returns
    -------
    bytes
        UTF-8, one document; equal scores give equal bytes.
    """
    root = Element("score-partwise", version="4.0")
    if score.title:
        SubElement(SubElement(root, "work"), "work-title").text = clean_text(score.title)
    identification = SubElement(root, "identification")
    if score.composer:
        SubElement(identification, "creator", type="composer").text = clean_text(score.composer)
    encoding = SubElement(identification, "encoding")
    SubElement(encoding, "software").text = f"Jazz Lick Lab {__version__}"
    for element in ("accidental", "beam", "stem"):
        SubElement(encoding, "supports", element=element, type="no" if element == "stem" else "yes")
    _write_part_list(root, score.part)
    part = SubElement(root, "part", id="P1")
    divisions = _divisions(score)
    seen: dict[str, int] = {}
    for i, bar in enumerate(score.bars):
        measure = SubElement(part, "measure", number=_number(score, i))
        if bar.is_pickup:
            measure.set("implicit", "yes")
        if bar.begins_line and i:
            name = "new-page" if breaks == "page" else "new-system"
            SubElement(measure, "print", {name: "yes"})
        before = score.bars[i - 1].time_signature if i else None
        _write_attributes(measure, score, bar, before, divisions, is_first=i == 0)
        if i == 0:
            write_tempo(measure, score)
        write_marks(measure, bar)
        for chord in bar.chords:
            write_chord(
                measure, chord, int(chord.onset_quarter * divisions), with_degrees=not for_engraving
            )
        write_events(measure, score.part, bar, divisions, seen, with_frets=not for_engraving)
        if i + 1 == len(score.bars):
            line = SubElement(measure, "barline", location="right")
            SubElement(line, "bar-style").text = "light-heavy"
    return f"{_DOCTYPE}{tostring(root, encoding='unicode')}\n".encode()


def write_mxl(score: Score) -> bytes:
    """Write a score as compressed MusicXML.

    Parameters
    ----------
    score : Score
        To write.

    Returns
    -------
    bytes
        A zip file as the specification asks for; equal scores give equal bytes.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content, method in (
            ("mimetype", b"application/vnd.recordare.musicxml", zipfile.ZIP_STORED),
            ("META-INF/container.xml", _CONTAINER.encode(), zipfile.ZIP_DEFLATED),
            ("score.musicxml", write_musicxml(score), zipfile.ZIP_DEFLATED),
        ):
            archive.writestr(zipfile.ZipInfo(name, _NO_DATE), content, method)
    return buffer.getvalue()


def _number(score: Score, i: int) -> str:
    """Give a bar its number; what was cut in two is told apart, as numbers have to be."""
    number = score.bars[i].number
    again = sum(1 for bar in score.bars[max(0, i - 8) : i] if bar.number == number)
    return f"{number}" if not again else f"X{number}-{again}"


def _write_part_list(root: Element, part: Part) -> None:
    one = SubElement(SubElement(root, "part-list"), "score-part", id="P1")
    SubElement(one, "part-name").text = part.name
    instrument = SubElement(one, "score-instrument", id="P1-I1")
    SubElement(instrument, "instrument-name").text = part.name
    midi = SubElement(one, "midi-instrument", id="P1-I1")
    SubElement(midi, "midi-channel").text = "1"
    known = INSTRUMENTS.get(part.instrument)
    SubElement(midi, "midi-program").text = str(1 + (known.gm_program if known else 0))


def _divisions(score: Score) -> int:
    parts = {1, 2}
    for bar in score.bars:
        parts |= {one.onset_quarter.denominator for one in bar.chords}
        for voice in bar.voices:
            for event in voice.events:
                parts |= {event.onset_quarter.denominator, event.length_quarter.denominator}
    return lcm(*parts)


def _write_attributes(
    measure: Element,
    score: Score,
    bar: ScoreBar,
    before: TimeSignature | None,
    divisions: int,
    *,
    is_first: bool,
) -> None:
    if not is_first and bar.time_signature == before:
        return
    attributes = SubElement(measure, "attributes")
    if is_first:
        SubElement(attributes, "divisions").text = str(divisions)
        key = SubElement(attributes, "key")
        SubElement(key, "fifths").text = str(key_fifths(score.key))
        if score.key is not None:
            mode = "minor" if score.key.mode is KeyMode.MINOR else "major"
            SubElement(key, "mode").text = mode
    time = SubElement(attributes, "time")
    SubElement(time, "beats").text = str(bar.time_signature.numerator)
    SubElement(time, "beat-type").text = str(bar.time_signature.denominator)
    if is_first:
        _write_staves(attributes, score.part)


def _write_staves(attributes: Element, part: Part) -> None:
    clefs = _CLEFS[part.clef]
    n_staves = len(clefs) + (1 if part.tuning is not None else 0)
    if n_staves > 1:
        SubElement(attributes, "staves").text = str(n_staves)
    for number, (sign, line, octave) in enumerate(clefs, 1):
        clef = SubElement(attributes, "clef", number=str(number))
        SubElement(clef, "sign").text = sign
        SubElement(clef, "line").text = str(line)
        if octave:
            SubElement(clef, "clef-octave-change").text = str(octave)
    if part.tuning is not None:
        clef = SubElement(attributes, "clef", number=str(n_staves))
        SubElement(clef, "sign").text = "TAB"
        SubElement(clef, "line").text = "5"
        strings = part.tuning.open_midi
        details = SubElement(attributes, "staff-details", number=str(n_staves))
        SubElement(details, "staff-lines").text = str(len(strings))
        for line, midi in enumerate(reversed(strings), 1):
            _write_string(SubElement(details, "staff-tuning", line=str(line)), midi)
    if part.transposition_semitones:
        _write_transposition(attributes, part.transposition_semitones)


def _write_string(element: Element, midi: int) -> None:
    letter = "CCDDEFFGGAAB"[midi % 12]
    pitch = SpelledPitch.on_letter(letter, midi)
    SubElement(element, "tuning-step").text = pitch.letter
    if pitch.alter:
        SubElement(element, "tuning-alter").text = str(pitch.alter)
    SubElement(element, "tuning-octave").text = str(pitch.octave)


def _write_transposition(attributes: Element, semitones: int) -> None:
    octaves, rest = divmod(semitones, 12)
    transpose = SubElement(attributes, "transpose")
    SubElement(transpose, "diatonic").text = str(-_DIATONIC[rest])
    SubElement(transpose, "chromatic").text = str(-rest)
    if octaves:
        SubElement(transpose, "octave-change").text = str(-octaves)
