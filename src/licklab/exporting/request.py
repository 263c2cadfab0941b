"""What somebody wants to take away, read from text, and written."""

from dataclasses import dataclass, field, replace
from pathlib import PurePath

from licklab.domain.instrument import INSTRUMENTS
from licklab.domain.key import Key
from licklab.domain.tab import Tuning, find_tuning, usual_tuning
from licklab.domain.transcription import Transcription
from licklab.engraving.style import Hand, PageStyle, Paper
from licklab.errors import PartError
from licklab.exporting.kinds import ExportKind
from licklab.notation.arrange import ScoreOptions, arrange
from licklab.notation.parts import CONCERT

NO_TAB = "none"
"""Wish for no tablature."""


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What somebody wants.

    Attributes
    ----------
    score : ScoreOptions
        Of the part.
    tab : str or None
        Name or strings of a tuning, ``none``, or None for what the instrument usually has.
    style : PageStyle
        Of the page.
    """

    score: ScoreOptions = field(default_factory=ScoreOptions)
    tab: str | None = None
    style: PageStyle = field(default_factory=PageStyle)


def read_request(
    *,
    part: str | None = None,
    key: str | None = None,
    semitones: int | None = None,
    octave: int | None = None,
    from_bar: int | None = None,
    to_bar: int | None = None,
    title: str | None = None,
    composer: str | None = None,
    tab: str | None = None,
    hand: str | None = None,
    paper: str | None = None,
    doubtful: bool = True,
) -> ExportRequest:
    """Read a request from text, as the command line and the API have it.

    Parameters
    ----------
    part : str, optional
        An instrument or ``concert``.
    key : str, optional
        Concert key to move the solo to.
    semitones : int, optional
        To move it by instead, -12 to 12.
    octave : int, optional
        Octaves to move by, -4 to 4.
    from_bar, to_bar : int, optional
        First and last bar.
    title, composer : str, optional
        For the head of the page.
    tab : str, optional
        A tuning, or ``none``.
    hand, paper : str, optional
        Of `Hand` and `Paper`.
    doubtful : bool
        Whether doubtful notes are marked.

    Returns
    -------
    ExportRequest
        That they ask for.

    Raises
    ------
    InputError
        If one of them cannot be.
    """
    if octave is not None and abs(octave) > 4:
        raise PartError(f"want octaves from -4 to 4, got {octave}")
    if semitones is not None and abs(semitones) > 12:
        raise PartError(f"want semitones from -12 to 12, got {semitones}")
    options = ScoreOptions(
        part=part,
        key=None if key is None else Key.parse(key),
        semitones=semitones,
        octave=octave,
        first_bar=from_bar,
        last_bar=to_bar,
        title=title or "",
        composer=composer or "",
        marks_doubt=doubtful,
    )
    return ExportRequest(options, tab, PageStyle(_hand(hand), _paper(paper)))


def _hand(name: str | None) -> Hand:
    try:
        return Hand.JAZZ if name is None else Hand(name.strip().lower())
    except ValueError:
        raise PartError(f"want a hand, one of {', '.join(Hand)}; got {name!r}") from None


def _paper(name: str | None) -> Paper:
    if name is not None and name.strip().lower() == "letter":
        return Paper.LETTER
    try:
        return Paper.A4 if name is None else Paper(name.strip().lower())
    except ValueError:
        raise PartError(f"want a paper, a4 or letter; got {name!r}") from None


def export(
    transcription: Transcription, kind: ExportKind, request: ExportRequest | None = None
) -> bytes:
    """Write a transcription as a file.

    Parameters
    ----------
    transcription : Transcription
        As heard or mended.
    kind : ExportKind
        Which file.
    request : ExportRequest, optional
        Which part of it and how it looks; does not count for kinds without a page.

    Returns
    -------
    bytes
        Its content.

    Raises
    ------
    InputError
        If it cannot be written so.
    """
    if kind.write_heard is not None:
        return kind.write_heard(transcription)
    wanted = request or ExportRequest()
    options = wanted.score
    title = options.title or PurePath(transcription.source.filename).stem
    if kind.write_changes is not None:
        return kind.write_changes(transcription, title=title, composer=options.composer)
    assert kind.write_score is not None
    filled = replace(options, title=title, tuning=choose_tuning(wanted, transcription))
    return kind.write_score(arrange(transcription, filled), wanted.style)


def choose_tuning(request: ExportRequest, transcription: Transcription) -> Tuning | None:
    """Choose the tablature of a part.

    Parameters
    ----------
    request : ExportRequest
        What somebody wants.
    transcription : Transcription
        Of whose instrument the part is, where the request names none.

    Returns
    -------
    Tuning or None
        None for a part without tablature.

    Raises
    ------
    InputError
        If there is no such tuning.
    """
    if request.tab is not None:
        return None if request.tab.strip().lower() == NO_TAB else find_tuning(request.tab)
    name = (request.score.part or transcription.instrument).strip().lower()
    if name == CONCERT or name not in INSTRUMENTS:
        return None
    return usual_tuning(name)
