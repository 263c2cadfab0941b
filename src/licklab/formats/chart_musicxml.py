"""Charts in MusicXML, plain or zipped: the chord symbols of a lead sheet.

Only ``score-partwise`` files are read, and of them the first part that has chord symbols.
"""

import re
from xml.etree.ElementTree import Element

from licklab.domain.beat import TimeSignature
from licklab.domain.chart import MOST_BARS, Chart
from licklab.domain.key import Key, KeyMode
from licklab.errors import ChordError, ScoreFileError
from licklab.formats.chart_bars import WrittenBar, play_chart
from licklab.formats.chart_musicxml_bar import read_measure
from licklab.formats.score_file import open_musicxml

_MOST_BYTES = 10_000_000  # of the score in a zip; a lead sheet of 100 bars has some 300 kB
# Tonics of the major keys by the number of their sharps, from 7 flats.
_TONICS = ("B", "Gb", "Db", "Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "Db")
_RELATIVE = 3  # semitones from the tonic of a minor key up to the major one with its signs


def read_chart_musicxml(content: bytes) -> Chart:
    """Read a chart in MusicXML.

    Parameters
    ----------
    content : bytes
        A ``.musicxml`` or a ``.mxl`` file.

    Returns
    -------
    Chart
        One chorus, with its repeats written out.

    Raises
    ------
    ChordError
        If it is no such file, or there are no chord symbols in it.
    MeterError
        If its time signature is one that is not read.
    """
    try:
        root = open_musicxml(content, _MOST_BYTES)
    except ScoreFileError as error:
        raise ChordError(str(error)) from error
    part = next((one for one in root.iter("part") if one.find(".//harmony") is not None), None)
    if part is None:
        raise ChordError("want a score with chord symbols, got one without")
    measures = part.findall("measure")
    if len(measures) > MOST_BARS:
        raise ChordError(f"want a chart of 1 to {MOST_BARS} bars, got {len(measures)}")
    signature = _read_time(measures)
    bars: list[WrittenBar] = []
    divisions = 1
    for measure in measures:
        bar, divisions = read_measure(measure, divisions, signature)
        bars.append(bar)
    title = root.findtext("work/work-title") or root.findtext("movement-title") or ""
    return play_chart(bars, signature, _read_key(part), title.strip() or None)


def _read_time(measures: list[Element]) -> TimeSignature:
    signatures = {
        f"{time.findtext('beats')}/{time.findtext('beat-type')}"
        for measure in measures
        for time in measure.findall("attributes/time")
        if time.findtext("beats")
    }
    if len(signatures) > 1:
        raise ChordError(f"want one time signature in a chart, got {sorted(signatures)}")
    return TimeSignature.parse(signatures.pop()) if signatures else TimeSignature()


def _read_key(part: Element) -> Key | None:
    key = part.find("measure/attributes/key")
    fifths = key.findtext("fifths", "") if key is not None else ""
    if key is None or re.fullmatch(r"\s*-?[0-7]\s*", fifths) is None:
        return None
    major = Key(_TONICS[int(fifths) + 7])
    if key.findtext("mode", "major").strip() == "minor":
        return Key.of_pitch_class(major.pitch_class - _RELATIVE, KeyMode.MINOR)
    return major
