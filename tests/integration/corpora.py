"""The corpus of the running service, as the scheduler keeps it and as a test wants it."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from licklab.corpus.recordings import draw_solo
from licklab.corpus.solo import SoloInfo, solo_id
from licklab.corpus.store import Corpus
from licklab.domain.solo_line import NoteSpan
from licklab.domain.transcription import Transcription
from licklab.service.corpus_access import CorpusAccess
from licklab.service.database import Database
from licklab.service.own_solos import OwnSolos
from licklab.service.settings import Settings
from licklab.service.storage import LocalStorage
from tests.lines import even_grid, line, transcription

SOURCE = "Solos made up for tests"
_CHANGES = ("D:min7", "G:7", "C:maj7", "A:7")


class CorpusKeeper:
    """Does what the scheduler does, when a test wants it done."""

    def __init__(self, settings: Settings) -> None:
        self.database = Database(settings.required_database_url)
        self.access = CorpusAccess(settings.data_dir)
        self.folder = self.access.folder
        self._storage = LocalStorage(settings.data_dir)
        self._own = self.another()

    def another(self) -> OwnSolos:
        """Give a scheduler that has seen nothing yet."""
        return OwnSolos(self.database, self._storage, self.access)

    def keep(self) -> None:
        """Bring the corpus up to date."""
        while self._own.renew():
            pass

    def job_ids(self) -> list[str]:
        """List the jobs whose solos are there."""
        with Corpus(self.folder) as corpus:
            return [one.job_id for one in corpus.list_infos() if one.job_id is not None]

    def add(
        self,
        performer: str,
        title: str,
        *,
        instrument: str = "tenor_sax",
        style: str = "",
        year: int | None = None,
        start: Sequence[int] = (),
    ) -> str:
        """Add a solo of 64 eighths, 8 bars over ii-V-I-VI in phrases of 2; give its id.

        It begins with intervals, and goes on at random.
        """
        first = [66 + sum(start[: i + 1]) for i in range(len(start))]
        pitches = [*first, *walk(title)[len(first) :]]
        info = SoloInfo(
            solo_id("test", f"{performer} {title}"), performer, title, "", style, year, SOURCE,
            "CC0",
        )  # fmt: skip
        heard = transcription(
            line(*((i / 4, i / 4 + 0.2, pitch) for i, pitch in enumerate(pitches))),
            even_grid(9),
            labels=[(2.0 * i, _CHANGES[i % 4]) for i in range(8)],
            key="C",
            instrument=instrument,
        )
        phrases = tuple(NoteSpan(start, start + 16) for start in range(0, 64, 16))
        with Corpus(self.folder) as corpus:
            corpus.add([replace(draw_solo(heard, info), phrases=phrases)])
        return info.id

    def add_copy(self, performer: str, played: Transcription) -> None:
        """Add somebody who plays the same."""
        info = SoloInfo(solo_id("test", performer), performer, "Copy", "", source=SOURCE)
        with Corpus(self.folder) as corpus:
            corpus.add([draw_solo(played, info)])

    def clear(self) -> None:
        """Take the corpus away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def damage(self) -> None:
        """Write over the middle of the corpus, as a broken disk does."""
        for path in sorted(self.folder.glob("corpus.sqlite*")):
            path.write_bytes(b"no corpus" * 1000)

    @property
    def file(self) -> Path:
        return self.folder / "corpus.sqlite"


def walk(name: str) -> Sequence[int]:
    """Walk up and down, at random but always so for one name."""
    steps = np.random.default_rng(sum(map(ord, name))).integers(-4, 5, 64)
    pitch, pitches = 66, []
    for step in steps.tolist():
        pitch += step or 1
        if not 55 <= pitch <= 80:
            pitch -= 2 * (step or 1)
        pitches.append(pitch)
    return pitches
