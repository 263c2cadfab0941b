"""`licklab coach`: a lick explained to somebody who is to play it."""

import json
import logging
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from licklab.cli.licks import SOLO_HELP, bars_text, time_text
from licklab.cli.progress import tell_if_slow
from licklab.cli.search import PREPARING
from licklab.cli.serve import read_settings
from licklab.domain.coaching import SUBJECT_TITLES, CoachLevel, CoachMatch, CoachSubject, CoachText
from licklab.domain.solo_line import NoteSpan
from licklab.errors import CorpusError, LickError, QueryError

if TYPE_CHECKING:
    from licklab.studying.study import Study

_MOST_FOUND = 20
log = logging.getLogger(__name__)


def coach(
    path: Annotated[Path, typer.Argument(metavar="FILE", help=SOLO_HELP)],
    lick: Annotated[
        int, typer.Option(min=1, help="Number of the lick, as `licklab licks` counts them.")
    ] = 1,
    level: Annotated[CoachLevel, typer.Option(help="Of the player.")] = CoachLevel.INTERMEDIATE,
    on: Annotated[
        str | None,
        typer.Option(metavar="INSTRUMENT", help="To practise it on; that of the solo if left out."),
    ] = None,
    instrument: Annotated[
        str | None,
        typer.Option("--instrument", "-i", help="Who plays; in a recording, whom to hear."),
    ] = None,
    part: Annotated[
        str | None, typer.Option("--part", "-p", help="Name or number of the part of a score.")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="All there is, as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> None:
    """Explain a lick: what happens, why it works, what to practise, what to listen for.

    Every sentence is about notes that it names; the corpus (`licklab corpus`) tells who else plays
    the lick. A language model is not asked here.
    """
    # Imported here: it takes a while, and wrong usage is told before.
    from licklab.cli.studies import study_file
    from licklab.domain.instrument import find_instrument
    from licklab.formats.coach_json import write_coach
    from licklab.practice.coach.coach import coach as explain

    practised_on = None if on is None else find_instrument(on).id
    solo, study = study_file(path, instrument=instrument, part=part, quiet=quiet)
    if lick > len(study.licks):
        raise LickError(f"want a lick from 1 to {len(study.licks)}, got {lick}")
    chosen = study.licks[lick - 1]
    text = explain(
        study.line,
        study.analysis,
        chosen.span,
        instrument=practised_on or solo.transcription.instrument,
        level=level,
        again=chosen.occurrences[1:],
        matches=_find_elsewhere(study, chosen.span, quiet=quiet),
    )
    if as_json:
        document = write_coach(study.line, chosen.span, text)
        typer.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    for row in _rows(path.name, study, chosen.span, text):
        typer.echo(row)


def _find_elsewhere(study: "Study", span: NoteSpan, *, quiet: bool) -> tuple[CoachMatch, ...]:
    """Look the lick up in the corpus, where there is one that can be used."""
    from licklab.corpus.query import Query
    from licklab.corpus.search import search
    from licklab.service.coaching import choose_matches
    from licklab.service.corpus_access import CorpusAccess

    access = CorpusAccess(read_settings().data_dir)
    if not access.exists():
        return ()
    try:
        query = Query.of_span(study.line, span)
        with tell_if_slow(PREPARING, quiet=quiet), access.searching() as opened:
            found = search(opened.corpus, opened.index, query, limit=_MOST_FOUND)
    except QueryError:
        return ()  # too short to be looked for
    except CorpusError as error:
        log.warning("the coach without other players: %s", error)
        return ()
    return choose_matches(found)


def _rows(name: str, study: "Study", span: NoteSpan, text: CoachText) -> Iterator[str]:
    from licklab.cli.line_text import WIDTH, draw_line_text

    line = study.line
    yield (
        f"{name}: bars {bars_text(line, span)}, {time_text(line, span)}, {len(span)} notes; "
        "concert pitch"
    )
    yield ""
    yield from draw_line_text(line, span, study.analysis)
    for subject in CoachSubject:
        sentences = text.about(subject)
        if not sentences:
            continue
        yield ""
        yield SUBJECT_TITLES[subject]
        for one in sentences:
            yield from textwrap.wrap(
                one.shown, WIDTH, initial_indent="- ", subsequent_indent="  ",
                break_on_hyphens=False,
            )  # fmt: skip
