"""`licklab transcribe`: recordings to notes, without any server."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from licklab.cli.exits import exit_code
from licklab.cli.progress import show_progress
from licklab.cli.times import read_time
from licklab.domain.instrument import find_instrument
from licklab.domain.mode import Mode
from licklab.domain.progress import ProgressCallback
from licklab.domain.quality import Quality
from licklab.domain.region import Region
from licklab.domain.transcription import Transcription
from licklab.errors import ExportKindError, InputError, LickLabError, RegionError
from licklab.formats.evidence_npz import write_evidence
from licklab.formats.transcription_json import write_transcription

if TYPE_CHECKING:
    from rich.console import Console

    from licklab.engine.pipeline import Hearing
    from licklab.exporting.kinds import ExportKind

    Writer = Callable[[Hearing], bytes]

_PIPE = "-"


_EVIDENCE = "evidence"
_USUAL = ("json", "midi", _EVIDENCE)


def transcribe(
    audio: Annotated[
        list[str], typer.Argument(help="Recordings; - reads one from standard input.")
    ],
    instrument: Annotated[
        str, typer.Option("--instrument", "-i", help="Which instrument to follow.")
    ] = "other",
    out: Annotated[
        str | None,
        typer.Option(
            "--out",
            "-o",
            metavar="DIR",
            help="Folder for the files (with several recordings, one folder each in it); "
            "- writes the JSON of one recording to standard output. "
            "Default: a folder named after the recording.",
        ),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option("--from", metavar="TIME", help="Hear from here on: seconds, m:ss or h:mm:ss."),
    ] = None,
    end: Annotated[
        str | None, typer.Option("--to", metavar="TIME", help="Hear up to here.")
    ] = None,
    mode: Annotated[
        Mode,
        typer.Option(
            help="One note at a time, or several at once; auto: as the instrument is played."
        ),
    ] = Mode.AUTO,
    quality: Annotated[
        Quality,
        typer.Option(help="Best is for solo piano: six times the work, and a package of its own."),
    ] = Quality.LIGHT,
    formats: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help="Comma-separated; json,midi,evidence if omitted. Evidence is what `licklab mend` "
            "finds beats and chords with; the others are those of `licklab export`.",
        ),
    ] = None,
    *,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only errors.")] = False,
) -> None:
    """Hear the notes in recordings and write them down."""
    from rich.console import Console

    from licklab.engine.pipeline import Listener

    one = find_instrument(instrument)
    region = _read_region(start, end)
    wanted = _read_formats(",".join(_USUAL) if formats is None else formats)
    if out == "":
        raise typer.BadParameter("want a folder or - for --out, got an empty name")
    if out == _PIPE and len(audio) > 1:
        raise typer.BadParameter("want one recording with --out -, got several")
    if out == _PIPE and formats is not None and list(wanted) != ["transcription.json"]:
        raise typer.BadParameter(f"want --format json with --out -, got {formats!r}")
    folders = _folders(audio, out)
    listener = Listener()
    listener.require(quality, one, mode.texture)
    console = Console(stderr=True, quiet=quiet or out == _PIPE)
    worst: LickLabError | None = None
    for name in audio:
        try:
            with (
                _local_file(name) as (path, filename),
                hearing_progress(console, filename) as report,
            ):
                heard = listener.hear(
                    path,
                    one,
                    filename=filename,
                    texture=mode.texture,
                    region=region,
                    quality=quality,
                    progress=report,
                )
            if out == _PIPE:
                sys.stdout.buffer.write(write_transcription(heard.transcription))
            else:
                _write(heard, folders[name], wanted)
                if not quiet:
                    _summarise(heard.transcription, folders[name])
        except InputError as error:
            # One bad file among many does not cost the others.
            typer.echo(f"licklab: {name}: {error}", err=True)
            worst = error
    if worst is not None:
        raise typer.Exit(exit_code(worst))


def _read_region(start: str | None, end: str | None) -> Region:
    # Wrong usage whatever the recording is; what is beyond the end of one is an error of its own.
    try:
        return Region(
            None if start is None else read_time(start), None if end is None else read_time(end)
        )
    except (RegionError, ValueError) as error:
        raise typer.BadParameter(f"{error} (--from, --to)") from error


def _read_formats(formats: str) -> dict[str, "Writer"]:
    """Give what is wanted: the name of each file, and what writes it."""
    # Imported here: it takes a while, and wrong usage is told before.
    from licklab.exporting.kinds import EXPORTS, find_export
    from licklab.exporting.request import export

    wanted: dict[str, Writer] = {}
    for one in formats.split(","):
        if one.strip().lower() == _EVIDENCE:
            wanted["transcription.evidence.npz"] = lambda heard: write_evidence(heard.evidence)
            continue
        try:
            kind = find_export(one)
        except ExportKindError as error:
            known = ", ".join((*EXPORTS, _EVIDENCE))
            raise typer.BadParameter(f"want formats out of {known}, got {formats!r}") from error

        def write(heard: "Hearing", kind: "ExportKind" = kind) -> bytes:
            return export(heard.transcription, kind)

        wanted[f"transcription.{kind.suffix}"] = write
    return wanted


def _folders(audio: list[str], out: str | None) -> dict[str, Path]:
    """Give every recording a folder of its own; equal names are told apart by a number."""
    if len(audio) == 1 and out is not None:
        return {audio[0]: Path(out)}
    root = Path(out or ".")
    folders: dict[str, Path] = {}
    for name in audio:
        stem = "recording" if name == _PIPE else Path(name).stem or "recording"
        if (root / stem).is_file():  # a recording whose name has no suffix
            stem += "-notes"
        folder, number = root / stem, 2
        while folder in folders.values():
            folder, number = root / f"{stem}-{number}", number + 1
        folders.setdefault(name, folder)
    return folders


@contextmanager
def _local_file(name: str) -> Iterator[tuple[Path, str]]:
    if name != _PIPE:
        path = Path(name)
        try:
            path.open("rb").close()
        except OSError as error:
            raise InputError(f"want a recording that can be read, got: {error.strerror}") from error
        yield path, path.name
        return
    with tempfile.NamedTemporaryFile(prefix="licklab-") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
        file.flush()
        yield Path(file.name), "recording"


@contextmanager
def hearing_progress(console: "Console", filename: str) -> Iterator[ProgressCallback]:
    """Show how far hearing is.

    Parameters
    ----------
    console : Console
        Where.
    filename : str
        Of the recording.

    Yields
    ------
    callable
        For the engine to call.
    """
    with show_progress(console, filename) as show:
        yield lambda progress: show(progress.fraction, str(progress.stage))


def _write(heard: "Hearing", folder: Path, wanted: dict[str, "Writer"]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, write in wanted.items():
            (folder / name).write_bytes(write(heard))
    except OSError as error:
        raise InputError(
            f"want a folder that can be written (--out), got {folder}: {error.strerror}"
        ) from error


def _summarise(transcription: Transcription, folder: Path) -> None:
    source, region = transcription.source, transcription.region
    where = "" if region is None else f"{region.start_sec:.1f} to {region.end_sec:.1f} s of "
    # Not through rich, which would break long paths at the width of a terminal.
    typer.echo(
        f"{source.filename}: {len(transcription.notes)} notes in "
        f"{where}{source.duration_sec:.1f} s, A = {transcription.tuning_hz:.1f} Hz -> {folder}",
        err=True,
    )
    analysis = transcription.analysis
    if analysis is not None and analysis.grid.tempo_bpm is not None:
        told = [f"{analysis.grid.tempo_bpm:.0f} bpm", str(analysis.grid.time_signature)]
        if analysis.key is not None:
            told.append(str(analysis.key.key).replace(":", " "))
        if analysis.form is not None:
            told.append(analysis.form.name)
        typer.echo("  " + ", ".join(told), err=True)
    for warning in transcription.warnings:
        typer.echo(f"  note: {warning}", err=True)
