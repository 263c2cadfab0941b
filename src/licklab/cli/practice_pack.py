"""`licklab practice-pack`: licks in twelve keys, with exercises and sound, to take away."""

import time
import uuid
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from licklab.cli.licks import SOLO_HELP
from licklab.cli.progress import tell_if_slow
from licklab.cli.serve import read_settings
from licklab.domain.practice_log import KeyOrder
from licklab.errors import InputError, LickError, PackError

if TYPE_CHECKING:
    from licklab.domain.solo_line import NoteSpan
    from licklab.packing.pack import Pack
    from licklab.packing.sounds import PackRecording
    from licklab.studying.study import Study

_MAKING = "making the pack; sound takes a while"
_POLL_SEC = 0.5


def practice_pack(
    source: Annotated[
        str, typer.Argument(metavar="AUDIO_OR_JOB", help=f"{SOLO_HELP} Or the id of a job.")
    ],
    instrument: Annotated[
        str | None,
        typer.Option("--instrument", "-i", help="For whom; that of the solo if omitted."),
    ] = None,
    lick: Annotated[
        list[int] | None,
        typer.Option(
            "--lick", "-n", min=1, help="Number, as `licklab licks` shows it; may be repeated."
        ),
    ] = None,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="Folder for the ZIP and the PDF.")
    ] = Path(),
    order: Annotated[KeyOrder, typer.Option(help="How keys follow.")] = KeyOrder.FOURTHS,
    key: Annotated[
        list[str] | None,
        typer.Option("--key", "-k", help="This concert key only; may be repeated."),
    ] = None,
    soloist: Annotated[
        str | None,
        typer.Option("--soloist", help="Whom to hear in a recording, if not the instrument."),
    ] = None,
    url: Annotated[
        str | None, typer.Option("--url", help="Of the service that has the job.")
    ] = None,
    *,
    no_audio: Annotated[bool, typer.Option("--no-audio", help="No sound: much quicker.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> None:
    """Make a practice pack: a booklet, music in every key, exercises, and sound.

    DIR gets `practice-pack.zip`, in which one MusicXML and one MIDI a key, the exercises, the
    booklet and a manifest are, and `practice-pack.pdf`, the booklet by itself.
    """
    numbers = lick or [1]
    wishes: dict[str, Any] = {
        "instrument": instrument, "order": order.value, "keys": key or [], "audio": not no_audio,
    }  # fmt: skip
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"want a folder (--out), got {out}: {error.strerror}") from error
    job_id = _job_id(source)
    if job_id is not None and not Path(source).exists():
        archive, booklet = _of_job(job_id, numbers, wishes, url)
    else:
        with tell_if_slow(_MAKING, quiet=quiet):
            pack = _of_file(Path(source), numbers, wishes, soloist or instrument, quiet=quiet)
        archive, booklet = pack.archive, pack.booklet
    for name, content in (("practice-pack.zip", archive), ("practice-pack.pdf", booklet)):
        try:
            (out / name).write_bytes(content)
        except OSError as error:
            raise InputError(
                f"want a folder that can be written (--out), got {out}: {error.strerror}"
            ) from error
        typer.echo(out / name)


def _job_id(source: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(source)
    except ValueError:
        return None


def _of_file(
    path: Path, numbers: list[int], wishes: dict[str, Any], soloist: str | None, *, quiet: bool
) -> "Pack":
    # Imported here: it takes a while, and wrong usage is told before.
    from licklab.cli.studies import study_file
    from licklab.notation.passages import draw_passage
    from licklab.packing.lick_files import PackLick
    from licklab.packing.pack import make_pack
    from licklab.packing.words import say_for_part
    from licklab.service.pack_wishes import WrittenWishes

    written = WrittenWishes.model_validate(wishes)
    written.read("other")  # what cannot be met is told before a recording is heard
    solo, study = study_file(path, instrument=soloist, part=None, quiet=quiet)
    read = replace(written.read(solo.transcription.instrument), soundfont=read_settings().soundfont)
    licks = []
    for number in numbers:
        if number > len(study.licks):
            raise LickError(f"want a lick from 1 to {len(study.licks)} (--lick), got {number}")
        span = study.licks[number - 1].span
        passage = draw_passage(solo.transcription, study.line.note_ids[span.start : span.stop])
        first, last = passage.first_bar, passage.first_bar + passage.n_bars - 1
        bars = f"bar {first}" if first == last else f"bars {first}\u2013{last}"
        licks.append(
            PackLick(
                title=f"Lick {number}",
                place=f"{bars} of {path.stem}",
                passage=passage,
                statements=say_for_part(study, span, read.instrument),
                recording=_recording(path, study, span) if read.has_audio else None,
            )
        )
    return make_pack(licks, read, title=path.stem)


def _recording(path: Path, study: "Study", span: "NoteSpan") -> "PackRecording | None":
    from licklab.engine.audio.probe import probe_audio
    from licklab.errors import AudioError
    from licklab.packing.sounds import PackRecording
    from licklab.service.sounds import stretch_around

    try:
        info = probe_audio(path)
    except AudioError:
        return None  # a score or a transcription
    return PackRecording(path, info, stretch_around(study.line, span, info.duration_sec))


def _of_job(
    job_id: uuid.UUID, numbers: list[int], wishes: dict[str, Any], url: str | None
) -> tuple[bytes, bytes]:
    from licklab.cli.service_client import open_service, read_json

    with open_service(url) as service:
        found = service.get(f"/jobs/{job_id}/licks")["licks"]
        by_number = {one["number"]: one["id"] for one in found}
        missing = [one for one in numbers if one not in by_number]
        if missing:
            raise LickError(f"want a lick from 1 to {len(found)} (--lick), got {missing[0]}")
        ids = [by_number[one] for one in numbers]
        path = f"/licks/{ids[0]}/practice-packs"
        body = {**wishes, "more_lick_ids": ids[1:]}
        pack = read_json(service.ask("POST", path, json=body))
        while pack["status"] not in {"READY", "FAILED"}:
            time.sleep(_POLL_SEC)
            pack = service.get(pack["links"]["self"])
        if pack["status"] == "FAILED":
            raise PackError(pack["error"])
        links = pack["links"]
        archive, booklet = (service.ask("GET", links[one]) for one in ("archive", "booklet"))
        return archive.content, booklet.content
