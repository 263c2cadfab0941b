import time

import pytest

from licklab.cli.progress import tell_if_slow


def test_what_is_slow_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    told = ""
    with tell_if_slow("sorting", after_sec=0.01):
        for _ in range(1000):
            time.sleep(0.01)
            told += capsys.readouterr().err
            if told:
                break
    assert told == "licklab: sorting\n"


@pytest.mark.parametrize(("after_sec", "quiet"), [(60.0, False), (0.0, True)])
def test_what_is_quick_is_not(
    capsys: pytest.CaptureFixture[str], after_sec: float, *, quiet: bool
) -> None:
    with tell_if_slow("sorting", after_sec=after_sec, quiet=quiet):
        time.sleep(0.05)
    assert capsys.readouterr().err == ""
