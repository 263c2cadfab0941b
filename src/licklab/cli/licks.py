"""`licklab licks`: the licks of a solo, and why they are some."""

import json
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from licklab.cli.times import write_time
from licklab.domain.lick import Lick, ReasonKind
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.errors import InputError

if TYPE_CHECKING:
    from licklab.cli.solo_file import FileSolo
    from licklab.studying.study import Study

SOLO_HELP = "A transcription.json, a score (MusicXML, MIDI, ABC, JAMS), or a recording."
_USUAL_LIMIT = 10


def licks(
    path: Annotated[Path, typer.Argument(metavar="FILE", help=SOLO_HELP)],
    instrument: Annotated[
        str | None,
        typer.Option("--instrument", "-i", help="Who plays; in a recording, whom to hear."),
    ] = None,
    part: Annotated[
        str | None, typer.Option("--part", "-p", help="Name or number of the part of a score.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Licks at most; 10 if omitted, with --json all.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="DIR",
            help="Folder for licks.json and transcription.json; of a recording also for what "
            "`licklab transcribe` writes besides.",
        ),
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="All there is, as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> None:
    """Find the licks of a solo, the best first, and say why they are some.

    A recording is heard first. Players are counted in the corpus (`licklab corpus`).
    """
    # Imported here: it takes a while, and wrong usage is told before.
    from licklab.cli.studies import study_file
    from licklab.formats.lick_json import write_licks

    solo, study = study_file(path, instrument=instrument, part=part, quiet=quiet)
    document = write_licks(study.line, study.analysis, study.phrases, study.licks)
    if out is not None:
        _write(out, solo, document)
    if as_json:
        document["licks"] = document["licks"][:limit]
        typer.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    shown = study.licks[: limit or _USUAL_LIMIT]
    for row in _rows(path.name, study, shown):
        typer.echo(row)


def _write(folder: Path, solo: "FileSolo", document: dict[str, object]) -> None:
    from licklab.formats.evidence_npz import write_evidence
    from licklab.formats.midi import write_midi
    from licklab.formats.transcription_json import write_transcription

    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    files = {
        "transcription.json": write_transcription(solo.transcription),
        "licks.json": text.encode(),
    }
    if solo.evidence is not None:
        # What mending looks for beside the transcription, as after `licklab transcribe`.
        files["transcription.evidence.npz"] = write_evidence(solo.evidence)
        files["transcription.mid"] = write_midi(solo.transcription)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise InputError(
            f"want a folder that can be written (--out), got {folder}: {error.strerror}"
        ) from error


def _rows(name: str, study: "Study", shown: Sequence[Lick]) -> Iterator[str]:
    from licklab.cli.line_text import WIDTH, draw_contour, draw_line_text

    line = study.line
    yield (
        f"{name}: {len(line)} notes, {len(study.phrases)} phrases, {len(study.licks)} licks; "
        "concert pitch"
    )
    if not shown:
        return
    yield ""
    yield "  #  bars     time             notes  lickness  played  players"
    for number, lick in enumerate(shown, 1):
        span = lick.span
        players = next((one.value for one in lick.reasons if one.kind is ReasonKind.SHARED), None)
        pitches = line.pitch_midi[span.start : span.stop].tolist()
        yield (
            f"{number:3}  {bars_text(line, span):8} {time_text(line, span):16} {len(span):5}"
            f"  {lick.lickness:8.2f}  {len(lick.occurrences):6}  "
            f"{'-' if players is None else f'{players:.0f}':>7}  {draw_contour(pitches[:14])}"
        )
        why = " ".join(one.text for one in lick.reasons)
        yield from textwrap.wrap(why, WIDTH - 5, initial_indent="     ", subsequent_indent="     ")
        yield from draw_line_text(line, span, study.analysis)
        yield ""
    if len(shown) < len(study.licks):
        yield f"{len(study.licks) - len(shown)} more: --limit {len(study.licks)}"


def bars_text(line: SoloLine, span: NoteSpan) -> str:
    """Tell in which bars a stretch is.

    Parameters
    ----------
    line : SoloLine
        The solo.
    span : NoteSpan
        The stretch.

    Returns
    -------
    str
        Such as ``12`` or ``12-15``; a dash without beats.
    """
    if not line.has_beats:
        return "-"
    first, last = int(line.bar[span.start]), int(line.bar[span.stop - 1])
    return str(first) if first == last else f"{first}-{last}"


def time_text(line: SoloLine, span: NoteSpan) -> str:
    """Tell from when until when a stretch is.

    Parameters
    ----------
    line : SoloLine
        The solo.
    span : NoteSpan
        The stretch.

    Returns
    -------
    str
        Such as ``1:02.5-1:04.0``.
    """
    end = float(line.offset_sec[span.start : span.stop].max())
    return f"{write_time(float(line.onset_sec[span.start]))}-{write_time(end)}"
