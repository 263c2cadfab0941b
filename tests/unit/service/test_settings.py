import pytest
from pydantic import ValidationError

from licklab.service.settings import Settings


@pytest.mark.parametrize("level", ["warning", "Warning", "WARNING"])
def test_a_log_level_is_understood_in_any_case(monkeypatch: pytest.MonkeyPatch, level: str) -> None:
    monkeypatch.setenv("LOG_LEVEL", level)
    assert Settings().log_level == "WARNING"


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("LOG_LEVEL", "loud", "'DEBUG', 'INFO', 'WARNING', 'ERROR' or 'CRITICAL'"),
        # Any free port: nobody would know which.
        ("PORT", "0", "greater than or equal to 1"),
    ],
)
def test_a_setting_that_no_process_could_use_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, wanted: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError, match=wanted):
        Settings()


@pytest.mark.parametrize(
    "url",
    [
        "ftp://x.example",
        "x.example/v1",
        "https://me:secret@x.example",
        "https://x.example?k=secret",
    ],
)
def test_an_address_of_a_language_model_that_is_none_is_refused_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("LANGUAGE_MODEL_URL", url)
    with pytest.raises(ValidationError, match="want an address such as") as told:
        Settings()
    assert "secret" not in str(told.value)


def test_a_language_model_is_off_unless_it_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANGUAGE_MODEL_URL", "LANGUAGE_MODEL_NAME"):
        monkeypatch.setenv(name, "")
    assert (Settings().language_model_url, Settings().language_model_name) == (None, None)
    monkeypatch.setenv("LANGUAGE_MODEL_URL", "http://127.0.0.1:11434/v1")
    assert Settings().environment()["LANGUAGE_MODEL_URL"] == "http://127.0.0.1:11434/v1"
