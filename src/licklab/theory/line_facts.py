"""What the rules ask of a line, gathered once.

In: a line. Out: pitches, places, roles and gaps as plain lists, so that each rule reads like its
definition and a solo takes milliseconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from licklab.domain.line_analysis import NoteRole
from licklab.domain.solo_line import LineChord, SoloLine
from licklab.theory.chord_view import ChordView, view_chord
from licklab.theory.scales import ChordSetting, home_scale
from licklab.theory.weight import rank_places

# Silence of so many beats parts two notes: neither leads to the other.
_REST_BEATS = 0.6
# Nor does a note that is so far away: a figure goes in eighths or faster, its last note may be
# long.
_FAR_BEATS = 1.6
_EPSILON = 1e-6


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A line as the rules see it.

    Attributes
    ----------
    pitch : list of int
        Sounding pitches.
    rank : list of int
        How strong the place of each is; see `licklab.theory.weight.rank_places`.
    chord : list of int
        Chord under each; -1 where none is known or played.
    views : tuple of ChordView or None
        Of every chord of the line.
    homes : tuple of frozenset of int
        Scale that every chord asks for, in semitones above its root; empty where none is played.
    degree : list of str
        Over its chord; empty without one.
    role : list of NoteRole
        Over its chord.
    gap_beats : list of float
        From the onset of each note to the next one; of the last note to its end.
    is_linked : list of bool
        Whether each note goes on from the one before without a rest.
    changes : tuple of LineChord
        The chords.
    onset_sec, offset_sec, beat_sec : list of float, seconds
        Of the notes.
    has_beats : bool
        Whether places are known.
    """

    pitch: list[int]
    rank: list[int]
    chord: list[int]
    views: tuple[ChordView | None, ...]
    homes: tuple[frozenset[int], ...]
    degree: list[str]
    role: list[NoteRole]
    gap_beats: list[float]
    is_linked: list[bool]
    changes: tuple[LineChord, ...]
    onset_sec: list[float]
    offset_sec: list[float]
    beat_sec: list[float]
    has_beats: bool

    def __len__(self) -> int:
        return len(self.pitch)

    def view(self, note: int) -> ChordView | None:
        """Give the chord under a note.

        Parameters
        ----------
        note : int
            Its index.

        Returns
        -------
        ChordView or None
            None where none is known or played.
        """
        at = self.chord[note]
        return None if at < 0 else self.views[at]

    def is_tone(self, note: int) -> bool:
        """Tell whether a note is a tone of its chord.

        Parameters
        ----------
        note : int
            Its index.

        Returns
        -------
        bool
            True for guide tones and other chord tones.
        """
        return self.role[note].is_of_chord

    def is_outside(self, note: int) -> bool:
        """Tell whether a note is outside the scale that its chord asks for.

        Parameters
        ----------
        note : int
            Its index.

        Returns
        -------
        bool
            False without a chord.
        """
        view = self.view(note)
        return view is not None and (
            view.semitones(self.pitch[note]) not in self.homes[self.chord[note]]
        )

    def is_stronger(self, first: int, second: int) -> bool:
        """Tell whether the second of two neighbours has more weight.

        Parameters
        ----------
        first, second : int
            Their indices.

        Returns
        -------
        bool
            By their places; without beats, whether it lasts as long as the first at least.
        """
        if self.has_beats:
            return self.rank[second] > self.rank[first]
        return self.gap_beats[second] > self.gap_beats[first] - _EPSILON

    def is_on_beat(self, note: int) -> bool:
        """Tell whether a note stands on a beat.

        Parameters
        ----------
        note : int
            Its index.

        Returns
        -------
        bool
            False without beats.
        """
        return self.rank[note] > 0

    def are_linked(self, start: int, stop: int) -> bool:
        """Tell whether notes follow one another without a rest.

        Parameters
        ----------
        start, stop : int
            The first, and the first one after them.

        Returns
        -------
        bool
            False where they are not in the line.
        """
        return start >= 0 and stop <= len(self) and all(self.is_linked[start + 1 : stop])

    def beats_to_change(self, note: int, chord: int) -> float:
        """Measure how long before a chord a note begins.

        Parameters
        ----------
        note : int
            Its index.
        chord : int
            Index of the chord.

        Returns
        -------
        float, beats
            Below 0 where the note begins later.
        """
        return (self.changes[chord].onset_sec - self.onset_sec[note]) / self.beat_sec[note]


def gather_facts(line: SoloLine, settings: Sequence[ChordSetting | None]) -> LineFacts:
    """Gather what the rules ask of a line.

    Parameters
    ----------
    line : SoloLine
        Of notes.
    settings : sequence of ChordSetting or None
        What every chord of it does; None where none is played.

    Returns
    -------
    LineFacts
        With one of each kind for every note.
    """
    pitch: list[int] = line.pitch_midi.tolist()
    views = tuple(view_chord(one.symbol) for one in line.chords)
    homes = tuple(frozenset[int]() if one is None else home_scale(one) for one in settings)
    chord = [at if at >= 0 and views[at] is not None else -1 for at in line.chord.tolist()]
    degree, role = [], []
    for at, midi in zip(chord, pitch, strict=True):
        view = views[at] if at >= 0 else None
        degree.append(view.degrees[view.semitones(midi)] if view else "")
        role.append(view.roles[view.semitones(midi)] if view else NoteRole.NONE)
    onsets: list[float] = line.onset_sec.tolist()
    offsets: list[float] = line.offset_sec.tolist()
    beats: list[float] = line.beat_sec.tolist()
    gaps = [(after - before) for before, after in pairwise(onsets)]
    if onsets:
        gaps.append(offsets[-1] - onsets[-1])
    gap_beats = [gap / beat for gap, beat in zip(gaps, beats, strict=True)]
    rests = [
        (onsets[i] - offsets[i - 1]) / beats[i - 1] if i else _FAR_BEATS for i in range(len(pitch))
    ]
    is_linked = [
        i > 0 and rests[i] < _REST_BEATS and gap_beats[i - 1] < _FAR_BEATS
        for i in range(len(pitch))
    ]
    return LineFacts(
        pitch, rank_places(line), chord, views, homes, degree, role, gap_beats, is_linked,
        line.chords, onsets, offsets, beats, line.has_beats,
    )  # fmt: skip
