"""The program `licklab`.

The commands import what they run when they run it: a list of instruments is there at once.
"""

import os
import sys
from typing import Annotated

import typer

from licklab.cli import assignment, corpus, practice
from licklab.cli.analyze import analyze
from licklab.cli.attempt import attempt
from licklab.cli.coach import coach
from licklab.cli.demo import demo
from licklab.cli.doctor import doctor
from licklab.cli.exits import EXIT_HELP, Exit, exit_code
from licklab.cli.export import export
from licklab.cli.import_score import import_score
from licklab.cli.licks import licks
from licklab.cli.mend import mend
from licklab.cli.practice_pack import practice_pack
from licklab.cli.search import CONTEXT, search
from licklab.cli.serve import serve, worker
from licklab.cli.transcribe import transcribe
from licklab.domain.instrument import INSTRUMENTS
from licklab.domain.pitch import pitch_name
from licklab.errors import LickLabError
from licklab.version import __version__

app = typer.Typer(
    help="Jazz Lick Lab: from a recording to its soloist's notes and licks, and who plays them.",
    epilog=EXIT_HELP,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command(epilog=EXIT_HELP)(transcribe)
app.command(epilog=EXIT_HELP)(mend)
app.command(epilog=EXIT_HELP)(export)
app.command("import", epilog=EXIT_HELP)(import_score)
app.command(epilog=EXIT_HELP)(licks)
app.command(epilog=EXIT_HELP)(analyze)
app.command(epilog=EXIT_HELP)(attempt)
app.command(epilog=EXIT_HELP)(coach)
app.command("practice-pack", epilog=EXIT_HELP)(practice_pack)
app.command(epilog=EXIT_HELP, context_settings=CONTEXT)(search)
app.add_typer(corpus.app, name="corpus")
app.add_typer(assignment.app, name="assignment")
app.add_typer(practice.app, name="practice")
app.command()(serve)
app.command()(worker)
app.command()(demo)
app.command()(doctor)


@app.command()
def instruments() -> None:
    """List the instruments that can be followed."""
    from rich.console import Console
    from rich.table import Table

    table = Table("id", "name", "sounds", "also called")
    for one in INSTRUMENTS.values():
        sounds = f"{pitch_name(one.lowest_midi)}-{pitch_name(one.highest_midi)}"
        table.add_row(one.id, one.name, sounds, ", ".join(one.aliases))
    Console().print(table)


@app.callback(invoke_without_command=True)
def _root(
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    if version:
        typer.echo(f"licklab {__version__}")
        raise typer.Exit


def run() -> None:
    """Run the program: errors of ours become one line and an exit code."""
    try:
        app()
    except LickLabError as error:
        typer.echo(f"licklab: {error}", err=True)
        sys.exit(exit_code(error))
    except BrokenPipeError:
        # Whoever reads our output has had enough; the interpreter must not complain at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(Exit.UNEXPECTED)
    except OSError as error:
        typer.echo(f"licklab: {error.filename or 'output'}: {error.strerror}", err=True)
        sys.exit(Exit.UNEXPECTED)
    except KeyboardInterrupt:
        sys.exit(Exit.INTERRUPTED)


if __name__ == "__main__":
    run()
