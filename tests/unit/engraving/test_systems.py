from concurrent.futures import ThreadPoolExecutor

from licklab.engraving.style import PageStyle
from licklab.engraving.systems import draw_lines
from tests.scores import horn, piano


def test_scores_that_are_drawn_at_once_do_not_mix() -> None:
    scores = (horn(), piano())
    alone = [draw_lines(score, PageStyle()) for score in scores]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda k: draw_lines(scores[k % 2], PageStyle()), range(40)))
    assert together == [alone[k % 2] for k in range(40)]
