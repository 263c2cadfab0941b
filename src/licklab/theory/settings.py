"""What each chord of a line does, as far as the choice of a scale asks.

In: chords, and what they do in keys. Out: a setting for each. Substitute dominants, which fall by
a semitone or rise by a whole tone, are those of Nettles and Graf, "The Chord Scale Theory and Jazz
Harmony" (1997).
"""

from collections.abc import Sequence

from licklab.domain.harmony_function import HarmonyAnalysis
from licklab.domain.key import KeyMode
from licklab.domain.note_name import note_pitch_class
from licklab.domain.solo_line import LineChord
from licklab.theory.chord_view import ChordFamily, family_of
from licklab.theory.scales import ChordSetting

_MINORS = {ChordFamily.MINOR, ChordFamily.TONIC_MINOR}
_FOURTH_UP, _SEMITONE_DOWN, _WHOLE_TONE_UP = 5, 11, 2


def root_motion(chords: Sequence[LineChord], at: int) -> int | None:
    """Measure how far the root moves to the next chord.

    Parameters
    ----------
    chords : sequence of LineChord
        In order.
    at : int
        Index of the first of the two.

    Returns
    -------
    int, 0 to 11, or None
        Semitones upward; None where either is no chord or there is no next one.
    """
    if not 0 <= at < len(chords) - 1:
        return None
    first, second = chords[at].symbol, chords[at + 1].symbol
    if first.is_none or second.is_none:
        return None
    return (note_pitch_class(second.root) - note_pitch_class(first.root)) % 12


def settings_of(
    chords: Sequence[LineChord], harmony: HarmonyAnalysis
) -> tuple[ChordSetting | None, ...]:
    """Tell what each chord does.

    Parameters
    ----------
    chords : sequence of LineChord
        In order.
    harmony : HarmonyAnalysis
        Of them.

    Returns
    -------
    tuple of ChordSetting or None
        One for each; None where none is played.
    """
    keys = {one.chord: one.key for one in harmony.functions}
    found: list[ChordSetting | None] = []
    for at, chord in enumerate(chords):
        if chord.symbol.is_none:
            found.append(None)
            continue
        key = keys.get(at)
        motion = root_motion(chords, at)
        following = None if motion is None else family_of(chords[at + 1].symbol)
        step = None
        if key is not None:
            step = (note_pitch_class(chord.symbol.root) - key.pitch_class) % 12
        found.append(
            ChordSetting(
                chord.symbol,
                step,
                key is not None and key.mode is KeyMode.MINOR,
                motion == _FOURTH_UP and following in _MINORS,
                motion == _SEMITONE_DOWN
                or (motion == _WHOLE_TONE_UP and following is ChordFamily.MAJOR),
            )
        )
    return tuple(found)
