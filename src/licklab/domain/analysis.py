"""Rhythm and harmony of one recording."""

from dataclasses import dataclass, field

from licklab.domain.beat import BeatGrid
from licklab.domain.chord import BassNote, Chord
from licklab.domain.form import Form
from licklab.domain.key import KeyEstimate, LocalKey
from licklab.domain.swing import Swing


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is under the notes.

    Attributes
    ----------
    grid : BeatGrid
        Beats and bars.
    swing : Swing or None
        Of the whole.
    chorus_swing : tuple of Swing
        Of each chorus, where there is a form.
    chords : tuple of Chord
        In order, without gaps between them.
    bass_notes : tuple of BassNote
        Ordered by onset.
    key : KeyEstimate or None
        Of the whole; None where there are no chords.
    local_keys : tuple of LocalKey
        In order; one where the piece does not modulate.
    form : Form or None
        None where no repetition was found.
    """

    grid: BeatGrid = field(default_factory=BeatGrid)
    swing: Swing | None = None
    chorus_swing: tuple[Swing, ...] = ()
    chords: tuple[Chord, ...] = ()
    bass_notes: tuple[BassNote, ...] = ()
    key: KeyEstimate | None = None
    local_keys: tuple[LocalKey, ...] = ()
    form: Form | None = None
