"""From a transcription to the score of one part: the only file that joins the steps.

notes, beats, chords -> bars -> onsets -> voices -> lengths -> spelling -> heads -> page
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from licklab.domain.analysis import Analysis
from licklab.domain.chord import NO_CHORD
from licklab.domain.key import Key
from licklab.domain.note import Note
from licklab.domain.pitch_name import SpelledPitch
from licklab.domain.score import Part, Score, ScoreBar, ScoreHead
from licklab.domain.swing import SwingFeel, name_swing
from licklab.domain.tab import StringFret, Tuning
from licklab.domain.transcription import Transcription
from licklab.errors import PartError
from licklab.notation.accidentals import mark_accidentals
from licklab.notation.bars import meters_of, write_voice
from licklab.notation.choosing import choose_bars
from licklab.notation.frame import Frame
from licklab.notation.headings import (
    break_lines,
    chord_beats,
    chords_of_bars,
    mark_form,
    move_chords,
)
from licklab.notation.lines import Onsets
from licklab.notation.parts import choose_octave, find_part, move_key
from licklab.notation.rhythm import Rhythm, read_rhythm
from licklab.notation.spelling import spell
from licklab.notation.tab import finger
from licklab.notation.voicing import page_voices

# More likely wrong than right: confidence is calibrated.
_DOUBTFUL_BELOW = 0.5


@dataclass(frozen=True, slots=True)
class ScoreOptions:
    """What somebody wants to read.

    Attributes
    ----------
    part : str or None
        An instrument or ``concert``; the instrument that was heard if None.
    key : Key or None
        Concert key to move the solo to; its own if None. Only the tonic counts.
    semitones : int or None
        To move the solo by instead; not at all if None.
    octave : int or None
        Octaves to move by besides; as fits the instrument if None.
    first_bar, last_bar : int or None
        Numbers of the bars wanted, both included; all if None.
    around : frozenset of str or None
        Ids of notes: instead, the bars from the first to the last in which they stand.
    title, composer : str
        For the head of the page.
    tuning : Tuning or None
        Of the tablature; none is written if None.
    marks_doubt : bool
        Whether notes that are doubtful are marked.
    """

    part: str | None = None
    key: Key | None = None
    semitones: int | None = None
    octave: int | None = None
    first_bar: int | None = None
    last_bar: int | None = None
    around: frozenset[str] | None = None
    title: str = ""
    composer: str = ""
    tuning: Tuning | None = None
    marks_doubt: bool = True


def arrange(transcription: Transcription, options: ScoreOptions | None = None) -> Score:
    """Write the bars that are wanted of a transcription as the score of one part.

    Parameters
    ----------
    transcription : Transcription
        As heard or mended.
    options : ScoreOptions, optional
        What is wanted; the part of the instrument that was heard if omitted.

    Returns
    -------
    Score
        With every heard note of the bars that are wanted.

    Raises
    ------
    PartError
        If there is no such part, or no such bars, or both a key and semitones are wanted.
    """
    wanted = options or ScoreOptions()
    return take_bars(write_part(transcription, wanted), wanted)


def write_part(
    transcription: Transcription, wanted: ScoreOptions, rhythm: Rhythm | None = None
) -> Score:
    """Write all of a transcription, for pages of any of its bars.

    Parameters
    ----------
    transcription : Transcription
        As heard or mended.
    wanted : ScoreOptions
        For whom; which bars, and with which title, does not count.
    rhythm : Rhythm, optional
        What `read_rhythm` gave for the transcription, where it is at hand.

    Returns
    -------
    Score
        With every heard note; what depends on the bars of a page is not there yet.

    Raises
    ------
    PartError
        If there is no such part, or both a key and semitones are wanted.
    """
    analysis = transcription.analysis or Analysis()
    notes = transcription.notes
    sounding = [round(note.pitch_midi) for note in notes]
    part = find_part(wanted.part, transcription.instrument, sounding)
    semitones = _moves_by(sounding, analysis, part, wanted)
    written_by = semitones + part.transposition_semitones
    part = replace(part, tuning=wanted.tuning)
    key = None if analysis.key is None else move_key(analysis.key.key, written_by)

    read = rhythm or read_rhythm(transcription)
    frame, onsets = read.frame, read.onsets
    names = move_chords(analysis.chords, written_by, key)
    labels = _labels_under(onsets, analysis, frame, names, len(notes))
    spelled = spell([pitch + written_by for pitch in sounding], labels, key)
    places = _places(notes, [pitch + semitones for pitch in sounding], part.tuning)
    heads = _heads(transcription, spelled, semitones, places, marks_doubt=wanted.marks_doubt)

    voices = page_voices(notes, onsets, frame, part, is_line=read.is_line)
    meters = meters_of(frame, onsets.divisions)
    written = [write_voice(one, frame, meters, heads.__getitem__) for one in voices]
    chords = chords_of_bars(analysis.chords, names, frame)
    bars = [
        ScoreBar(
            bar.number,
            bar.signature,
            bar.length_quarter,
            frame.beat_secs[bar.first_beat],
            frame.beat_secs[bar.first_beat + bar.n_beats],
            tuple(voice[i] for voice in written),
            chords[i],
            beat_secs=frame.beat_secs[bar.first_beat : bar.first_beat + bar.n_beats],
        )
        for i, bar in enumerate(frame.bars)
    ]
    return Score(
        title="",
        composer="",
        part=part,
        bars=mark_form(bars, analysis.form),
        key=key,
        tempo_bpm=None if frame.is_free else analysis.grid.tempo_bpm,
        swing_ratio=_page_ratio(analysis),
        warnings=_warnings(frame),
        moved_semitones=semitones,
    )


def take_bars(written: Score, wanted: ScoreOptions) -> Score:
    """Make a page of some bars.

    Parameters
    ----------
    written : Score
        All of the part, by `write_part`.
    wanted : ScoreOptions
        Which bars, under which title; all if it names none.

    Returns
    -------
    Score
        With accidentals and lines of its own.

    Raises
    ------
    PartError
        If there are no such bars.
    """
    chosen = choose_bars(written.bars, wanted.first_bar, wanted.last_bar, wanted.around)
    return replace(
        written,
        title=wanted.title,
        composer=wanted.composer,
        bars=break_lines(mark_accidentals(chosen, written.key)),
    )


def _moves_by(sounding: Sequence[int], analysis: Analysis, part: Part, wanted: ScoreOptions) -> int:
    """Give the semitones that the solo is moved by before it is written."""
    semitones = wanted.semitones or 0
    if wanted.key is not None:
        if wanted.semitones is not None:
            raise PartError("want a key or semitones to move the solo by, got both")
        if analysis.key is None:
            raise PartError("want a recording whose key is known to move it to another, got none")
        semitones = analysis.key.key.semitones_to(wanted.key)
    if wanted.octave is not None:
        return semitones + 12 * wanted.octave
    return semitones + choose_octave([pitch + semitones for pitch in sounding], part)


def _page_ratio(analysis: Analysis) -> float | None:
    swing = analysis.swing
    if swing is None:
        return None
    ratio = swing.ratio or swing.soloist_ratio
    return None if ratio is None or name_swing(ratio) is SwingFeel.STRAIGHT else ratio


def _labels_under(
    onsets: Onsets,
    analysis: Analysis,
    frame: Frame,
    names: Sequence[tuple[str, str]],
    n_notes: int,
) -> list[str]:
    """Give the label of the chord under each note, by its place on the page."""
    labels = [NO_CHORD] * n_notes
    begins = chord_beats(analysis.chords, frame)
    at = -1
    for group, graces, place in zip(onsets.groups, onsets.graces, onsets.places, strict=True):
        while at + 1 < len(begins) and begins[at + 1] <= place.beat:
            at += 1
        label = names[at][0] if at >= 0 else NO_CHORD
        for i in (*graces, *group):
            labels[i] = label
    return labels


def _places(
    notes: Sequence[Note], pitches_midi: Sequence[int], tuning: Tuning | None
) -> Sequence[StringFret | None]:
    if tuning is None:
        return [None] * len(notes)
    return finger(
        [note.onset_sec for note in notes],
        [note.offset_sec for note in notes],
        pitches_midi,
        tuning,
    )


def _heads(
    transcription: Transcription,
    spelled: Sequence[SpelledPitch],
    semitones: int,
    places: Sequence[StringFret | None],
    *,
    marks_doubt: bool,
) -> list[ScoreHead]:
    return [
        ScoreHead(
            pitch,
            round(note.pitch_midi) + semitones,
            note_id,
            note.onset_sec,
            note.offset_sec,
            note.velocity,
            note.confidence,
            is_doubtful=marks_doubt and note.confidence < _DOUBTFUL_BELOW,
            place=place,
        )
        for note, note_id, pitch, place in zip(
            transcription.notes, transcription.note_ids, spelled, places, strict=True
        )
    ]


def _warnings(frame: Frame) -> tuple[str, ...]:
    if frame.is_free:
        return (
            "No pulse was heard: the bars are counted at 120 beats a minute from the first note.",
        )
    return ()
