"""The index of the corpus: brought up to date with the store, and opened.

It lies in the folder ``index`` of the corpus: segments, which never change, and a manifest that
names them. New solos make a new segment; small segments become one when there are many; solos that
left the corpus are passed over. Whatever is damaged or of another version is built anew, because
all of it comes from the store. One process writes at a time; those that read keep the files that
they have mapped.
"""

import fcntl
import itertools
import logging
import uuid
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from licklab.corpus.filtering import fold
from licklab.corpus.manifest import Manifest, read_manifest, write_manifest
from licklab.corpus.segment import (
    MAX_NOTES,
    LiveSolos,
    PackedSolo,
    Segment,
    build_segment,
    open_segment,
    pack_solo,
    split_segment,
)
from licklab.corpus.segment_file import SegmentRecord, read_segment, write_segment
from licklab.corpus.solo import CorpusSolo
from licklab.corpus.store import Corpus
from licklab.errors import CorpusError

# Every solo that a user records makes a segment, and every segment costs a search a quarter of a
# millisecond (benchmarks.licks.search).
_MAX_SMALL = 8
_SMALL_NOTES = MAX_NOTES // 4
_BUILDERS = 4  # threads: sorting is all that takes long
_TRIES = 5  # others may replace the files between reading the manifest and opening them
_KEPT_SOLOS = 512  # some 40 MB; a search shows ten, and the next one often the same
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SeedIndex:
    """An open index: how the corpus was when it was opened.

    Attributes
    ----------
    segments : tuple of Segment
        Open, mapped into memory.
    generation : int
        Of the corpus.
    n_bytes : int
        Of the files.
    performers : dict of str to int
        The number of each performer in the segments, by the folded name.
    """

    segments: tuple[Segment, ...]
    generation: int
    n_bytes: int
    performers: dict[str, int]
    _solos: dict[int, CorpusSolo]

    @property
    def n_notes(self) -> int:
        """Notes in the segments."""
        return sum(one.arrays.n_notes for one in self.segments)

    @property
    def longest(self) -> int:
        """Notes of the longest solo; 0 in an empty corpus."""
        lengths = [
            int(np.diff(one.arrays.starts)[one.is_live].max()) - 1
            for one in self.segments
            if one.is_live.any()
        ]
        return max(lengths, default=0)

    def load(self, corpus: Corpus, number: int) -> CorpusSolo:
        """Load a solo, and keep it for the next search.

        Parameters
        ----------
        corpus : Corpus
            To load it from.
        number : int
            Of the solo; the notes of a number never change.

        Returns
        -------
        CorpusSolo
            With its notes.

        Raises
        ------
        UnknownSoloError
            If it is no longer in the corpus.
        CorpusError
            If it cannot be read.
        """
        found = self._solos.get(number)
        if found is None:
            found = corpus.load_number(number)
            while len(self._solos) >= _KEPT_SOLOS:
                self._solos.pop(next(iter(self._solos), number), None)
            self._solos[number] = found
        return found


def open_index(corpus: Corpus) -> SeedIndex:
    """Bring the index up to date with the corpus, and open it.

    Parameters
    ----------
    corpus : Corpus
        To search in.

    Returns
    -------
    SeedIndex
        Of the corpus as it is now.

    Raises
    ------
    CorpusError
        If the index cannot be written, or the corpus cannot be read.
    """
    folder = corpus.folder / "index"
    must_rebuild = False
    for _ in range(_TRIES):
        state = corpus.identity, corpus.generation
        manifest = read_manifest(folder)
        if must_rebuild or manifest is None or (manifest.identity, manifest.generation) != state:
            manifest = _update(corpus, folder, must_rebuild=must_rebuild)
        try:
            return _open(corpus, folder, manifest)
        except FileNotFoundError:
            continue  # somebody replaced it meanwhile, or took it away: the next try tells
        except CorpusError as error:
            _LOG.warning("The index is built anew: %s.", error)
            must_rebuild = True
    return _open(corpus, folder, _update(corpus, folder, must_rebuild=True))


def _open(corpus: Corpus, folder: Path, manifest: Manifest) -> SeedIndex:
    """Open the files; a missing file is a FileNotFoundError, any other damage a CorpusError."""
    live, performers = _list_live(corpus)
    segments = tuple(open_segment(read_segment(folder, one), live) for one in manifest.segments)
    _require_agreement(segments, live, manifest.highest_number)
    n_bytes = sum(one.n_bytes for one in manifest.segments)
    return SeedIndex(segments, manifest.generation, n_bytes, performers, {})


def _list_live(corpus: Corpus) -> tuple[LiveSolos, dict[str, int]]:
    """List what is in the corpus, and the number of each performer."""
    with corpus.snapshot() as connection:
        rows = connection.execute(
            "SELECT number, n_notes, performer FROM solos ORDER BY number"
        ).fetchall()
    performers: dict[str, int] = {}
    of_name = {name: fold(name) for name in {str(one) for _, _, one in rows}}
    for name in sorted(of_name.values()):
        if name:
            performers.setdefault(name, len(performers))
    live = LiveSolos(
        np.array([one for one, _, _ in rows], dtype=np.int64),
        np.array([one for _, one, _ in rows], dtype=np.int64),
        np.array([performers.get(of_name[str(one)], -1) for _, _, one in rows], dtype=np.int64),
    )
    return live, performers


def _require_agreement(segments: Iterable[Segment], live: LiveSolos, highest_number: int) -> None:
    """Make sure that the index was made from this corpus and not from one that was here before."""
    covered = 0
    for one in segments:
        found = one.arrays.numbers[one.is_live]
        own = np.diff(one.arrays.starts)[one.is_live] - 1
        if np.any(live.lengths[np.searchsorted(live.numbers, found)] != own):
            raise CorpusError("want the solos of this corpus in the index, got those of another")
        covered += len(found)
    if covered != int(np.sum(live.numbers <= highest_number)):
        raise CorpusError("want every solo of the corpus in the index, got some that are not")


def _update(corpus: Corpus, folder: Path, *, must_rebuild: bool) -> Manifest:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder):
            manifest = None if must_rebuild else read_manifest(folder)
            # Read first: what is added from here on is seen by the next who opens the index.
            generation = corpus.generation
            if manifest is not None and manifest.identity != corpus.identity:
                manifest = None  # of a corpus that was here before
            if manifest is not None and manifest.generation == generation:
                return manifest  # somebody else did it
            if manifest is not None and manifest.generation > generation:
                manifest = None  # of a copy of the corpus that had come further
            made = _write(corpus, folder, manifest, generation)
            _sweep(folder, made)
            return made
    except OSError as error:
        raise CorpusError(
            f"want a folder for the index that can be written, got {folder}: {error}; give the "
            "corpus a folder of your own, or free some space"
        ) from error


def _write(corpus: Corpus, folder: Path, manifest: Manifest | None, generation: int) -> Manifest:
    """Write what the manifest does not cover, and a manifest that does."""
    live, _ = _list_live(corpus)
    records: list[SegmentRecord] = list(manifest.segments) if manifest else []
    highest = manifest.highest_number if manifest else 0
    try:
        opened = [open_segment(read_segment(folder, one), live) for one in records]
        _require_agreement(opened, live, highest)
    except (CorpusError, FileNotFoundError) as error:
        _LOG.warning("The index is built anew: %s.", error)
        opened, records, highest = [], [], 0
    kept, old = _choose_old(records, opened)

    def list_new() -> Iterator[PackedSolo]:
        nonlocal highest
        for number, pitches, onsets, offsets in corpus.packed_notes(highest):
            yield pack_solo(number, pitches, onsets, offsets)
            highest = number

    kept += _build(folder, itertools.chain(old, list_new()))
    made = Manifest(corpus.identity, generation, highest, tuple(kept))
    write_manifest(folder, made)
    return made


def _choose_old(
    records: list[SegmentRecord], opened: list[Segment]
) -> tuple[list[SegmentRecord], list[PackedSolo]]:
    """Tell which segments stay as they are, and take the others apart."""
    n_small = sum(one.n_notes < _SMALL_NOTES for one in records)
    kept, old = [], list[PackedSolo]()
    for record, segment in zip(records, opened, strict=True):
        is_half_empty = 2 * int(segment.is_live.sum()) < record.n_solos
        if is_half_empty or (n_small >= _MAX_SMALL and record.n_notes < _SMALL_NOTES):
            old += split_segment(segment)
        else:
            kept.append(record)
    return kept, sorted(old, key=lambda one: one.number)


def _build(folder: Path, solos: Iterable[PackedSolo]) -> list[SegmentRecord]:
    """Build segments of solos, several at once."""
    waiting: list[Future[SegmentRecord]] = []
    with ThreadPoolExecutor(_BUILDERS) as builders:
        batch, n_notes = list[PackedSolo](), 0
        for one in solos:
            batch.append(one)
            n_notes += len(one.pitch)
            if n_notes >= MAX_NOTES:
                waiting.append(builders.submit(_build_one, folder, batch))
                batch, n_notes = [], 0
        if batch:
            waiting.append(builders.submit(_build_one, folder, batch))
        return [one.result() for one in waiting]


def _build_one(folder: Path, solos: list[PackedSolo]) -> SegmentRecord:
    return write_segment(folder, f"{uuid.uuid4().hex}.segment", build_segment(solos))


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Wait until no other process writes; the system lets go should this one be killed."""
    with (folder / "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _sweep(folder: Path, manifest: Manifest) -> None:
    """Take away files that no manifest names any more."""
    named = {one.name for one in manifest.segments}
    for path in folder.iterdir():
        if path.suffix in {".segment", ".draft"} and path.name not in named:
            path.unlink(missing_ok=True)
