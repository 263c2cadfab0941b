from hypothesis import assume, given
from hypothesis import strategies as st

from licklab.domain.coaching import CoachLevel
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.formats.coach_json import coach_schema, write_coach
from tests.schemas import check
from tests.unit.practice.coach.lessons import PARKER, TWO_FIVE, say
from tests.unit.theory.lines import line_of
from tests.unit.theory.strategies import lines


@given(lines(), st.sampled_from(CoachLevel))
def test_every_text_fits_the_schema(line: SoloLine, level: CoachLevel) -> None:
    assume(len(line))
    text = say(line, level=level, matches=[PARKER])
    check(write_coach(line, NoteSpan(0, len(line)), text), coach_schema)


def test_a_sentence_is_written_with_notes_bars_times_and_source() -> None:
    line = line_of(TWO_FIVE)
    text = say(line, level=CoachLevel.BEGINNER, instrument="alto sax", matches=[PARKER])
    document = write_coach(line, NoteSpan(0, len(line)), text)
    assert (document["level"], document["instrument"]) == ("beginner", "alto_sax")
    listen = document["sections"][3]
    assert (listen["subject"], listen["title"]) == ("listen", "What to listen for")
    arrival = next(one for one in listen["sentences"] if one["kind"] == "arrival")
    assert (arrival["note_ids"], arrival["bars"]) == (["n16", "n17"], [2, 3])
    assert (arrival["from_sec"], arrival["to_sec"]) == (3.75, 6.0)
    assert arrival["match"] is None
    match = next(one for one in listen["sentences"] if one["kind"] == "match")
    assert match["match"] == {
        "performer": "Charlie Parker", "title": "Ko-Ko", "bars": [17], "similarity": 0.87,
        "solo_id": "4f1c",
    }  # fmt: skip
