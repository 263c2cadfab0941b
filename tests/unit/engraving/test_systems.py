import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import verovio

from licklab.engraving.style import PageStyle
from licklab.engraving.systems import _HELD, _new_toolkit, draw_lines
from tests.scores import ALL, horn, piano


def test_scores_that_are_drawn_at_once_do_not_mix() -> None:
    scores = (horn(), piano())
    alone = [draw_lines(score, PageStyle()) for score in scores]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda k: draw_lines(scores[k % 2], PageStyle()), range(40)))
    assert together == [alone[k % 2] for k in range(40)]


@pytest.fixture
def loud() -> Iterator[None]:
    _HELD.clear()  # what is held is not read again
    verovio.enableLog(verovio.LOG_WARNING)
    yield
    verovio.enableLog(verovio.LOG_ERROR)


@pytest.mark.usefixtures("loud")
@pytest.mark.parametrize("name", ALL)
def test_verovio_has_nothing_to_warn_of(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    draw_lines(ALL[name](), PageStyle())
    assert capfd.readouterr().err == ""


@pytest.mark.usefixtures("loud")
def test_a_warning_of_verovio_would_be_seen(capfd: pytest.CaptureFixture[str]) -> None:
    _new_toolkit().setOptions({"no such option": 1})
    assert "no such option" in capfd.readouterr().err


def test_bar_numbers_can_be_left_out() -> None:
    score = replace(
        horn(), bars=tuple(replace(bar, begins_line=True, section="A") for bar in horn().bars)
    )
    with_numbers = b"".join(draw_lines(score, PageStyle()))
    without = b"".join(draw_lines(score, PageStyle(numbers_bars=False)))
    assert with_numbers.count(b'class="number"') == sum(bar.number > 1 for bar in score.bars)
    assert b'class="number"' not in without
    assert b'class="mNum' not in without


def test_lines_that_begin_without_a_mark_have_numbers_too() -> None:
    score = replace(horn(), bars=tuple(replace(bar, begins_line=True) for bar in horn().bars))
    for bar, content in zip(score.bars[2:], draw_lines(score, PageStyle())[2:], strict=True):
        numbers = re.findall(rb'class="mNum(?:.|\n)*?<tspan[^>]*>(\d+)', content)
        assert [int(one) for one in numbers] == [bar.number]


def test_any_thread_draws_the_first_score_of_a_process() -> None:
    program = (
        "import threading\n"
        "from licklab.engraving.systems import draw_lines\n"
        "from licklab.engraving.style import PageStyle\n"
        "from tests.scores import waltz\n"
        "drawn = []\n"
        "thread = threading.Thread(target=lambda: drawn.extend(draw_lines(waltz(), PageStyle())))\n"
        "thread.start(); thread.join()\n"
        "assert drawn\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
