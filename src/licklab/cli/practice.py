"""`licklab practice`: today's list, the log and the schedule, of the service that runs."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from licklab.cli.exits import EXIT_HELP
from licklab.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from licklab.cli.service_client import ServiceClient

app = typer.Typer(
    help="What to practise, what was practised, and how far it has come. Asks the running service.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_Url = Annotated[
    str | None, typer.Option("--url", help="Of the service; as HOST and PORT say if omitted.")
]
_Zone = Annotated[str | None, typer.Option("--tz", help="Your time zone, such as Europe/Vienna.")]
_Json = Annotated[bool, typer.Option("--json", help="As JSON.")]
_Lick = Annotated[
    str,
    typer.Argument(
        metavar="LICK", help="Its id, as `today` shows it, or JOB/NUMBER: lick 2 of a job is ID/2."
    ),
]
_MEDIA_TYPES = {".json": "application/json", ".csv": "text/csv"}
_MOST_A_PAGE = 200


@app.command(epilog=EXIT_HELP)
def today(tz: _Zone = None, url: _Url = None, *, as_json: _Json = False) -> None:
    """Tell what to practise today, at which tempo, and why."""
    from licklab.cli.practice_text import today_lines
    from licklab.cli.service_client import open_service

    with open_service(url) as service:
        found = service.get("/practice/today", tz=tz, limit=_MOST_A_PAGE)
    _print(found, today_lines(found), as_json=as_json)


@app.command(epilog=EXIT_HELP)
def log(
    lick: _Lick,
    key: Annotated[str, typer.Option("--key", "-k", help="Such as Bb, or F:minor.")],
    tempo: Annotated[float, typer.Option("--tempo", "-t", help="Beats a minute.")],
    passes: Annotated[int, typer.Option(help="How often it was played.")] = 1,
    accuracy: Annotated[
        float | None, typer.Option(help="Share of the notes that were right, 0 to 1.")
    ] = None,
    minutes: Annotated[float | None, typer.Option(help="How long it took.")] = None,
    at: Annotated[
        str | None,
        typer.Option(help="When, such as 2026-11-29T18:30:00+01:00; now if omitted."),
    ] = None,
    tz: _Zone = None,
    url: _Url = None,
    *,
    clean: Annotated[
        bool | None, typer.Option("--clean/--missed", help="Whether it went without a slip.")
    ] = None,
) -> None:
    """Log what was played."""
    from licklab.cli.practice_text import key_text
    from licklab.cli.service_client import open_service, read_json

    with open_service(url) as service:
        body = {
            "lick_id": _lick_id(service, lick),
            "key": key,
            "tempo_bpm": tempo,
            "is_clean": clean,
            "accuracy": accuracy,
            "passes": passes,
            "duration_sec": None if minutes is None else 60.0 * minutes,
            "played_at": at,
            "time_zone": tz,
        }
        played = read_json(service.ask("POST", "/practice/sessions", json=body))
        found = service.get(f"/practice/licks/{played['lick_id']}")
    row = next(one for one in found["rows"] if one["key"] == played["key"])
    shown = f"{played['lick_name']} in {key_text(played['key'])}"
    typer.echo(f"{shown} at {played['tempo_bpm']:g} bpm is logged; it comes back {row['due_on']}.")


@app.command(epilog=EXIT_HELP)
def schedule(
    lick: _Lick,
    keys: Annotated[str | None, typer.Option(help="These keys, in this order: 'F Bb Eb'.")] = None,
    n_keys: Annotated[int | None, typer.Option("--first", help="Only so many keys.")] = None,
    order: Annotated[
        str | None, typer.Option(help="fourths, semitones, whole_tones or random.")
    ] = None,
    target: Annotated[
        float | None, typer.Option("--tempo", "-t", help="At which it is mastered.")
    ] = None,
    url: _Url = None,
    *,
    off: Annotated[bool, typer.Option("--off", help="Take it off the schedule.")] = False,
) -> None:
    """Put a lick on the schedule: all twelve keys in fourths unless told otherwise."""
    from licklab.cli.practice_text import lick_text
    from licklab.cli.service_client import open_service, read_json

    with open_service(url) as service:
        lick_id = _lick_id(service, lick)
        if off:
            service.ask("DELETE", f"/practice/licks/{lick_id}")
            typer.echo("It is off the schedule; what was practised stays.")
            return
        body = {
            "lick_id": lick_id,
            "keys": None if keys is None else keys.replace(",", " ").split(),
            "n_keys": n_keys,
            "order": order,
            "target_bpm": target,
        }
        found = read_json(service.ask("POST", "/practice/licks", json=body))
    tonics = " ".join(one.partition(":")[0] for one in found["keys"])
    typer.echo(f"{lick_text(found)}: {tonics}")


@app.command(epilog=EXIT_HELP)
def progress(tz: _Zone = None, url: _Url = None, *, as_json: _Json = False) -> None:
    """Tell days in a row, passes a week, and for each lick how fast each key goes."""
    from licklab.cli.practice_text import progress_lines
    from licklab.cli.service_client import open_service

    with open_service(url) as service:
        found = service.get("/practice/progress", tz=tz, limit=_MOST_A_PAGE)
        cursor = found["next"]
        while cursor is not None:
            page = service.get("/practice/progress", tz=tz, limit=_MOST_A_PAGE, cursor=cursor)
            found["licks"] += page["licks"]
            cursor = page["next"]
    found.pop("next")
    _print(found, progress_lines(found), as_json=as_json)


@app.command("export", epilog=EXIT_HELP)
def export_log(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="practice.json, or practice.csv for a table.")
    ] = Path("practice.json"),
    url: _Url = None,
) -> None:
    """Write all that was practised to a file: .json for all of it, .csv for the sessions."""
    from licklab.cli.service_client import open_service

    _media_type(file)
    with open_service(url) as service:
        content = service.ask("GET", f"/practice/log{file.suffix.lower()}").content
    try:
        file.write_bytes(content)
    except OSError as error:
        raise InputError(
            f"want a file that can be written, got {file}: {error.strerror}"
        ) from error
    typer.echo(str(file), err=True)


@app.command("import", epilog=EXIT_HELP)
def import_log(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="As export writes it.")],
    url: _Url = None,
) -> None:
    """Add the sessions of a file; those that are known change nothing."""
    from licklab.cli.service_client import open_service, read_json

    media_type = _media_type(file)
    try:
        content = file.read_bytes()
    except OSError as error:
        raise InputError(f"want a file that can be read, got {file}: {error.strerror}") from error
    with open_service(url) as service:
        headers = {"Content-Type": media_type}
        report = read_json(service.ask("POST", "/practice/log", content=content, headers=headers))
    typer.echo(
        f"{report['sessions']} sessions and {report['licks']} licks added, "
        f"{report['known_sessions']} and {report['known_licks']} were known"
    )


def _media_type(file: Path) -> str:
    media_type = _MEDIA_TYPES.get(file.suffix.lower())
    if media_type is None:
        raise InputError(f"want a file that ends with .json or .csv, got {file.name}")
    return media_type


def _lick_id(service: "ServiceClient", said: str) -> str:
    """Find a lick: by its own id, or by its number in a job."""
    job_id, slash, number = said.partition("/")
    if not slash:
        return said
    licks = service.get(f"/jobs/{job_id}/licks")["licks"]
    if number not in map(str, range(1, len(licks) + 1)):
        raise InputError(f"want a lick from 1 to {len(licks)}, got {number!r}")
    return str(licks[int(number) - 1]["id"])


def _print(document: dict[str, Any], lines: "Iterable[str]", *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    for line in lines:
        typer.echo(line)
