"""What is shown while somebody waits: a bar, or a word where nobody knows how long it takes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console

ShowProgress = Callable[[float, str], None]
"""Called with what is done, from 0 to 1, and with a word for what goes on."""


@contextmanager
def show_progress(console: "Console", what: str) -> Iterator[ShowProgress]:
    """Show a bar while something is done.

    Parameters
    ----------
    console : Console
        Where; nothing is shown where it is quiet or no terminal.
    what : str
        Stands before the bar.

    Yields
    ------
    callable
        To be called with what is done.
    """
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(),
               TimeRemainingColumn(), TextColumn("{task.fields[stage]}"))  # fmt: skip
    hidden = console.quiet or not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=hidden) as bar:
        task = bar.add_task(what, total=1.0, stage="")

        def report(fraction: float, stage: str) -> None:
            bar.update(task, completed=fraction, stage=stage)

        yield report


@contextmanager
def tell_if_slow(text: str, *, after_sec: float = 2.0, quiet: bool = False) -> Iterator[None]:
    """Say what goes on, if it takes long.

    Parameters
    ----------
    text : str
        To say on standard error.
    after_sec : float, seconds
        How long nothing is said.
    quiet : bool
        Whether nothing is said at all.

    Yields
    ------
    None
        While it goes on.
    """
    timer = Timer(after_sec, typer.echo, [f"licklab: {text}"], {"err": True})
    timer.daemon = True
    if not quiet:
        timer.start()
    try:
        yield
    finally:
        timer.cancel()
