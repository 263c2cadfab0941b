"""Which drawn head is which: heads are named after the note that was heard."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from licklab.domain.score import Score, ScoreBar, ScoreEvent, ScoreHead


@dataclass(frozen=True, slots=True)
class NamedHead:
    """A head and its name.

    Attributes
    ----------
    id : str
        In a drawing: that of the note; of the second and third of its heads with ``-2``, ``-3``.
    head : ScoreHead
        The head.
    event : ScoreEvent
        To which it belongs.
    bar : ScoreBar
        In which it stands.
    """

    id: str
    head: ScoreHead
    event: ScoreEvent
    bar: ScoreBar


def name_heads(score: Score) -> Iterator[NamedHead]:
    """Name the heads of a score.

    Parameters
    ----------
    score : Score
        That is drawn.

    Yields
    ------
    NamedHead
        In the order in which they are written, bar by bar and voice by voice.
    """
    count: Counter[str] = Counter()
    for bar in score.bars:
        for voice in bar.voices:
            for event in voice.events:
                for head in event.heads:
                    count[head.note_id] += 1
                    n = count[head.note_id]
                    name = head.note_id if n == 1 else f"{head.note_id}-{n}"
                    yield NamedHead(name, head, event, bar)
