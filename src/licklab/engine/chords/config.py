"""Weights of the chord decoder."""

from dataclasses import dataclass, field
from types import MappingProxyType


def _metre_costs() -> MappingProxyType[int, float]:
    # Of 370 Weimar solos 2.7 % are in 3/4 and fewer than 1 % in 5/4; the costs are smaller than
    # such shares ask for, because people who upload a waltz expect to see one.
    return MappingProxyType({4: 0.0, 3: 2.0, 5: 4.0, 2: 2.0})


@dataclass(frozen=True, slots=True)
class HarmonyConfig:
    """Weights of the chord decoder; chosen by `training/harmony/tune.py`.

    Attributes
    ----------
    frame_weight : float
        Of a frame's log probability. Neighbouring frames say nearly the same, so far below 1.
    prior_weight : float
        How much of the usual frequency of each chord is taken out of the evidence before the
        language model puts its own in.
    trim_share : float, below 0.5
        Of a beat, left out at either end, where the chords on both sides sound.
    language_weight : float
        Power of the language model's steps from chord to chord.
    bass_weight : float
        Power of what the bass speaks for.
    downbeat_weight : float
        Power of the odds that a bar begins on a beat.
    downbeat_share : float, 0 to 1
        Of beats that are downbeats where the odds were learned.
    slip_probability : float
        That a bar has a beat too many, and as much that it has one too few: what the beat tracker
        does, not the band.
    metre_costs : mapping of int to float
        What speaks against each number of beats in a bar.
    sharpness : float
        Power of the odds between metres, and of those between places of the bar line, before they
        are told as a confidence: evidence that is not independent sounds surer than it is.
    chord_sharpness : float
        Power of what was heard before it is told as a confidence, for the same reason.
    repeat_weight : float
        Of the evidence of other bars that repeat a bar; 0 listens to each bar alone.
    repeat_likeness : float, 0 to 1
        From which bars and their neighbours are taken for a repeat.
    own_language_trust : float
        How many changes of this very recording outweigh the language model.
    tension_threshold : float, probability
        From which an alteration of a dominant is written.
    slash_odds : float
        By how much the log probability of a chord tone in the bass must exceed the root's.
    """

    frame_weight: float = 0.15
    prior_weight: float = 0.0
    trim_share: float = 0.1
    language_weight: float = 1.0
    bass_weight: float = 1.0
    downbeat_weight: float = 0.4
    downbeat_share: float = 0.27
    slip_probability: float = 3e-3
    metre_costs: MappingProxyType[int, float] = field(default_factory=_metre_costs)
    sharpness: float = 0.25
    chord_sharpness: float = 0.6
    repeat_weight: float = 0.6
    repeat_likeness: float = 0.5
    own_language_trust: float = 20.0
    tension_threshold: float = 0.5
    slash_odds: float = 1.5
