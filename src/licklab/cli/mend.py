"""`licklab mend`: a transcription on disk, without any server."""

import json
import os
from pathlib import Path
from typing import Annotated, Any

import typer

from licklab.cli.times import read_time
from licklab.domain.analysis import Analysis
from licklab.domain.mending import Edit
from licklab.domain.recall import Recall
from licklab.domain.transcription import Transcription
from licklab.domain.transcription_mending import settle_next
from licklab.errors import InputError
from licklab.formats.edits_json import read_edit
from licklab.formats.mended_json import MendedTranscription, read_mended, write_mended
from licklab.formats.midi import write_midi


def mend(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="A transcription.json; it is changed in place.")
    ],
    *,
    tempo: Annotated[float | None, typer.Option(metavar="BPM", help="The tempo.")] = None,
    double: Annotated[bool, typer.Option("--double", help="Twice as many beats.")] = False,
    halve: Annotated[bool, typer.Option("--halve", help="Half as many beats.")] = False,
    shift: Annotated[
        float | None,
        typer.Option(metavar="BEATS", help="Bars begin later by so many beats: .5, 1, -1."),
    ] = None,
    downbeat: Annotated[
        str | None, typer.Option(metavar="TIME", help="A bar begins with the beat here.")
    ] = None,
    time_signature: Annotated[
        str | None, typer.Option(metavar="N/N", help="Bars are counted so: 3/4, 12/8.")
    ] = None,
    taps: Annotated[
        str | None, typer.Option(metavar="TIMES", help="Beats in a row: 1.02,1.51,2.0.")
    ] = None,
    pins: Annotated[
        str | None, typer.Option(metavar="TIMES", help="Beats that are known: 12.3,47.1.")
    ] = None,
    chords: Annotated[
        str | None, typer.Option(metavar="CHART", help="The changes: a chart as text, or its file.")
    ] = None,
    key: Annotated[str | None, typer.Option(help="The key: Bb, 'F minor', 'Eb blues'.")] = None,
    notes: Annotated[
        str | None,
        typer.Option(
            metavar="OPERATIONS",
            help='Notes: operations as JSON, or their file: \'[{"op": "remove", "ids": ["n7"]}]\'.',
        ),
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take the last edit back.")] = False,
) -> None:
    """Mend beats, bars, chords, key or notes of a transcription; edits add up and can be undone.

    Evidence is looked for beside FILE: transcription.evidence.npz, as `licklab transcribe` writes
    it. Without it beats are spread evenly and chords go to the nearest beats.
    """
    asked: list[dict[str, Any]] = []
    if tempo is not None:
        asked.append({"op": "tempo", "tempo_bpm": tempo})
    asked += [{"op": op} for op, wanted in (("double", double), ("halve", halve)) if wanted]
    if shift is not None:
        asked.append({"op": "shift", "beats": shift})
    if time_signature is not None:
        asked.append({"op": "time_signature", "time_signature": time_signature})
    if taps is not None:
        asked.append({"op": "taps", "taps_sec": _read_times("--taps", taps)})
    if pins is not None:
        pinned = [{"time_sec": one} for one in _read_times("--pins", pins)]
        asked.append({"op": "pins", "pins": pinned})
    if downbeat is not None:
        asked.append({"op": "downbeat", "time_sec": _read_times("--downbeat", downbeat)[0]})
    if chords is not None:
        asked.append({"op": "chart", "text": _read_text(chords)})
    if key is not None:
        asked.append({"op": "key", "key": key})
    if notes is not None:
        asked.append({"op": "notes", "operations": _read_operations(notes)})
    if bool(asked) == undo:
        raise typer.BadParameter("want something to mend, or --undo alone")
    _mend_file(path, [read_edit(one) for one in asked], undo=undo)


def _mend_file(path: Path, edits: list[Edit], *, undo: bool) -> None:
    try:
        one = read_mended(path.read_bytes())
    except OSError as error:
        raise InputError(f"want a transcription that can be read, got: {error.strerror}") from error
    recall = _recall(path, one.heard)
    if undo:
        if not one.edits:
            raise InputError("want a transcription with an edit to take back, got one without")
        one = MendedTranscription(one.heard, one.edits[:-1])
    for edit in edits:
        settled = settle_next(edit, one.heard, one.edits, recall)
        one = MendedTranscription(one.heard, (*one.edits, settled))
    mended = one.mended(recall)
    _replace(path, write_mended(one, recall))
    midi = path.with_suffix(".mid")
    if midi.exists():
        _replace(midi, write_midi(mended))
    _summarise(path, mended, one)


def _recall(path: Path, heard: Transcription) -> Recall:
    # Imported here: it takes a while, and wrong usage is told before.
    from licklab.recalling import heard_span, recall_evidence

    names = (f"{path.stem}.evidence.npz", "evidence.npz")
    found = [path.with_name(name) for name in names if path.with_name(name).is_file()]
    return recall_evidence(
        found[0] if found else path.with_name(names[0]), *heard_span(heard), lambda: heard.notes
    )


def _read_times(option: str, text: str) -> list[float]:
    try:
        return [read_time(one) for one in text.replace(",", " ").split()]
    except ValueError as error:
        raise typer.BadParameter(f"{error} ({option})") from error


def _read_operations(text: str) -> list[dict[str, Any]]:
    try:
        operations = json.loads(_read_text(text))
    except ValueError as error:
        raise typer.BadParameter(f"want operations as JSON, got: {error} (--notes)") from error
    if not isinstance(operations, list) or not all(isinstance(one, dict) for one in operations):
        raise typer.BadParameter("want a list of operations, got something else (--notes)")
    return operations


def _read_text(text: str) -> str:
    """Give the text itself, or that of the file of this name."""
    try:
        return Path(text).read_text(encoding="utf-8")
    except (OSError, ValueError):  # no such name, or one that no file can have
        return text


def _replace(path: Path, content: bytes) -> None:
    """Write a file whole, or leave it as it was."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        raise InputError(
            f"want a folder that can be written, got {path.parent}: {error.strerror}"
        ) from error
    finally:
        draft.unlink(missing_ok=True)


def _summarise(path: Path, mended: Transcription, one: MendedTranscription) -> None:
    analysis = mended.analysis or Analysis()
    tempo_bpm = analysis.grid.tempo_bpm
    tempo = "no beats" if tempo_bpm is None else f"{tempo_bpm:.1f} bpm"
    key = "no key" if analysis.key is None else str(analysis.key.key)
    typer.echo(
        f"{path}: {tempo}, {analysis.grid.time_signature}, {key}, {len(analysis.chords)} chords, "
        f"{len(mended.notes)} notes, {len(one.edits)} edits",
        err=True,
    )
    fit = one.edits[-1].fit if one.edits else None
    if fit is not None:
        typer.echo(
            f"  the chart fits {fit.fit:.0%}, {fit.transposition_semitones} semitones higher than "
            "written",
            err=True,
        )
