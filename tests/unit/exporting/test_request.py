from pathlib import Path

import pytest

import licklab
from licklab.errors import ExportKindError, InputError, PartError, TuningError
from licklab.exporting.kinds import EXPORTS
from licklab.exporting.request import read_request
from licklab.formats.chart_ireal import read_first_ireal_chart
from tests.lines import even_grid, line, transcription

HEARD = transcription(
    line((0.0, 0.45, 60), (0.5, 0.95, 64), (1.0, 1.9, 67)),
    even_grid(2),
    labels=[(0.0, "C:maj7"), (1.0, "A:7(b9)"), (2.0, "D:hdim7"), (3.0, "N")],
    key="C",
    swing=1.7,
)


@pytest.mark.parametrize("kind", EXPORTS)
def test_every_kind_is_written_and_equal_input_gives_equal_bytes(kind: str) -> None:
    content = licklab.export(HEARD, kind, title="Blue")
    assert content
    assert licklab.export(HEARD, kind, title="Blue") == content


def test_a_table_has_the_metrical_places() -> None:
    rows = licklab.export(HEARD, "csv").decode().splitlines()
    assert rows[0].startswith("id,onset_sec,offset_sec,pitch_midi,pitch,velocity,confidence,bar")
    assert rows[1] == "n1,0.000000,0.450000,60,C4,80,0.9000,1,1,1,1,C:maj7"
    assert [row.split(",")[7:9] for row in rows[1:]] == [["1", "1"], ["1", "2"], ["1", "3"]]


def test_the_changes_come_back_from_an_ireal_link() -> None:
    page = licklab.export(HEARD, "ireal", title='A="B"').decode()
    chart = read_first_ireal_chart(page)
    names = [[one.symbol.root + "".join(one.symbol.degrees) for one in bar.chords]
             for bar in chart.bars]  # fmt: skip
    assert names == [["C1357", "A135b7b9"], ["D1b3b5b7", ""]]


def test_the_changes_as_chordpro() -> None:
    text = licklab.export(HEARD, "chordpro", title="{Blue}").decode()
    assert text.startswith("{title: (Blue)}\n{key: C}\n{tempo: 120}\n{time: 4/4}\n")
    assert "| Cmaj7 . A7b9 . | Dm7b5 . N.C. . |" in text


@pytest.mark.parametrize(
    ("wishes", "error"),
    [({"part": "kazoo"}, PartError), ({"tab": "banjo"}, TuningError), ({"octave": 7}, PartError),
     ({"key": "H"}, InputError), ({"hand": "left"}, PartError), ({"paper": "a0"}, PartError)],
)  # fmt: skip
def test_wishes_that_cannot_be_are_refused(wishes: dict[str, str], error: type[InputError]) -> None:
    with pytest.raises(error, match="want"):
        licklab.export(HEARD, "musicxml", **wishes)


def test_a_kind_that_is_none_is_refused() -> None:
    with pytest.raises(ExportKindError, match="want a kind of file, one of json, midi"):
        licklab.export(HEARD, "docx")


def test_tablature_is_for_those_who_read_it() -> None:
    assert b"TAB" in licklab.export(HEARD, "musicxml", part="guitar")
    assert b"TAB" not in licklab.export(HEARD, "musicxml", part="guitar", tab="none")
    assert b"TAB" not in licklab.export(HEARD, "musicxml", part="bass")
    assert b"TAB" in licklab.export(HEARD, "musicxml", part="bass", tab="bass")
    assert read_request(tab="drop d").tab == "drop d"


def test_a_score_from_a_file_takes_the_same_way(tmp_path: Path) -> None:
    path = tmp_path / "solo.mxl"
    path.write_bytes(licklab.export(HEARD, "mxl"))
    read = licklab.read_score(path)
    assert [note.pitch_midi for note in read.notes] == [60, 64, 67]
    assert licklab.export(read, "abc", part="concert", title="x") == licklab.export(
        HEARD, "abc", part="concert", title="x"
    )
