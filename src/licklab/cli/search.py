"""`licklab search`: who else played this."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from licklab.cli.progress import tell_if_slow
from licklab.cli.serve import read_settings
from licklab.cli.times import read_bars, read_stretch, write_time
from licklab.errors import InputError

if TYPE_CHECKING:
    from licklab.corpus.match import Match
    from licklab.corpus.query import Query
    from licklab.corpus.solo import SoloInfo
    from licklab.domain.solo_line import SoloLine

PREPARING = "getting the search ready (its index, and compiled code); only the first one takes long"
"""Said when a search is slow."""

# Numbers that begin with a minus are intervals, not options.
CONTEXT = {"ignore_unknown_options": True}
"""Of the command."""

_TIME_DIGITS = 4
_MARKS = {"substituted": "≠", "octave": "8va", "inserted": "+"}


def search(
    query: Annotated[
        list[str],
        typer.Argument(
            metavar="QUERY",
            help="Notes in concert pitch ('C4 D4 Eb4 F4'), MIDI numbers ('60 62 63 65'), intervals "
            "('+2 +1 -3'), degrees ('1 2 b3 5 over Cm7': only where that chord is), ABC "
            "('abc: D2 EF G2'), or a file: a score, a transcription.json, a recording. Lengths in "
            "beats follow a colon, r is a rest: 'C4:1/2 D4:1/2 r:1 Eb4:2 G4'.",
        ),
    ],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Results at most.")] = 10,
    player: Annotated[str | None, typer.Option(help="Only solos of this player.")] = None,
    instrument: Annotated[str | None, typer.Option(help="Only on this instrument.")] = None,
    style: Annotated[str | None, typer.Option(help="Only in this style.")] = None,
    source: Annotated[str | None, typer.Option(help="Only from this source.")] = None,
    from_year: Annotated[int | None, typer.Option(help="Only from this year on.")] = None,
    to_year: Annotated[int | None, typer.Option(help="Only up to this year.")] = None,
    chords: Annotated[
        str | None,
        typer.Option(
            help="Only over these chords, moved with the pattern: 'Dm7 G7'. Degrees name their own."
        ),
    ] = None,
    bars: Annotated[
        str | None, typer.Option(help="Of a file only these bars: 12, or 12-15.")
    ] = None,
    start: Annotated[
        str | None, typer.Option("--from", metavar="TIME", help="Of a file only from here on.")
    ] = None,
    end: Annotated[
        str | None, typer.Option("--to", metavar="TIME", help="Of a file only up to here.")
    ] = None,
    part: Annotated[
        str | None, typer.Option("--part", help="Name or number of the part of a score.")
    ] = None,
    heard_as: Annotated[
        str | None, typer.Option("--as", metavar="INSTRUMENT", help="Whom to hear in a recording.")
    ] = None,
    *,
    within_phrase: Annotated[
        bool, typer.Option("--within-phrase", help="Not across the end of a phrase.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Results as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
) -> None:
    """Find where the solos of the corpus have a pattern, in any key and tempo.

    Wrong and other notes cost: 0 is the same in pitch and rhythm. Fill the corpus with
    `licklab corpus import`.
    """
    # Imported here: it takes a while, and wrong usage is told before.
    from licklab.corpus.match import SearchFilter
    from licklab.corpus.search import search as find
    from licklab.corpus.solo import SoloFilter
    from licklab.service.corpus_access import CorpusAccess

    pattern = _read_query(query, bars, start, end, part, heard_as, quiet=quiet)
    solo = SoloFilter(player, instrument, style, from_year, to_year, source)
    filters = SearchFilter(solo, chords, within_phrase)
    access = CorpusAccess(read_settings().data_dir)
    found: Sequence[Match] = ()
    lines: list[SoloLine] = []
    if access.exists():
        with tell_if_slow(PREPARING, quiet=quiet), access.searching() as opened:
            found = find(opened.corpus, opened.index, pattern, filters=filters, limit=limit)
            lines = [opened.corpus.load_number(one.number).line for one in found]
    else:
        typer.echo("licklab: no corpus to search in yet: licklab corpus import PATH", err=True)
    if as_json:
        results = [_match_json(one, line) for one, line in zip(found, lines, strict=True)]
        typer.echo(json.dumps({"results": results}, ensure_ascii=False, indent=1))
        return
    for row in _rows(pattern, found, lines):
        typer.echo(row)


def _read_query(
    words: list[str],
    bars: str | None,
    start: str | None,
    end: str | None,
    part: str | None,
    heard_as: str | None,
    *,
    quiet: bool,
) -> "Query":
    from licklab.corpus.query_text import read_query, take_stretch

    try:
        times_sec = read_stretch(start, end)
        chosen_bars = None if bars is None else read_bars(bars)
    except ValueError as error:
        raise typer.BadParameter(f"{error} (--from, --to, --bars)") from error
    if times_sec is not None and chosen_bars is not None:
        raise typer.BadParameter("want --bars, or --from and --to, got both")
    text = " ".join(words)
    path = _as_file(text)
    if path is None:
        stray = {"--bars": bars, "--from": start, "--to": end, "--part": part, "--as": heard_as}
        given = [name for name, value in stray.items() if value is not None]
        if given:
            raise typer.BadParameter(f"want a file with {', '.join(given)}, got {text[:80]!r}")
        return read_query(text)
    from licklab.cli.solo_file import read_solo_file
    from licklab.notation.solo_lines import draw_line

    solo = read_solo_file(path, instrument=heard_as, part=part, quiet=quiet)
    return take_stretch(draw_line(solo.transcription), times_sec=times_sec, bars=chosen_bars)


def _as_file(text: str) -> Path | None:
    """Give the file of this name; None for a text that names none."""
    path = Path(text)
    try:
        if path.is_file():
            return path
    except (OSError, ValueError):  # longer than any name, or with signs that none has
        return None
    if path.suffix.lstrip(".").isalpha() and ":" not in text:
        raise InputError(f"want a file that can be read, got nothing at {text[:200]}")
    return None


def _rows(pattern: "Query", found: Sequence["Match"], lines: Sequence["SoloLine"]) -> Iterator[str]:
    from licklab.cli.line_text import draw_line_text

    if not found:
        yield "Nothing is like it."
        return
    yield f"{len(found)} place{'s'[: len(found) != 1]}, the most alike first; concert pitch"
    yield ""
    for number, (one, line) in enumerate(zip(found, lines, strict=True), 1):
        bar = f"bar {one.bar}, " if one.beat else ""
        yield f"{number:3}  {solo_text(one.info)}"
        yield (
            f"     {bar}{write_time(one.onset_sec)}   cost {one.cost:.2f}   "
            f"{'' if pattern.is_relative else _moved(one.transposition) + '   '}"
            f"{_differences(one, len(pattern))}"
        )
        marks = {
            each.solo: _MARKS[each.kind]
            for each in one.alignment
            if each.solo is not None and each.kind in _MARKS
        }
        yield from draw_line_text(line, one.span, marks=marks)
        yield ""
    for source in dict.fromkeys((one.info.source, one.info.licence) for one in found):
        yield f"From {source[0] or 'an unnamed source'}" + (f" ({source[1]})" if source[1] else "")


def solo_text(info: "SoloInfo") -> str:
    """Name a solo.

    Parameters
    ----------
    info : SoloInfo
        What is known about it.

    Returns
    -------
    str
        Player, title, and what else there is.
    """
    more = [info.instrument, info.style, "" if info.year is None else str(info.year)]
    told = ", ".join(one for one in more if one)
    name = f"{info.performer or 'Nobody named'}: {info.title or 'untitled'}"
    return f"{name} ({told})" if told else name


def _moved(semitones: int) -> str:
    if semitones == 0:
        return "as written"
    return (
        f"{abs(semitones)} semitone{'s'[: abs(semitones) != 1]} {'up' if semitones > 0 else 'down'}"
    )


def _differences(match: "Match", n_notes: int) -> str:
    kinds = [str(one.kind) for one in match.alignment]
    same = kinds.count("same")
    told = [f"{same} of {n_notes} notes the same"]
    told += [
        f"{kinds.count(kind)} {word}"
        for kind, word in (
            ("substituted", "other"), ("octave", "in another octave"), ("inserted", "more"),
            ("deleted", "left out"),
        )
        if kind in kinds
    ]  # fmt: skip
    return ", ".join(told)


def _match_json(one: "Match", line: "SoloLine") -> dict[str, Any]:
    from licklab.cli.line_text import name_notes

    info = one.info
    return {
        "performer": info.performer,
        "title": info.title,
        "year": info.year,
        "instrument": info.instrument,
        "style": info.style,
        "source": info.source,
        "licence": info.licence,
        "solo_id": info.id,
        "job_id": info.job_id,
        "bar": one.bar if one.beat else None,
        "beat": one.beat or None,
        "onset_sec": round(one.onset_sec, _TIME_DIGITS),
        "offset_sec": round(one.offset_sec, _TIME_DIGITS),
        "first_note": one.span.start,
        "last_note": one.span.stop - 1,
        "note_names": name_notes(line, one.span),
        "chords": list(one.chords),
        "transposition": one.transposition,
        "cost": round(one.cost, _TIME_DIGITS),
        "alignment": [
            {"query": each.query, "solo": each.solo, "kind": str(each.kind)}
            for each in one.alignment
        ],
    }
