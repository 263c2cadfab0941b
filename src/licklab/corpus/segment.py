"""A segment of the index: the notes of some solos, packed, and their order by intervals.

A segment never changes. Solos that leave the corpus are passed over (`Segment.is_live`) until the
segment is written anew; new solos make a new segment.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.corpus.alignment import SHORT_SEC
from licklab.corpus.candidates import BLOCK_BITS
from licklab.corpus.seeds import DEPTH, SHORT_BIT, order_notes
from licklab.domain.solo_line import Floats, Ints

MAX_NOTES = 4_000_000
"""Notes a segment: some 35 MB, and a second of sorting; larger indexes are built by threads."""

_MAX_GAP_MS = 65_535


@dataclass(frozen=True, slots=True, eq=False)
class PackedSolo:
    """Notes of a solo as they lie in a segment.

    Attributes
    ----------
    number : int
        Of the solo in the corpus.
    pitch : shape=(n_notes,), uint8
        MIDI; with `licklab.corpus.seeds.SHORT_BIT` where the note is short.
    gap_ms : shape=(n_notes,), uint16, milliseconds
        To the next onset; 0 at the last note.
    """

    number: int
    pitch: npt.NDArray[np.uint8]
    gap_ms: npt.NDArray[np.uint16]


@dataclass(frozen=True, slots=True, eq=False)
class SegmentArrays:
    """What a segment's file holds.

    Attributes
    ----------
    pitch : shape=(n_positions,), uint8
        Solos one after another, a 0 after each, and `licklab.corpus.seeds.DEPTH` more at the end.
    gap_ms : shape=(n_positions,), uint16, milliseconds
        To the next onset.
    order, directory : shape=(n_seeds,) and (n_triples + 1,), uint32
        From `licklab.corpus.seeds.order_notes`.
    starts : shape=(n_solos + 1,), int64
        First position of each solo, and where the next one would begin.
    numbers : shape=(n_solos,), int64
        Of the solos in the corpus, rising.
    """

    pitch: npt.NDArray[np.uint8]
    gap_ms: npt.NDArray[np.uint16]
    order: npt.NDArray[np.uint32]
    directory: npt.NDArray[np.uint32]
    starts: Ints
    numbers: Ints

    @property
    def n_notes(self) -> int:
        """Notes of all its solos."""
        return int(self.starts[-1]) - len(self.numbers)


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """A segment that is open for searching.

    Attributes
    ----------
    arrays : SegmentArrays
        Of its file.
    solo_of_block : shape=(n_blocks,), int
        Which of its solos the first note of every block is in.
    is_live : shape=(n_solos,)
        Whether a solo is still in the corpus.
    performer : shape=(n_solos,), int
        Who plays it, as `LiveSolos` counts them; -1 where nobody is named, or it is not live.
    """

    arrays: SegmentArrays
    solo_of_block: Ints
    is_live: npt.NDArray[np.bool_]
    performer: Ints


@dataclass(frozen=True, slots=True, eq=False)
class LiveSolos:
    """The solos that are in the corpus.

    Attributes
    ----------
    numbers : shape=(n_solos,), int
        Rising.
    lengths : shape=(n_solos,), int
        Notes of each.
    performers : shape=(n_solos,), int
        Who plays each; -1 where nobody is named.
    """

    numbers: Ints
    lengths: Ints
    performers: Ints


def pack_solo(number: int, pitch_midi: Ints, onset_sec: Floats, offset_sec: Floats) -> PackedSolo:
    """Pack the notes of a solo.

    Parameters
    ----------
    number : int
        Of the solo in the corpus.
    pitch_midi : shape=(n_notes,), MIDI
        Of its notes.
    onset_sec, offset_sec : shape=(n_notes,), seconds
        Of its notes.

    Returns
    -------
    PackedSolo
        With times in whole milliseconds, which do not add up their errors.
    """
    onset_ms = np.round(onset_sec * 1000).astype(np.int64)
    gaps = np.zeros(len(onset_ms), dtype=np.uint16)
    gaps[:-1] = np.clip(np.diff(onset_ms), 0, _MAX_GAP_MS)
    pitch = np.clip(pitch_midi, 1, 127).astype(np.uint8)
    pitch[is_short(onset_sec, offset_sec)] |= SHORT_BIT
    return PackedSolo(number, pitch, gaps)


def is_short(onset_sec: Floats, offset_sec: Floats) -> npt.NDArray[np.bool_]:
    """Tell which notes are as short as ornaments.

    Parameters
    ----------
    onset_sec, offset_sec : shape=(n_notes,), seconds
        Of the notes.

    Returns
    -------
    shape=(n_notes,)
        Whether each sounds shorter than `licklab.corpus.alignment.SHORT_SEC`, or is followed
        sooner.
    """
    lengths = offset_sec - onset_sec
    lengths[:-1] = np.minimum(lengths[:-1], np.diff(onset_sec))
    short: npt.NDArray[np.bool_] = lengths < SHORT_SEC
    return short


def build_segment(solos: Iterable[PackedSolo]) -> SegmentArrays:
    """Build a segment.

    Parameters
    ----------
    solos : iterable of PackedSolo
        At least one, by number.

    Returns
    -------
    SegmentArrays
        Of all of them.
    """
    pitches, gaps, numbers, lengths = [], [], [], []
    for one in solos:
        pitches += [one.pitch, np.zeros(1, dtype=np.uint8)]
        gaps += [one.gap_ms, np.zeros(1, dtype=np.uint16)]
        numbers.append(one.number)
        lengths.append(len(one.pitch) + 1)
    pitch = np.concatenate([*pitches, np.zeros(DEPTH, dtype=np.uint8)])
    order, directory = order_notes(pitch)
    return SegmentArrays(
        pitch=pitch,
        gap_ms=np.concatenate([*gaps, np.zeros(DEPTH, dtype=np.uint16)]),
        order=order,
        directory=directory,
        starts=np.concatenate(([0], np.cumsum(lengths))).astype(np.int64),
        numbers=np.array(numbers, dtype=np.int64),
    )


def open_segment(arrays: SegmentArrays, live: LiveSolos) -> Segment:
    """Make a segment ready for searching.

    Parameters
    ----------
    arrays : SegmentArrays
        As built or read.
    live : LiveSolos
        What is in the corpus.

    Returns
    -------
    Segment
        Over the same arrays.
    """
    blocks = np.arange(0, len(arrays.pitch), 1 << BLOCK_BITS)
    solos = np.searchsorted(arrays.starts, blocks, side="right") - 1
    solos = np.minimum(solos, len(arrays.numbers) - 1)
    is_live = np.isin(arrays.numbers, live.numbers)
    performer = np.full(len(is_live), -1, dtype=np.int64)
    performer[is_live] = live.performers[np.searchsorted(live.numbers, arrays.numbers[is_live])]
    return Segment(arrays, solos.astype(np.int64), is_live, performer)


def split_segment(segment: Segment) -> list[PackedSolo]:
    """Take the solos out of a segment that are still in the corpus.

    Parameters
    ----------
    segment : Segment
        To take apart.

    Returns
    -------
    list of PackedSolo
        By number.
    """
    arrays = segment.arrays
    return [
        PackedSolo(
            int(arrays.numbers[solo]),
            arrays.pitch[arrays.starts[solo] : arrays.starts[solo + 1] - 1],
            arrays.gap_ms[arrays.starts[solo] : arrays.starts[solo + 1] - 1],
        )
        for solo in np.flatnonzero(segment.is_live)
    ]
