"""`licklab assignment`: licks for students, through the running service."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from licklab.cli.exits import EXIT_HELP
from licklab.cli.serve import local_url, read_settings
from licklab.errors import InputError, ServiceError

if TYPE_CHECKING:
    import httpx

app = typer.Typer(
    help="Licks for students behind links: of the service that runs, such as `licklab serve`.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_Url = Annotated[
    str | None, typer.Option("--url", help="Of the service; the one on this machine if omitted.")
]
_Json = Annotated[bool, typer.Option("--json", help="As JSON.")]
_Id = Annotated[str, typer.Argument(metavar="ASSIGNMENT", help="Its id, as `list` shows it.")]


@app.command("list", epilog=EXIT_HELP)
def list_assignments(url: _Url = None, *, as_json: _Json = False) -> None:
    """List the assignments, the newest first."""
    items = _ask("GET", "/assignments", url)["items"]
    if as_json:
        _echo_json(items)
        return
    for one in items:
        counts = (
            f"{len(one['licks'])} licks, {one['n_links']} open links, {one['n_answers']} answers"
        )
        typer.echo(f"{one['id']}  {one['title']} ({counts})")


@app.command(epilog=EXIT_HELP)
def create(
    title: Annotated[str, typer.Argument(help="For the students.")],
    licks: Annotated[list[str], typer.Argument(metavar="LICK...", help="Ids of licks, in order.")],
    text: Annotated[str, typer.Option(help="What to do.")] = "",
    part: Annotated[
        str | None, typer.Option(help="An instrument or `concert`; each lick's own if omitted.")
    ] = None,
    speed: Annotated[int, typer.Option(min=50, max=100, help="Of the loops, in percent.")] = 100,
    score: Annotated[str, typer.Option(help="shown, after_answers or hidden.")] = "shown",
    feedback: Annotated[str, typer.Option(help="key, marks or none.")] = "key",
    key: Annotated[list[str] | None, typer.Option(help="To practise in; may be repeated.")] = None,
    url: _Url = None,
    *,
    audio: Annotated[bool, typer.Option(help="Whether students hear the recording.")] = True,
    questions: Annotated[bool, typer.Option(help="Whether students are asked.")] = True,
) -> None:
    """Make an assignment, the same wishes for every lick of it; print its id."""
    wishes = {
        "speed_percent": speed, "score": score, "audio": audio, "questions": questions,
        "keys": key or [],
    }  # fmt: skip
    body = {
        "title": title, "text": text, "part": part, "feedback": feedback,
        "licks": [{"lick_id": one, **wishes} for one in licks],
    }  # fmt: skip
    typer.echo(_ask("POST", "/assignments", url, body)["id"])


@app.command(epilog=EXIT_HELP)
def link(
    assignment: _Id,
    label: Annotated[str, typer.Option(help="For whom it is.")] = "",
    days: Annotated[int, typer.Option(min=1, max=365, help="That it is open.")] = 30,
    url: _Url = None,
) -> None:
    """Make a link for students and print it: it is told this once."""
    made = _ask("POST", f"/assignments/{assignment}/links", url, {"label": label, "days": days})
    typer.echo(f"{_base(url)}{made['page']}")


@app.command(epilog=EXIT_HELP)
def results(
    assignment: _Id,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="A file for the table (CSV).")
    ] = None,
    url: _Url = None,
    *,
    as_json: _Json = False,
) -> None:
    """Show what students answered, the newest first."""
    if out is not None:
        content = _send("GET", f"/assignments/{assignment}/results.csv", url).content
        try:
            out.write_bytes(content)
        except OSError as error:
            raise InputError(f"want a file to write, got {out}: {error.strerror}") from error
        return
    items = _ask("GET", f"/assignments/{assignment}/results", url)["items"]
    if as_json:
        _echo_json(items)
        return
    for one in items:
        label = f", {one['link_label']}" if one["link_label"] else ""
        typer.echo(
            f"{one['student']}: {one['n_right']} of {one['n_asked']} right "
            f"({one['sent_at'][:16].replace('T', ' ')} UTC{label})"
        )
        for each in one["answers"]:
            if not each["is_right"]:
                chosen = each["choice"] or "no answer"
                typer.echo(f"  {each['question']} {chosen}, not {each['right']}")


def _base(url: str | None) -> str:
    return (url or local_url(read_settings())).rstrip("/")


def _ask(method: str, path: str, url: str | None, body: dict[str, Any] | None = None) -> Any:
    return _send(method, path, url, body).json()


def _send(
    method: str, path: str, url: str | None, body: dict[str, Any] | None = None
) -> "httpx.Response":
    import httpx

    base = _base(url)
    try:
        with httpx.Client(base_url=base, timeout=60.0, trust_env=False) as client:
            answer = client.request(method, path, json=body)
    except (httpx.TransportError, httpx.InvalidURL) as error:
        raise ServiceError(
            f"want a service at {base} (`licklab serve` starts one), got none: {error}"
        ) from error
    if answer.is_success:
        return answer
    try:
        detail = str(answer.json()["detail"])
    except (ValueError, KeyError, TypeError):
        detail = f"want an answer of Jazz Lick Lab from {base}, got {answer.status_code}"
    raise (ServiceError if answer.is_server_error else InputError)(detail)


def _echo_json(items: list[dict[str, Any]]) -> None:
    typer.echo(json.dumps(items, ensure_ascii=False, indent=2))
