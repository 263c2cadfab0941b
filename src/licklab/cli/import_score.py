"""`licklab import`: a score as a transcription."""

from pathlib import Path
from typing import Annotated

import typer

from licklab.errors import InputError


def import_score(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="MusicXML (.musicxml, .mxl), MIDI, ABC or JAMS.")
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="DIR", help="Folder; one named after FILE if omitted."),
    ] = None,
    part: Annotated[
        str | None, typer.Option("--part", "-p", help="Name or number of the part.")
    ] = None,
    instrument: Annotated[
        str | None, typer.Option("--instrument", "-i", help="Who plays it.")
    ] = None,
) -> None:
    """Read a score that a person wrote, so that it takes every way a heard one does.

    Writes transcription.json and transcription.mid.
    """
    # Imported here: it takes a while, and wrong usage is told before.
    from licklab.formats.imports import read_import
    from licklab.formats.midi import write_midi
    from licklab.formats.transcription_json import write_transcription

    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"want a score that can be read, got: {error.strerror}") from error
    transcription = read_import(content, path.name, part=part, instrument=instrument)
    folder = out if out is not None else Path(path.stem)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "transcription.json").write_bytes(write_transcription(transcription))
        (folder / "transcription.mid").write_bytes(write_midi(transcription))
    except OSError as error:
        raise InputError(
            f"want a folder that can be written (--out), got {folder}: {error.strerror}"
        ) from error
    typer.echo(f"{path.name}: {len(transcription.notes)} notes -> {folder}", err=True)
