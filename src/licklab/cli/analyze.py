"""`licklab analyze`: what the notes of a solo do over its changes, in words."""

import json
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from licklab.cli.licks import SOLO_HELP, bars_text, time_text
from licklab.cli.times import read_bars, read_stretch
from licklab.domain.chord_writing import write_symbol
from licklab.domain.solo_line import NoteSpan
from licklab.errors import LickError

if TYPE_CHECKING:
    from licklab.studying.study import Study

_NOTES_SHOWN = 64  # two screens; of more the table is asked for
_CHORDS_SHOWN = 32  # a chorus


def analyze(
    path: Annotated[Path, typer.Argument(metavar="FILE", help=SOLO_HELP)],
    lick: Annotated[
        int | None, typer.Option(min=1, help="Number of a lick, as `licklab licks` counts them.")
    ] = None,
    bars: Annotated[str | None, typer.Option(help="Bars: 12, or 12-15.")] = None,
    start: Annotated[
        str | None, typer.Option("--from", metavar="TIME", help="From here on: seconds or m:ss.")
    ] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="TIME", help="Up to here.")] = None,
    instrument: Annotated[
        str | None,
        typer.Option("--instrument", "-i", help="Who plays; in a recording, whom to hear."),
    ] = None,
    part: Annotated[
        str | None, typer.Option("--part", "-p", help="Name or number of the part of a score.")
    ] = None,
    *,
    notes: Annotated[
        bool, typer.Option("--notes", help=f"Each note, also of more than {_NOTES_SHOWN}.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="All there is, as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> None:
    """Say what the notes of a solo, or of a stretch of it, do over the changes.

    Every sentence names its bars. Without --lick, --bars, --from or --to it is about all of it.
    """
    # Imported here: it takes a while, and wrong usage is told before.
    from licklab.cli.studies import study_file
    from licklab.formats.line_analysis_json import write_line_analysis

    try:
        stretch = read_stretch(start, end)
        chosen_bars = None if bars is None else read_bars(bars)
    except ValueError as error:
        raise typer.BadParameter(f"{error} (--from, --to, --bars)") from error
    if sum(one is not None for one in (lick, stretch, chosen_bars)) > 1:
        raise typer.BadParameter("want one of --lick, --bars, or --from and --to, got several")
    _, study = study_file(path, instrument=instrument, part=part, quiet=quiet)
    span = _choose(study, lick, chosen_bars, stretch)
    statements = study.describe(span)
    if as_json:
        document = write_line_analysis(study.line, study.analysis, span, statements)
        typer.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    for row in _rows(path.name, study, span, with_notes=notes or len(span) <= _NOTES_SHOWN):
        typer.echo(row)


def _choose(
    study: "Study",
    lick: int | None,
    bars: tuple[int, int] | None,
    stretch: tuple[float, float] | None,
) -> NoteSpan:
    if lick is not None:
        if lick > len(study.licks):
            raise LickError(f"want a lick from 1 to {len(study.licks)}, got {lick}")
        return study.licks[lick - 1].span
    if bars is not None:
        return study.choose_bars(*bars)
    if stretch is not None:
        return study.choose_time(*stretch)
    if not len(study.line):
        raise LickError("want a solo with notes, got one without")
    return NoteSpan(0, len(study.line))


def _rows(name: str, study: "Study", span: NoteSpan, *, with_notes: bool) -> Iterator[str]:
    from licklab.cli.line_text import WIDTH, draw_line_text
    from licklab.theory.words import MOST_STATEMENTS

    line = study.line
    yield (
        f"{name}: bars {bars_text(line, span)}, {time_text(line, span)}, {len(span)} notes; "
        "concert pitch"
    )
    yield ""
    if with_notes:
        yield from draw_line_text(line, span, study.analysis)
        yield ""
    yield from _harmony(study, span)
    statements = study.describe(span)
    for one in statements:
        where = ""
        if one.bars and "bar" not in one.text:
            where = f" (bar {', '.join(map(str, one.bars))})"
        yield from textwrap.wrap(
            one.text + where, WIDTH, initial_indent="- ", subsequent_indent="  "
        )
    coverage = study.analysis.guide_tone_coverage
    if len(span) == len(line) and coverage is not None:
        yield f"- Thirds or sevenths sound on a beat of {coverage:.0%} of the chords."
    if len(statements) == MOST_STATEMENTS:
        yield f"The {MOST_STATEMENTS} most important; all that was found: --json, or fewer --bars."
    if with_notes:
        yield ""
        yield from _notes(study, span)


def _harmony(study: "Study", span: NoteSpan) -> Iterator[str]:
    """Tell the chords under a stretch with what they do, and the progressions in it."""
    line, harmony = study.line, study.analysis.harmony
    first, last = max(int(line.chord[span.start]), 0), int(line.chord[span.stop - 1])
    if last < first:
        return
    functions = {one.chord: one.roman for one in harmony.functions}
    symbols = {i: write_symbol(line.chords[i].symbol) for i in range(first, last + 1)}
    told = [f"{text} ({functions[i]})" if i in functions else text for i, text in symbols.items()]
    if len(told) <= _CHORDS_SHOWN:
        yield from _wrapped("Changes: ", "  ".join(told))
    places: dict[str, list[str]] = {}
    for form in harmony.forms:
        if form.first_bar <= line.bar[span.stop - 1] and form.last_bar >= line.bar[span.start]:
            name = f"{form.kind.capitalize()} in {form.key.tonic}"
            places.setdefault(name, []).append(_bars(form.first_bar, form.last_bar))
    for one in harmony.cadences:
        if one.first_chord <= last and one.last_chord >= first:
            name = f"{one.kind.value} in {str(one.key).replace(':', ' ')}"
            places.setdefault(name, []).append(_bars(one.first_bar, one.last_bar))
    for name, where in places.items():
        yield from _wrapped(f"{name}: ", f"bars {', '.join(where)}" if line.has_beats else "")
    yield ""


def _bars(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def _wrapped(head: str, text: str) -> list[str]:
    from licklab.cli.line_text import WIDTH

    return textwrap.wrap(
        head + text, WIDTH, subsequent_indent="  ", break_on_hyphens=False, break_long_words=False
    )


def _notes(study: "Study", span: NoteSpan) -> Iterator[str]:
    from licklab.cli.line_text import name_notes

    line = study.line
    yield "  bar  beat   note  chord         degree  role         leads on as"
    names = name_notes(line, span, study.analysis)
    for i, name in zip(range(span.start, span.stop), names, strict=True):
        one, symbol = study.analysis.notes[i], line.symbol_at(i)
        place = f"{'-':>5}  {'-':5}"
        if line.has_beats:
            beat = int(line.beat[i]) + (int(line.tatum[i]) - 1) / int(line.division[i])
            place = f"{int(line.bar[i]):5}  {beat:<5.4g}"
        chord = "-" if symbol is None else write_symbol(symbol)
        leads = "" if one.approach is None else str(one.approach)
        if one.target is not None:
            target = NoteSpan(one.target, one.target + 1)
            leads += f" to {name_notes(line, target, study.analysis)[0]}"
        yield (
            f"{place}  {name:4}  {chord:12}  {one.degree or '-':6}  {one.role:11}  {leads}".rstrip()
        )
