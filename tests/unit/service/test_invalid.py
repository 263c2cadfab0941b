"""Sentences about bodies that are not what the API takes."""

import pytest
from pydantic import TypeAdapter, ValidationError

from licklab.service.api.edits import CHORDS, GRID
from licklab.service.api.invalid import describe_invalid, list_errors
from licklab.service.api.note_edits import NOTES
from licklab.service.api.selections import CHOOSE


@pytest.mark.parametrize(
    ("adapter", "body", "sentence"),
    [
        (CHOOSE, "{", "want JSON, got '{' (EOF while parsing an object at line 1 column 1)"),
        (CHOOSE, "", "want JSON, got '' (EOF while parsing a value at line 1 column 0)"),
        (CHOOSE, "[]", "want the body to be an object, got '[]'"),
        (CHOOSE, '{"colour": "red"}', "want no member colour, got one"),
        (CHOOSE, '{"first_bar": 1.5}', "want first_bar to be a valid integer, got '1.5'"),
        (CHOOSE, '{"first_bar": "1"}', "want first_bar to be a valid integer, got '1'"),
        (CHOOSE, '{"from_sec": -1}', "want from_sec to be greater than or equal to 0, got '-1'"),
        (
            CHOOSE,
            '{"name": "a\\u0000"}',
            "want name to be text without control characters (U+0000), got 'a\\x00'",
        ),
        (GRID, '{"op": "downbeat"}', "want time_sec, got none"),
        (GRID, '{"op": "downbeat", "bar": 1, "time_sec": 1}', "want no member bar, got one"),
        (GRID, "{}", "want op, got none"),
        (GRID, '{"op": "pins", "pins": [{"bar": 1}]}', "want time_sec in pins.0, got none"),
        (
            GRID,
            '{"op": "pins", "pins": []}',
            "want pins to have at least 1 item, got '[]'",
        ),
        (CHORDS, "{}", "want one of text, ireal, musicxml and events, got '{}'"),
        (
            NOTES,
            '{"operations": [{"op": "split", "id": "n1", "time_sec": 1}, {"op": "remove"}]}',
            "want ids in operations.1, got none",
        ),
        (
            NOTES,
            '{"operations": [{"op": "remove", "ids": ["n1"], "more": 1}]}',
            "want no member operations.0.more, got one",
        ),
    ],
)
def test_what_is_wrong_is_told_by_the_names_of_the_body(
    adapter: TypeAdapter[object], body: str, sentence: str
) -> None:
    content = body.encode()
    with pytest.raises(ValidationError) as caught:
        adapter.validate_json(content)
    assert describe_invalid(list_errors(caught.value, content)[0]) == sentence


def test_an_operation_that_there_is_not_is_told_with_those_that_there_are() -> None:
    content = b'{"operations": [{"op": "bend"}]}'
    with pytest.raises(ValidationError) as caught:
        NOTES.validate_json(content)
    told = describe_invalid(list_errors(caught.value, content)[0])
    assert told.startswith("want op in operations.0 to be one of 'add', 'remove'")
    assert told.endswith("got 'bend'")


def test_a_name_that_is_too_long_is_told_in_characters() -> None:
    content = b'{"name": "' + b"x" * 201 + b'"}'
    with pytest.raises(ValidationError) as caught:
        CHOOSE.validate_json(content)
    told = describe_invalid(list_errors(caught.value, content)[0])
    assert told == f"want name to have at most 200 characters, got '{'x' * 80}'"
