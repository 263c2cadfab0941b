"""The corpus as the service uses it: opened for one request, and never in the way of the rest."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from licklab.corpus.database import FILE_NAME
from licklab.corpus.index import SeedIndex, open_index
from licklab.corpus.players import count_players
from licklab.corpus.query import MIN_NOTES
from licklab.corpus.store import Corpus
from licklab.errors import CorpusError
from licklab.licks.ranking import PlayerCounter

log = logging.getLogger(__name__)

FOLDER = "corpus"
"""Under the data directory."""


@dataclass(frozen=True, slots=True)
class OpenCorpus:
    """An open corpus with its index."""

    corpus: Corpus
    index: SeedIndex


class CorpusAccess:
    """The way to the corpus.

    Parameters
    ----------
    data_dir : Path
        The data directory.
    """

    def __init__(self, data_dir: Path) -> None:
        self.folder = data_dir / FOLDER
        self._kept: tuple[tuple[str, int], SeedIndex] | None = None

    def exists(self) -> bool:
        """Tell whether there is a corpus.

        Returns
        -------
        bool
            Damaged or not.
        """
        return (self.folder / FILE_NAME).exists()

    @contextmanager
    def reading(self) -> Iterator[Corpus]:
        """Open the corpus for looking.

        Yields
        ------
        Corpus
            Made when it was absent.

        Raises
        ------
        CorpusError
            If it is damaged, or of another version.
        """
        with Corpus(self.folder) as corpus:
            yield corpus

    @contextmanager
    def searching(self) -> Iterator[OpenCorpus]:
        """Open the corpus and its index, brought up to date.

        Yields
        ------
        OpenCorpus
            To search in.

        Raises
        ------
        CorpusError
            If one of them is damaged, or of another version.
        """
        with Corpus(self.folder) as corpus:
            yield OpenCorpus(corpus, self._index_of(corpus))

    @contextmanager
    def counting(self) -> Iterator[PlayerCounter | None]:
        """Count players, as far as the corpus can be used.

        Yields
        ------
        callable or None
            From the pitches of something to how many play it; None when the corpus cannot be used
            or names no player: licks are found without it, too.
        """
        try:
            corpus = Corpus(self.folder)
        except CorpusError as error:
            _complain(error)
            yield None
            return
        with corpus:
            try:
                index = self._index_of(corpus)
            except CorpusError as error:
                _complain(error)
                yield None
                return
            # Nobody is no evidence against a lick where there is nobody who could play it.
            yield _patient(index) if index.performers else None

    def _index_of(self, corpus: Corpus) -> SeedIndex:
        """Give the index that was open for the last request, if nothing has changed since."""
        state = (corpus.identity, corpus.generation)
        kept = self._kept
        if kept is None or kept[0] != state:
            # Two requests may both open it: the files are mapped, and the later one is kept.
            kept = self._kept = (state, open_index(corpus))
        return kept[1]


def _patient(index: SeedIndex) -> PlayerCounter:
    """Make a counter that counts nobody from the first damage on.

    The user's own solos name no performer, and so do not count either.
    """
    is_sound = True

    def count(pitches: Sequence[int]) -> int:
        nonlocal is_sound
        if not is_sound or len(pitches) < MIN_NOTES:
            return 0
        try:
            return count_players(index, pitches)
        except CorpusError as error:
            _complain(error)
            is_sound = False
            return 0

    return count


def _complain(error: CorpusError) -> None:
    log.warning("licks without the players of the corpus: %s", error)
