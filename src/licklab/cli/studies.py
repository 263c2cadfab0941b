"""Studies of files: what `licklab licks` and `licklab analyze` have in common."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from licklab.cli.progress import tell_if_slow
from licklab.cli.search import PREPARING
from licklab.cli.serve import read_settings
from licklab.cli.solo_file import FileSolo, read_solo_file

if TYPE_CHECKING:
    from licklab.licks.ranking import PlayerCounter
    from licklab.studying.study import Study


def study_file(
    path: Path, *, instrument: str | None, part: str | None, quiet: bool
) -> tuple[FileSolo, "Study"]:
    """Read or hear a solo, and study it.

    Parameters
    ----------
    path : Path
        A transcription, a score, or a recording.
    instrument, part : str, optional
        As `licklab.cli.solo_file.read_solo_file` takes them.
    quiet : bool
        Whether no progress is shown.

    Returns
    -------
    solo : FileSolo
        As read or heard.
    study : Study
        Of its line; licks are ranked with the players of the corpus, where there is one.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    from licklab.studying.study import study

    solo = read_solo_file(path, instrument=instrument, part=part, quiet=quiet)
    with tell_if_slow(PREPARING, quiet=quiet), _counting() as count_players:
        return solo, study(solo.transcription, count_players=count_players)


@contextmanager
def _counting() -> Iterator["PlayerCounter | None"]:
    """Count the players of the corpus; licks are found without it, too."""
    from licklab.service.corpus_access import CorpusAccess

    access = CorpusAccess(read_settings().data_dir)
    if not access.exists():
        yield None
        return
    with access.counting() as count_players:
        yield count_players
