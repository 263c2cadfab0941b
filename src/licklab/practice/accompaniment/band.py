"""The rhythm section together."""

from dataclasses import dataclass, replace

from licklab.domain.passage import Passage, PassageNote
from licklab.practice.accompaniment.comping import comp_shells
from licklab.practice.accompaniment.drumming import ride_along
from licklab.practice.accompaniment.walking import walk_bass

BALLAD_BPM = 80.0
"""Slower than this the bass plays in two, and chords are held."""


@dataclass(frozen=True, slots=True)
class Accompaniment:
    """What a rhythm section plays to a passage.

    Attributes
    ----------
    bass : tuple of PassageNote
        One after another.
    shells : tuple of PassageNote
        Two at a time.
    drums : tuple of PassageNote
        Pitches are keys of General MIDI's percussion.
    """

    bass: tuple[PassageNote, ...]
    shells: tuple[PassageNote, ...]
    drums: tuple[PassageNote, ...]


def accompany(passage: Passage, tempo_bpm: float | None = None) -> Accompaniment:
    """Play a simple rhythm section to a passage.

    Parameters
    ----------
    passage : Passage
        To accompany.
    tempo_bpm : float, optional
        That it is practised at; its own if omitted.

    Returns
    -------
    Accompaniment
        The same for the same passage, always.
    """
    tempo = passage.tempo_bpm if tempo_bpm is None else tempo_bpm
    played = replace(passage, tempo_bpm=tempo)
    is_ballad = tempo < BALLAD_BPM
    return Accompaniment(
        bass=walk_bass(played, in_two=is_ballad),
        shells=comp_shells(played, is_held=is_ballad),
        drums=ride_along(played),
    )
