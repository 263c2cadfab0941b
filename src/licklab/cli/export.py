"""`licklab export`: a transcription on disk as a page or as another program's file."""

from pathlib import Path
from typing import Annotated

import typer

from licklab.domain.transcription import Transcription
from licklab.errors import InputError


def export(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A transcription.json.")],
    formats: Annotated[
        str, typer.Option("--format", "-f", help="Comma-separated; see the list below.")
    ] = "pdf",
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="DIR", help="Folder for the files; FILE's if omitted."),
    ] = None,
    part: Annotated[
        str | None,
        typer.Option("--part", "-p", help="An instrument, or concert: as heard if omitted."),
    ] = None,
    key: Annotated[str | None, typer.Option(help="Concert key to move the solo to.")] = None,
    octave: Annotated[
        int | None, typer.Option(help="Octaves to move by; as fits the part if omitted.")
    ] = None,
    from_bar: Annotated[int | None, typer.Option(help="First bar.")] = None,
    to_bar: Annotated[int | None, typer.Option(help="Last bar.")] = None,
    title: Annotated[str | None, typer.Option(help="Head of the page.")] = None,
    composer: Annotated[str | None, typer.Option(help="Head of the page.")] = None,
    tab: Annotated[
        str | None,
        typer.Option(help="A tuning (standard, drop-d, 'D2 A2 D3 G3 B3 E4'), or none."),
    ] = None,
    hand: Annotated[str | None, typer.Option(help="jazz (handwritten) or plain.")] = None,
    paper: Annotated[str | None, typer.Option(help="a4 or letter.")] = None,
    *,
    doubtful: Annotated[bool, typer.Option(help="Put doubtful notes in parentheses.")] = True,
) -> None:
    """Write a transcription as a page, or as a file for another program.

    Formats: json, midi, score-midi, musicxml, mxl, pdf, svg, alphatex, abc, lilypond, jams, csv,
    sonic-visualiser, audacity, ireal, chordpro. Files are named after FILE.
    """
    # Imported here: it takes a while, and wrong usage is told before.
    from licklab.exporting.kinds import find_export
    from licklab.exporting.request import export as write
    from licklab.exporting.request import read_request

    kinds = [find_export(one) for one in formats.split(",")]
    request = read_request(
        part=part, key=key, octave=octave, from_bar=from_bar, to_bar=to_bar, title=title,
        composer=composer, tab=tab, hand=hand, paper=paper, doubtful=doubtful,
    )  # fmt: skip
    transcription = _read(path)
    folder = path.parent if out is None else out
    for kind in kinds:
        content = write(transcription, kind, request)
        target = folder / f"{path.stem}.{kind.suffix}"
        if target.exists() and target.resolve() == path.resolve():
            raise InputError(f"want another folder (--out) to write {kind.name} to, got {folder}")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        except OSError as error:
            raise InputError(
                f"want a folder that can be written (--out), got {folder}: {error.strerror}"
            ) from error
        typer.echo(str(target), err=True)


def _read(path: Path) -> Transcription:
    from licklab.formats.transcription_json import read_transcription

    try:
        return read_transcription(path.read_bytes())
    except OSError as error:
        raise InputError(f"want a transcription that can be read, got: {error.strerror}") from error
