"""How many annotated licks are among the spans that are proposed.

    python -m benchmarks.licks.candidates

Units of the Weimar Jazz Database (The Jazzomat Research Project, Hochschule für Musik Franz Liszt
Weimar; ODbL 1.0) that are annotated as licks, players that nothing was fitted or chosen on. Beside
the product stands the hierarchy of rests in the same run: pieces between rests of at least .05, .1,
.15, .2, .3 and .45 s, of any length.
"""

import datetime
from collections.abc import Callable, Sequence

import numpy as np
from synthesis.weimar import TEST_PLAYERS

from benchmarks.licks.solos import AnnotatedLine, read_lines
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.licks.candidates import FEWEST_NOTES, MOST_NOTES, propose_spans
from licklab.licks.phrases import find_phrases, split

_RESTS_SEC = (0.05, 0.1, 0.15, 0.2, 0.3, 0.45)
# One in five annotated licks is shorter than the definition, one in ten longer.
_WIDE = (3, 30)
_DRAWS = 2000


def main() -> None:
    """Print the tables."""
    solos = [one for one in read_lines() if one.performer in TEST_PLAYERS]
    print(f"{datetime.datetime.now(tz=datetime.UTC).date()}, {len(solos)} solos of "
          f"{len({one.performer for one in solos})} test players")  # fmt: skip
    rows: dict[str, Callable[[SoloLine], Sequence[NoteSpan]]] = {
        "find_phrases": find_phrases,
        "hierarchy of rests": cut_at_rests,
        f"propose_spans, {FEWEST_NOTES} to {MOST_NOTES}": propose_spans,
        f"propose_spans, {_WIDE[0]} to {_WIDE[1]}": lambda line: propose_spans(line, *_WIDE),
    }
    everything = (1, max(len(one.line) for one in solos))
    for title, lengths in (
        ("all annotated licks", everything),
        (f"those of {FEWEST_NOTES} to {MOST_NOTES} notes", (FEWEST_NOTES, MOST_NOTES)),
    ):
        print(
            f"\n{title:24}{'spans':>8}{'a note':>8}{'IoU >= .5':>24}{'IoU >= .7':>24}{'exact':>8}"
        )
        for name, make in rows.items():
            print(f"{name:24}{_measure(solos, make, lengths)}")


def cut_at_rests(line: SoloLine) -> Sequence[NoteSpan]:
    """Cut a line at rests of several lengths.

    Parameters
    ----------
    line : SoloLine
        Any.

    Returns
    -------
    sequence of NoteSpan
        Each once.
    """
    rest_sec = line.onset_sec[1:] - line.offset_sec[:-1]
    found = {one for wanted in _RESTS_SEC for one in split(len(line), rest_sec >= wanted)}
    return sorted(found)


def _measure(
    solos: Sequence[AnnotatedLine],
    make: Callable[[SoloLine], Sequence[NoteSpan]],
    lengths: tuple[int, int],
) -> str:
    n_spans = 0
    by_player: dict[str, list[float]] = {}
    for solo in solos:
        spans = make(solo.line)
        n_spans += len(spans)
        wanted = [
            one.span for one in solo.units
            if one.kind == "lick" and lengths[0] <= len(one.span) <= lengths[1]
        ]  # fmt: skip
        by_player.setdefault(solo.performer, []).extend(nearest(spans, wanted))
    overlaps = [np.array(one) for one in by_player.values()]
    pooled = np.concatenate(overlaps)
    cells = [_with_interval(overlaps, least) for least in (0.5, 0.7)]
    a_note = n_spans / sum(len(one.line) for one in solos)
    return f"{n_spans:8}{a_note:8.3f}{cells[0]:>24}{cells[1]:>24}{(pooled == 1).mean():8.3f}"


def nearest(spans: Sequence[NoteSpan], wanted: Sequence[NoteSpan]) -> list[float]:
    """Tell how near spans come to those that are wanted.

    Parameters
    ----------
    spans, wanted : sequence of NoteSpan
        Of one line; at least one span.

    Returns
    -------
    list of float, 0 to 1
        The largest overlap with each that is wanted: notes in both, of notes in either.
    """
    start = np.array([one.start for one in spans])
    stop = np.array([one.stop for one in spans])
    found = []
    for one in wanted:
        common = np.maximum(np.minimum(stop, one.stop) - np.maximum(start, one.start), 0)
        found.append(float(np.max(common / (stop - start + len(one) - common))))
    return found


def _with_interval(overlaps: Sequence[np.ndarray], least: float) -> str:
    """Draw players anew: solos of one player are alike."""
    each = np.array([((one >= least).sum(), len(one)) for one in overlaps])
    rng = np.random.default_rng(0)
    drawn = each[rng.integers(0, len(each), (_DRAWS, len(each)))].sum(axis=1)
    low, high = np.quantile(drawn[:, 0] / drawn[:, 1], (0.025, 0.975))
    share = each[:, 0].sum() / each[:, 1].sum()
    return f"{share:.3f} [{low:.3f}, {high:.3f}]"


if __name__ == "__main__":
    main()
