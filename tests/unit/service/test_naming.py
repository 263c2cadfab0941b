import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.service.listening import FieldError
from licklab.service.naming import download_name, read_tags, read_title, shown_title
from licklab.service.tables import Job


@pytest.mark.parametrize(
    ("filename", "title", "shown"),
    [
        ("Take 5.mp3", None, "Take 5"),
        ("live.2.take.flac", None, "live.2.take"),
        (".mp3", None, ".mp3"),
        ("a.mp3", "Blue in Green", "Blue in Green"),
    ],
)
def test_a_title_is_the_files_name_without_its_suffix_unless_there_is_one(
    filename: str, title: str | None, shown: str
) -> None:
    assert shown_title(Job(filename=filename, title=title)) == shown


def test_a_file_that_is_taken_away_goes_into_no_other_folder() -> None:
    job = Job(filename="a.mp3", title="../up\\down C:")
    assert download_name(job, "mid") == "..-up-down C-.mid"


@pytest.mark.parametrize("text", [None, "", " \u00a0 "])
def test_nothing_to_show_is_no_title(text: str | None) -> None:
    assert read_title(text) is None


def test_one_way_to_write_a_sign_is_one_tag() -> None:
    assert read_tags(["Ame\u0301lie", "Am\u00e9lie", "AM\u00c9LIE", "\u0634\u200c"]) == [
        "Am\u00e9lie",
        "\u0634\u200c",
    ]


@given(st.text(st.characters(), max_size=50))
def test_any_text_becomes_a_title_that_can_be_kept_or_is_refused(text: str) -> None:
    try:
        title = read_title(text)
    except FieldError:
        return
    assert title is None or title == title.strip()
    assert read_title(title) == title
    assert "\0" not in (title or "")
    (title or "").encode()
