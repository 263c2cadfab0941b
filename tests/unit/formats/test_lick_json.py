import json
from enum import StrEnum
from typing import Any

import jsonschema
import pytest

from licklab.domain.harmony_function import CadenceKind, ChangesKind
from licklab.domain.lick import ReasonKind
from licklab.domain.line_analysis import ApproachKind, DeviceKind, NoteRole
from licklab.domain.solo_line import NoteSpan
from licklab.formats.imports import read_import
from licklab.formats.lick_json import licks_schema, write_licks
from licklab.formats.line_analysis_json import analysis_schema, write_line_analysis
from licklab.studying.study import Study, study
from tests.lines import even_grid, line, transcription

TUNE = b"""X:1
T:Three keys
M:4/4
L:1/8
Q:1/4=160
K:C
"Dm7"DFAc "G7"BdfA|"Cmaj7"GEz2 z4|"Cm7"CEGB "F7"Ac_eG|"Bbmaj7"FDz2 z4|
"Dm7"DFAc "G7"BdfA|"Cmaj7"GEz2 z4|
"""


def studied(*, with_beats: bool = True) -> Study:
    if with_beats:
        return study(read_import(TUNE, "three-keys.abc"))
    notes = line(*((0.25 * i, 0.25 * i + 0.2, 60 + i * 3 % 13) for i in range(16)))
    return study(transcription(notes))


def of_schema(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    jsonschema.validate(document, schema)
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    return document


@pytest.mark.parametrize("with_beats", [True, False])
def test_licks_and_analyses_are_of_their_schemas(*, with_beats: bool) -> None:
    found = studied(with_beats=with_beats)
    of_schema(write_licks(found.line, found.analysis, found.phrases, found.licks), licks_schema())
    for span in [*(one.span for one in found.licks), NoteSpan(0, len(found.line))]:
        document = write_line_analysis(found.line, found.analysis, span, found.describe(span))
        of_schema(document, analysis_schema())


def test_every_statement_names_notes_and_their_bars() -> None:
    found = studied()
    whole = NoteSpan(0, len(found.line))
    document = write_line_analysis(found.line, found.analysis, whole, found.describe(whole))
    bars = {one["id"]: one["bar"] for one in document["notes"]}
    assert document["statements"]
    for one in document["statements"]:
        assert one["note_ids"]
        assert set(one["bars"]) >= {bars[name] for name in one["note_ids"]}


def test_a_repeated_lick_tells_where_it_is_played_and_in_which_transposition() -> None:
    found = studied()
    document = write_licks(found.line, found.analysis, found.phrases, found.licks)
    best = document["licks"][0]
    assert best["note_names"][:4] == ["D4", "F4", "A4", "C5"]
    assert best["degrees"][:4] == ["1", "b3", "5", "b7"]
    assert [one["bars"][0] for one in best["occurrences"]] == [1, 3, 5]
    assert [one["transposition_semitones"] for one in best["occurrences"]] == [0, -2, 0]


def test_without_beats_nothing_is_said_of_bars() -> None:
    found = studied(with_beats=False)
    document = write_line_analysis(found.line, found.analysis, NoteSpan(0, 5), ())
    assert document["bars"] == []
    assert {one["bar"] for one in document["notes"]} == {None}


def test_schemas_know_every_kind() -> None:
    members = analysis_schema()["properties"]

    def kinds(member: str, name: str = "kind") -> set[str | None]:
        return set(members[member]["items"]["properties"][name]["enum"])

    def words(kind: type[StrEnum]) -> set[str]:
        return {one.value for one in kind}

    assert kinds("cadences") == words(CadenceKind)
    assert kinds("devices") == words(DeviceKind)
    assert kinds("forms") == words(ChangesKind)
    assert kinds("notes", "role") == words(NoteRole)
    assert kinds("notes", "approach") == words(ApproachKind) | {None}
    reasons = licks_schema()["properties"]["licks"]["items"]["properties"]["reasons"]
    assert set(reasons["items"]["properties"]["kind"]["enum"]) == words(ReasonKind)


def test_notes_are_named_as_their_chords_ask() -> None:
    played = line((0.0, 0.4, 66), (0.5, 0.9, 70), (1.0, 1.4, 73), (1.5, 1.9, 63))
    found = study(transcription(played, even_grid(2), labels=[(0.0, "Gb:7")]))
    document = write_line_analysis(found.line, found.analysis, NoteSpan(0, 4), ())
    assert [one["name"] for one in document["notes"]] == ["Gb4", "Bb4", "Db5", "Eb4"]
