"""`licklab doctor`: is everything there, and what to do when it is not."""

import typer

from licklab.cli.exits import Exit
from licklab.cli.serve import read_settings


def doctor() -> None:
    """Check versions, models, decoders, database, queue and disk, and say what to do."""
    from licklab.service.checkup import examine

    all_well = True
    for one in examine(read_settings()):
        all_well = all_well and one.ok
        typer.echo(f"{'ok  ' if one.ok else 'FAIL'} {one.name:9} {one.detail}")
    if not all_well:
        raise typer.Exit(Exit.SERVICE)
