"""A bar that shows how far the work is, where somebody watches."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

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
