"""`licklab corpus`: the solos that are searched: import, list, statistics, removal, patterns."""

import dataclasses
import json
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from licklab.cli.exits import EXIT_HELP, Exit, exit_code
from licklab.cli.serve import read_settings
from licklab.errors import CorpusError, InputError, LickLabError, UnknownSoloError

if TYPE_CHECKING:
    from licklab.corpus.corpus_statistics import CorpusStatistics, Share
    from licklab.corpus.import_report import ImportReport
    from licklab.corpus.patterns import PatternReport
    from licklab.corpus.solo import SoloInfo
    from licklab.service.corpus_access import CorpusAccess

app = typer.Typer(
    help="The solos that are searched: under DATA_DIR, without any server.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_Json = Annotated[bool, typer.Option("--json", help="As JSON.")]
_Player = Annotated[str | None, typer.Option(help="Only solos of this player.")]
_Style = Annotated[str | None, typer.Option(help="Only in this style.")]
_Source = Annotated[str | None, typer.Option(help="Only from this source.")]
_FAILURES_SHOWN = 20
_SHARES_SHOWN = 15


@app.command("import", epilog=EXIT_HELP)
def import_solos(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...",
            help="The Weimar Jazz Database (wjazzd.db), scores (MusicXML, MIDI, ABC, JAMS), or "
            "folders of them: a folder in a folder is a player.",
        ),
    ],
    player: Annotated[str | None, typer.Option(help="Who plays all of them.")] = None,
    style: Annotated[str | None, typer.Option(help="Style of all of them.")] = None,
    licence: Annotated[str | None, typer.Option(help="Licence of all of them.")] = None,
    *,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only errors.")] = False,
) -> None:
    """Put solos into the corpus; importing the same again changes nothing.

    At the end searches are made ready: the index is brought up to date, and code is compiled.
    """
    from rich.console import Console

    from licklab.cli.progress import show_progress
    from licklab.corpus.importing import import_path

    access = _access()
    console = Console(stderr=True, quiet=quiet)
    worst: LickLabError | None = None
    has_failures = False
    with access.reading() as corpus:
        for path in paths:
            try:
                with show_progress(console, path.name) as show:
                    report = import_path(
                        corpus, path, performer=player, style=style, licence=licence,
                        progress=lambda done, n_all: show(done / max(n_all, 1), f"{done} solos"),
                    )  # fmt: skip
            except InputError as error:
                # One bad file among many does not cost the others.
                typer.echo(f"licklab: {path}: {error}", err=True)
                worst = error
                continue
            has_failures |= bool(report.failures)
            _tell_import(path, report, quiet=quiet)
    _prepare_search(access, quiet=quiet)
    if worst is not None or has_failures:
        raise typer.Exit(Exit.INPUT if worst is None else exit_code(worst))


@app.command("list", epilog=EXIT_HELP)
def list_solos(
    player: _Player = None,
    instrument: Annotated[str | None, typer.Option(help="Only on this instrument.")] = None,
    style: _Style = None,
    source: _Source = None,
    from_year: Annotated[int | None, typer.Option(help="Only from this year on.")] = None,
    to_year: Annotated[int | None, typer.Option(help="Only up to this year.")] = None,
    *,
    as_json: _Json = False,
) -> None:
    """List the solos of the corpus."""
    from licklab.cli.search import solo_text
    from licklab.corpus.solo import SoloFilter
    from licklab.corpus.wanted_solos import wanted_infos

    access = _access()
    filters = SoloFilter(player, instrument, style, from_year, to_year, source)
    infos = []
    if access.exists():
        with access.reading() as corpus:
            infos = wanted_infos(corpus, filters)
    if as_json:
        _echo_json([dataclasses.asdict(one) for one in infos])
        return
    for one in infos:
        typer.echo(f"{one.id}  {solo_text(one)}")
    typer.echo(_solos(len(infos)), err=True)


@app.command(epilog=EXIT_HELP)
def stats(*, as_json: _Json = False) -> None:
    """Tell how much is in the corpus, of whom, where from and under which licence."""
    from licklab.corpus.corpus_statistics import CorpusStatistics

    access = _access()
    told = CorpusStatistics(0, 0)
    if access.exists():
        with access.reading() as corpus:
            told = corpus.statistics()
    if as_json:
        _echo_json(dataclasses.asdict(told))
        return
    for row in _stats_rows(told):
        typer.echo(row)


@app.command(epilog=EXIT_HELP)
def remove(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Of solos, as list shows them.")
    ] = None,
    player: _Player = None,
    source: _Source = None,
) -> None:
    """Take solos out of the corpus: those that meet all that is said."""
    if not ids and player is None and source is None:
        raise typer.BadParameter("want ids, --player or --source, got none of them")
    access = _access()
    n_gone = 0
    with access.reading() if access.exists() else nullcontext() as corpus:
        _require_there([] if corpus is None else corpus.list_infos(), ids or [], player, source)
        if corpus is not None:
            n_gone = corpus.remove(ids=ids or None, performer=player, source=source)
    typer.echo(f"{_solos(n_gone)} removed", err=True)


@app.command(epilog=EXIT_HELP)
def patterns(
    player: Annotated[str | None, typer.Option(help="Whose patterns.")] = None,
    style: Annotated[str | None, typer.Option(help="Patterns of a style.")] = None,
    lengths: Annotated[
        str, typer.Option("--intervals", help="Shortest and longest, in intervals.")
    ] = "6-11",
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Patterns at most.")] = 20,
    *,
    as_json: _Json = False,
) -> None:
    """Tell what is typical of a player or a style: played there, and not by the others."""
    from licklab.cli.times import read_bars
    from licklab.corpus.patterns import typical_patterns

    if player is None and style is None:
        raise typer.BadParameter("want --player or --style, got neither")
    try:
        n_intervals = read_bars(lengths)
    except ValueError as error:
        raise typer.BadParameter(f"want lengths such as 6-11, got {lengths!r}") from error
    access = _access()
    if not access.exists():
        raise InputError("want solos in the corpus, got none: licklab corpus import PATH")
    with access.reading() as corpus:
        report = typical_patterns(
            corpus, performer=player, style=style, n_intervals=n_intervals, limit=limit
        )
        if as_json:
            _echo_json(dataclasses.asdict(report))
            return
        for row in _pattern_rows(report):
            typer.echo(row)


def _access() -> "CorpusAccess":
    from licklab.service.corpus_access import CorpusAccess

    folder = read_settings().data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CorpusError(
            f"want a data folder (DATA_DIR), got {folder}: {error.strerror}"
        ) from error
    return CorpusAccess(folder)


def _prepare_search(access: "CorpusAccess", *, quiet: bool) -> None:
    """Do now what would keep the first search waiting."""
    from licklab.corpus.warming import warm_up

    if not quiet:
        typer.echo("Getting searches ready: index and compiled code", err=True)
    with access.searching() as opened:  # brings the index up to date
        if opened.index.segments:
            warm_up()
        if not quiet:
            n_solos = opened.corpus.statistics().n_solos
            typer.echo(f"{_solos(n_solos)} in {access.folder}", err=True)


def _require_there(
    infos: "Sequence[SoloInfo]", ids: Sequence[str], player: str | None, source: str | None
) -> None:
    """Refuse what names nothing: a slip of the pen would read like a removal that was done."""
    from licklab.corpus.names import choose_name

    known = {one.id for one in infos}
    strange = [one for one in ids if one not in known]
    if strange:
        raise UnknownSoloError(
            "want ids of solos as `licklab corpus list` shows them, got "
            f"{', '.join(strange)[:200]}; nothing was removed"
        )
    if player is not None:
        choose_name(player, {one.performer for one in infos}, "a player")
    if source is not None:
        choose_name(source, {one.source for one in infos}, "a source")


def _solos(number: int) -> str:
    return f"{number} solo" if number == 1 else f"{number} solos"


def _echo_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))


def _tell_import(path: Path, report: "ImportReport", *, quiet: bool) -> None:
    for one in report.failures[:_FAILURES_SHOWN]:
        typer.echo(f"licklab: {one.name}: {one.reason}", err=True)
    if len(report.failures) > _FAILURES_SHOWN:
        typer.echo(f"licklab: and {len(report.failures) - _FAILURES_SHOWN} more", err=True)
    if not quiet:
        typer.echo(
            f"{path.name}: {_solos(report.added)} added, {report.replaced} replaced, "
            f"{report.skipped} were there, {len(report.failures)} could not be read",
            err=True,
        )


def _stats_rows(told: "CorpusStatistics") -> Iterator[str]:
    years = "" if told.first_year is None else f", {told.first_year} to {told.last_year}"
    yield f"{_solos(told.n_solos)}, {told.n_notes} notes{years}"
    for title, shares in (
        ("Players", told.performers), ("Instruments", told.instruments), ("Styles", told.styles),
    ):  # fmt: skip
        yield from _share_rows(title, shares)
    if told.sources:
        yield ""
        yield "Sources                                            solos    notes  licence"
    for one in told.sources:
        name = one.source or "(not named)"
        yield f"  {name:48} {one.n_solos:5} {one.n_notes:8}  {one.licence or '(not named)'}"


def _share_rows(title: str, shares: "tuple[Share, ...]") -> Iterator[str]:
    if not shares:
        return
    yield ""
    yield f"{title:50} solos    notes"
    for one in shares[:_SHARES_SHOWN]:
        yield f"  {one.name or '(not named)':48} {one.n_solos:5} {one.n_notes:8}"
    if len(shares) > _SHARES_SHOWN:
        yield f"  and {len(shares) - _SHARES_SHOWN} more"


def _pattern_rows(report: "PatternReport") -> Iterator[str]:
    from licklab.cli.line_text import WIDTH
    from licklab.cli.search import solo_text
    from licklab.cli.times import write_time

    who = " in ".join(one for one in (report.performer, report.style) if one)
    yield (
        f"{who}: {report.n_solos} solos, {report.n_tunes} tunes, {report.n_notes} notes, against "
        f"{report.n_tunes_outside} tunes of the others; concert pitch"
    )
    if not report.patterns:
        yield "Nothing is played there that others do not play as well."
    for number, one in enumerate(report.patterns, 1):
        yield ""
        steps = " ".join(f"{step:+d}" if step else "0" for step in one.intervals)
        yield f"{number:3}  {steps}   z {one.z:.1f}"
        yield from textwrap.wrap(
            one.text, WIDTH - 5, initial_indent="     ", subsequent_indent="     "
        )
        for place in one.places:
            bar = f"bar {place.bar}, " if place.beat else ""
            chords = f" over {' '.join(place.chords)}" if place.chords else ""
            yield f"     {solo_text(place.info)}, {bar}{write_time(place.onset_sec)}"
            yield f"       {' '.join(place.note_names)}{chords}"
