import io
import zipfile

import pytest

from licklab.domain.chart import Chart
from licklab.domain.chord_writing import write_symbol
from licklab.domain.key import Key, KeyMode
from licklab.errors import ChordError
from licklab.formats.chart import read_chart
from licklab.formats.chart_musicxml import read_chart_musicxml

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 4.0 Partwise//EN" '
    '"http://www.musicxml.org/dtds/partwise.dtd">\n'
)
_ATTRIBUTES = (
    "<attributes><divisions>2</divisions><key><fifths>{fifths}</fifths><mode>{mode}</mode></key>"
    "<time><beats>{beats}</beats><beat-type>{unit}</beat-type></time></attributes>"
)
_REST = "<note><rest/><duration>{}</duration></note>"
_FORWARD = '<barline location="left"><repeat direction="forward"/></barline>'
_BACKWARD = '<barline location="right"><repeat direction="backward"/></barline>'


def _chord(root: str, kind: str = "major", more: str = "") -> str:
    alter = f"<root-alter>{'b#'.index(root[1]) * 2 - 1}</root-alter>" if root[1:] else ""
    step = f"<root><root-step>{root[0]}</root-step>{alter}</root>"
    return f"<harmony>{step}<kind>{kind}</kind>{more}</harmony>"


def _score(
    *measures: str, fifths: int = -1, mode: str = "minor", beats: int = 4, unit: int = 4
) -> bytes:
    first = _ATTRIBUTES.format(fifths=fifths, mode=mode, beats=beats, unit=unit)
    body = "".join(f"<measure>{one}</measure>" for one in (first + measures[0], *measures[1:]))
    title = "<work><work-title>A Tune</work-title></work>"
    score = f"<score-partwise>{title}<part id='P1'>{body}</part></score-partwise>"
    return (_HEAD + score).encode()


def _zip(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


_CONTAINER = b'<container><rootfiles><rootfile full-path="score.xml"/></rootfiles></container>'


def _written(chart: Chart) -> list[str]:
    return [
        " ".join(f"{chord.beat}:{write_symbol(chord.symbol)}" for chord in bar.chords)
        for bar in chart.bars
    ]


def _roots(*measures: str) -> str:
    chart = read_chart_musicxml(_score(*measures))
    return "".join(bar.chords[0].symbol.root for bar in chart.bars)


def test_chord_symbols_are_on_the_beats_that_they_stand_above() -> None:
    chart = read_chart(
        _score(
            _chord("D", "minor-seventh") + _REST.format(4) + _chord("G", "dominant"),
            _chord("Bb", "major", "<bass><bass-step>F</bass-step></bass>") + _REST.format(8),
            _REST.format(8),
            "<harmony><kind>none</kind></harmony>" + _chord("E", "minor", "<offset>5</offset>"),
        )
    )
    assert _written(chart) == ["0:Dm7 2:G7", "0:Bb/F", "0:Bb/F", "0:N.C. 2:Em"]
    assert (chart.title, chart.key) == ("A Tune", Key("D", KeyMode.MINOR))


def test_the_beat_of_a_compound_time_is_the_dotted_quarter() -> None:
    bar = _chord("C") + _REST.format(3) + _chord("F")
    assert _written(read_chart_musicxml(_score(bar, beats=6, unit=8))) == ["0:C 1:F"]


def test_repeats_endings_and_jumps_are_written_out() -> None:
    first = '<barline><ending number="1" type="start"/></barline>'
    second = '<barline><ending number="2" type="start"/></barline>'
    a, b, c, d = (_chord(root) for root in "ABCD")
    assert _roots(_FORWARD + a, b + _BACKWARD, c) == "ABABC"
    assert _roots(_FORWARD + a, first + b + _BACKWARD, second + c, d) == "ABACD"
    fine, capo = '<direction><sound fine="yes"/></direction>', '<sound dacapo="yes"/>'
    assert _roots(a, b + fine, c + f"<direction>{capo}</direction>") == "ABCAB"


def test_sections_are_the_rehearsal_marks() -> None:
    mark = "<direction><direction-type><rehearsal>{}</rehearsal></direction-type></direction>"
    chart = read_chart_musicxml(_score(mark.format("A") + _chord("C"), mark.format("B")))
    assert [one.label for one in chart.sections] == ["A", "B"]


@pytest.mark.parametrize("fifths", ["", "8", "--3", "²"])
def test_a_key_that_is_none_is_left_out(fifths: str) -> None:
    score = _score(_chord("C"), fifths=-1)
    content = score.replace(b"<fifths>-1<", f"<fifths>{fifths}<".encode())
    assert read_chart_musicxml(content).key is None


def test_a_zipped_score_is_read() -> None:
    score = _score(_chord("C"), fifths=2, mode="major")
    chart = read_chart(_zip(**{"META-INF__container_xml": _CONTAINER, "score_xml": score}))
    assert (chart.key, _written(chart)) == (Key("D"), ["0:C"])


_BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    b"<score-partwise>&b;</score-partwise>"
)
_FILE = b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a SYSTEM "file:///etc/hosts">]><s>&a;</s>'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (_BOMB, "want well-formed MusicXML without entities"),
        (_FILE, "want well-formed MusicXML without entities"),
        (b"<?xml version='1.0'?><score-partwise>", "want well-formed MusicXML"),
        (b"<?xml version='1.0' encoding='no-such'?><a/>", "want well-formed MusicXML"),
        (b"<a>" * 300_000, "want well-formed MusicXML"),
        (b"<score-timewise/>", "want a score-partwise file"),
        (_score(""), "want a score with chord symbols"),
        (_score(_chord("C", "Tristan")), "want a kind of chord"),
        (_score(_chord("H")), "want a note such as"),
        (_score(_chord("C", "major", "<offset>soon</offset>")), "want a whole number, got 'soon'"),
        (_score("<harmony><kind>major</kind></harmony>"), "want a chord symbol with a root"),
        (_score(*[_chord("C")] * 1001), "want a chart of 1 to 1000 bars, got 1001"),
        (_zip(score_xml=b""), "want a zip with MusicXML in it"),
        (_zip(**{"META-INF__container_xml": b"<container/>"}), "want the name of the score"),
        (_zip(**{f"f{one}": b"" for one in range(101)}), "want at most 100 files in a zip"),
        (
            _zip(**{"META-INF__container_xml": _CONTAINER, "score_xml": b" " * 11_000_000}),
            "want a score of at most 10000000 bytes in the zip",
        ),
        (b"PK\x03\x04" + b"\0" * 50, "want well-formed MusicXML"),
    ],
)  # fmt: skip
def test_hostile_and_damaged_files_are_refused_with_a_sentence(
    content: bytes, message: str
) -> None:
    with pytest.raises(ChordError, match=message):
        read_chart_musicxml(content)
