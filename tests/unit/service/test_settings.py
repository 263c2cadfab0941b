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
