"""`licklab demo`: the whole product once, on the example, through the real HTTP API."""

import os
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from licklab.cli.serve import local_url, read_settings, stop_on_signals, wait_until_serving
from licklab.domain.pitch import pitch_name
from licklab.errors import InputError, ServiceError

if TYPE_CHECKING:
    import httpx
    from rich.console import Console

    from licklab.service.settings import Settings

_POLL_SEC = 0.2
_JOB_SEC = 600.0


def demo(
    audio: Annotated[
        Path | None, typer.Argument(help="A recording of yours; the example if omitted.")
    ] = None,
    instrument: Annotated[
        str | None, typer.Option("--instrument", "-i", help="Which instrument to follow.")
    ] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on (PORT).")] = None,
    *,
    once: Annotated[
        bool, typer.Option("--once", help="Stop when the result is shown (also: CI=true).")
    ] = False,
) -> None:
    """Start everything, transcribe the example, show what was heard, stay up until Ctrl-C."""
    import httpx
    from rich.console import Console

    from licklab.service.example import INSTRUMENT, RECORDING
    from licklab.service.logs import configure_logging
    from licklab.service.ports import find_free_port, is_port_free
    from licklab.service.serve import run_service

    # Always the embedded servers: a .env that is meant for containers must not get in the way.
    settings = read_settings(port=port, log_level="WARNING").model_copy(
        update={"database_url": None, "redis_url": None, "host": "127.0.0.1", "example": False}
    )
    # Files of its own too: containers that have taken the folder before keep other accounts out,
    # and one that this program has taken first is closed to them.
    settings = settings.model_copy(update={"data_dir": Path(f"{settings.data_dir}-demo")})
    settings = settings.model_copy(update={"workers": max(1, settings.workers)})
    if port is None and not is_port_free(settings.host, settings.port):
        # A newcomer's port 8000 is often taken; one that was asked for is not changed.
        settings = settings.model_copy(update={"port": find_free_port(settings.host)})
    recording = audio or RECORDING
    if not recording.is_file():
        raise InputError(f"want a recording, got {recording}, which is no file")
    # The example is a tenor's; of another recording nothing is known unless it is said.
    followed = instrument or ("other" if audio else INSTRUMENT)
    configure_logging(settings.log_level)
    console = Console()
    stop = stop_on_signals()
    leave = once or os.environ.get("CI", "").lower() in ("1", "true", "yes")

    def show(provided: "Settings") -> None:
        url = local_url(provided)
        wait_until_serving(url, stop)
        if stop.is_set():
            return
        with httpx.Client(base_url=url, timeout=30.0, trust_env=False) as client:
            job = _follow(client, _submit(client, recording, followed), console, stop)
            if job is not None:
                _print_result(client, job, console, url)
        if leave:
            stop.set()
        elif not stop.is_set():
            console.print(f"\nThe service stays up at {url} until Ctrl-C.")

    console.print("Starting PostgreSQL, Redis, the API and a worker ...")
    run_service(settings, with_api=True, stop=stop, on_start=show)


def _submit(client: "httpx.Client", recording: Path, instrument: str) -> dict[str, Any]:
    try:
        with recording.open("rb") as file:
            answer = client.post(
                "/jobs", files={"audio": (recording.name, file)}, data={"instrument": instrument}
            )
    except OSError as error:
        raise InputError(f"want a recording, got {recording}: {error.strerror}") from error
    if not answer.is_success:
        raise InputError(str(answer.json()["detail"]))
    job: dict[str, Any] = answer.json()
    return job


def _follow(
    client: "httpx.Client", job: dict[str, Any], console: "Console", stop: threading.Event
) -> dict[str, Any] | None:
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    deadline = time.monotonic() + _JOB_SEC
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(f"{job['filename']}: {job['status']}", total=1.0)
        while job["status"] not in ("READY", "FAILED"):
            if stop.wait(_POLL_SEC):
                return None
            if time.monotonic() > deadline:
                raise ServiceError(f"want a result within {_JOB_SEC:.0f} s, got none")
            job = client.get(job["links"]["self"]).json()
            label = job["stage"] or job["status"].lower()
            bar.update(task, completed=job["progress"], description=f"{job['filename']}: {label}")
    if job["status"] == "FAILED":
        raise InputError(str(job["error"]))
    return job


# A chorus of a song; longer ones are cut.
_SHOWN_BARS = 32
_SHOWN_LICKS = 3
_SAME_SEC = 0.05  # chords lie on beats


def _print_result(
    client: "httpx.Client", job: dict[str, Any], console: "Console", url: str
) -> None:
    heard = client.get(job["links"]["transcription"]).json()
    folder = Path(job["audio_path"]).parent
    page = folder / "page.pdf"
    page.write_bytes(client.get(job["links"]["page"]).raise_for_status().content)
    pitches = [note["pitch_midi"] for note in heard["notes"]]
    span = (
        f", from {pitch_name(min(pitches))} to {pitch_name(max(pitches))} (concert)"
        if pitches
        else ""
    )
    lines = [
        f"Heard in {job['filename']}, following the {job['instrument'].replace('_', ' ')}:",
        f"  notes     {len(pitches)}{span}",
        *_describe_band(heard),
        f"  duration  {job['duration_sec']:.1f} s",
        f"  tuning    A = {heard['tuning_hz']:.1f} Hz",
        f"  files     {folder / 'transcription.json'}",
        f"            {folder / 'transcription.mid'}",
        f"  the sheet {page}",
        f"            {url}{job['links']['page']}?part=trumpet&key=Bb, as you like it",
        f"  the job   {url}{job['links']['self']}",
        f"  the API   {url}/docs",
        *(f"  note: {warning}" for warning in job["warnings"]),
        *_describe_licks(client, job, url),
        f"\nOpen {url}{job['links']['solo']} in a browser: score, piano roll, licks, practice.",
    ]
    for line in lines:
        console.print(line, highlight=False, markup=False, soft_wrap=True)


def _describe_licks(client: "httpx.Client", job: dict[str, Any], url: str) -> list[str]:
    """Tell the best licks, and why they are some."""
    answer = client.get(job["links"]["licks"]).raise_for_status().json()
    lines = [f"  licks     {len(answer['licks'])}, {url}{job['links']['licks']}; the best are"]
    for lick in answer["licks"][:_SHOWN_LICKS]:
        bars = f"bars {lick['bars'][0]}-{lick['bars'][-1]}: " if lick["bars"] else ""
        reasons = " ".join(one["text"] for one in lick["reasons"][:2])
        lines.append(f"            {bars}{' '.join(lick['note_names'])}")
        lines.append(f"              {reasons}")
    return lines


def _describe_band(heard: dict[str, Any]) -> list[str]:
    """Tell tempo, key, form and the changes of a chorus, as far as they were heard."""
    if heard["tempo_bpm"] is None:
        return []
    swing = heard["swing_ratio"]
    eighths = "" if swing is None else f", eighths {swing:.1f} : 1"
    lines = [f"  tempo     {heard['tempo_bpm']:.0f} bpm, {heard['time_signature']}{eighths}"]
    form = heard.get("form")
    if heard["key"]:
        key = heard["key"].replace(":", " ")
        lines.append(f"  key       {key}" + (f", {form['name']}" if form else ""))
    first = next((one["first_bar"] for one in form["choruses"] if one["first_bar"] > 0), 1) \
        if form else 1  # fmt: skip
    n_bars = form["n_bars"] if form else _SHOWN_BARS
    bars = write_bars(heard, first, min(n_bars, _SHOWN_BARS))
    lines += [
        f"  {'changes' if at == 0 else '':9} | {' | '.join(bars[at : at + 4])} |"
        for at in range(0, len(bars), 4)
    ]
    return lines


def write_bars(heard: dict[str, Any], first_bar: int, n_bars: int) -> list[str]:
    """Write the changes of some bars as a player does.

    Parameters
    ----------
    heard : dict
        A transcription, with its beats and chords.
    first_bar, n_bars : int
        Which bars.

    Returns
    -------
    list of str
        The symbols that begin in each bar; ``%`` where none does, but in the first.
    """
    edges = {one["bar"]: one["time_sec"] for one in heard["beats"] if one["position_in_bar"] == 1}
    bars: list[str] = []
    for bar in range(first_bar, first_bar + n_bars):
        if bar not in edges or bar + 1 not in edges:
            break
        begin, end = edges[bar] - _SAME_SEC, edges[bar + 1] - _SAME_SEC
        symbols = [one["symbol"] for one in heard["chords"] if begin <= one["onset_sec"] < end]
        if not bars and not symbols:
            sounding = [one["symbol"] for one in heard["chords"] if one["onset_sec"] < begin]
            symbols = sounding[-1:]
        bars.append(" ".join(symbols) or "%")
    return bars
