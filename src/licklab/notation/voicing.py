"""Which voices a part has: one line, two hands, or two voices on one staff."""

from collections.abc import Sequence

from licklab.domain.note import Note
from licklab.domain.score import Part
from licklab.notation.bars import PageVoice
from licklab.notation.frame import Frame
from licklab.notation.hands import split_hands
from licklab.notation.lines import Onsets, end_line
from licklab.notation.voices import split_voices


def page_voices(
    notes: Sequence[Note], onsets: Onsets, frame: Frame, part: Part, *, is_line: bool
) -> tuple[PageVoice, ...]:
    """Share the notes out among voices.

    Parameters
    ----------
    notes : sequence of Note
        All that were heard.
    onsets : Onsets
        Where they begin.
    frame : Frame
        The bars.
    part : Part
        For whom.
    is_line : bool
        Whether one note sounds at a time.

    Returns
    -------
    tuple of PageVoice
        At least one for each staff of the part; every note is in one.
    """
    if part.n_staves == 2:
        return _two_hands(notes, onsets, frame)
    whole = end_line(notes, onsets, onsets.groups, frame)
    if is_line:
        return (PageVoice(whole),)
    return _two_voices(notes, onsets, frame)


def _two_hands(notes: Sequence[Note], onsets: Onsets, frame: Frame) -> tuple[PageVoice, ...]:
    is_right = split_hands(
        [note.onset_sec for note in notes],
        [note.offset_sec for note in notes],
        [round(note.pitch_midi) for note in notes],
    )
    voices = []
    for staff, right in ((1, True), (2, False)):
        members = [[i for i in group if is_right[i] is right] for group in onsets.groups]
        voices.append(PageVoice(end_line(notes, onsets, members, frame), staff, 1))
    return tuple(voices)


def _two_voices(notes: Sequence[Note], onsets: Onsets, frame: Frame) -> tuple[PageVoice, ...]:
    begins: list[float] = [0.0] * len(notes)
    for group, place in zip(onsets.groups, onsets.places, strict=True):
        for i in group:
            begins[i] = float(place.beat + place.place)
    for group, graces in zip(onsets.groups, onsets.graces, strict=True):
        for i in graces:
            begins[i] = begins[group[0]]
    lower = split_voices(
        begins,
        [frame.beat_at(note.offset_sec) for note in notes],
        [round(note.pitch_midi) for note in notes],
    )
    voices = []
    for voice in (0, 1):
        members = [[i for i in group if lower[i] == voice] for group in onsets.groups]
        if voice == 0 or any(members):
            voices.append(PageVoice(end_line(notes, onsets, members, frame), 1, voice + 1))
    return tuple(voices)
