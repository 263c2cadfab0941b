"""The score of a passage: every note exactly where it stands, for any part, in any key.

Nothing is guessed here as it is for recordings (`licklab.notation.arrange`): places and lengths are
those of the passage.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

from licklab.domain.chord import NO_CHORD
from licklab.domain.chord_symbol import ChordSymbol, transpose
from licklab.domain.chord_writing import write_symbol
from licklab.domain.harte import to_harte
from licklab.domain.instrument import Clef
from licklab.domain.passage import Passage
from licklab.domain.pitch_name import SpelledPitch
from licklab.domain.score import Part, Score, ScoreBar, ScoreChord, ScoreHead
from licklab.domain.tab import StringFret, Tuning
from licklab.notation.accidentals import mark_accidentals
from licklab.notation.bars import PageVoice, meters_of, write_voice
from licklab.notation.frame import Frame, FrameBar
from licklab.notation.headings import break_lines
from licklab.notation.lines import LineNote
from licklab.notation.parts import find_part, move_key
from licklab.notation.passage_playing import PassageClock, name_notes
from licklab.notation.spelling import spell
from licklab.notation.tab import finger

# Below it a line alone stands mostly under the treble staff.
_BASS_BELOW_MIDI = 55


@dataclass(frozen=True, slots=True)
class PassageLook:
    """How a passage is written.

    Attributes
    ----------
    instrument : str
        Id of who reads it; ``concert`` for nobody in particular.
    tuning : Tuning or None
        Of the tablature; None for none.
    title, composer : str
        For the head of the page.
    """

    instrument: str
    tuning: Tuning | None = None
    title: str = ""
    composer: str = ""


def arrange_passage(passage: Passage, look: PassageLook) -> Score:
    """Write a passage as the score of one part.

    Parameters
    ----------
    passage : Passage
        At concert pitch, in the octave in which it is to be played.
    look : PassageLook
        For whom.

    Returns
    -------
    Score
        With its notes on one staff, whatever the instrument: a line needs no second one.

    Raises
    ------
    PartError
        If there is no such part.
    """
    pitches = passage.pitches_midi
    part = _one_staff(find_part(look.instrument, look.instrument, pitches), pitches)
    part = replace(part, tuning=look.tuning)
    by = part.transposition_semitones
    key = None if passage.key is None else move_key(passage.key, by)
    clock = PassageClock(passage)
    frame = _frame(passage)
    names = [_written(one.symbol, by, passage) for one in passage.chords]
    heads = _heads(passage, part, names, clock)
    voice = PageVoice(
        tuple(
            LineNote(
                one.onset_quarter / passage.beat_quarter,
                one.offset_quarter / passage.beat_quarter,
                (i,),
            )
            for i, one in enumerate(passage.notes)
        )
    )
    meters = meters_of(frame, _divisions(passage))
    voices = write_voice(voice, frame, meters, heads.__getitem__)
    bars = [
        ScoreBar(
            bar.number, bar.signature, bar.length_quarter,
            clock.sec_at(bar.start_quarter), clock.sec_at(bar.start_quarter + bar.length_quarter),
            (voices[k],), _chords_in(passage, names, bar),
            beat_secs=frame.beat_secs[bar.first_beat : bar.first_beat + bar.n_beats],
        )
        for k, bar in enumerate(frame.bars)
    ]  # fmt: skip
    return Score(
        title=look.title,
        composer=look.composer,
        part=part,
        bars=break_lines(mark_accidentals(bars, key)),
        key=key,
        tempo_bpm=passage.tempo_bpm,
        swing_ratio=passage.swing_ratio,
    )


def _one_staff(part: Part, pitches_midi: tuple[int, ...]) -> Part:
    if part.n_staves == 1:
        return part
    middle = sorted(pitches_midi)[len(pitches_midi) // 2] if pitches_midi else _BASS_BELOW_MIDI
    return replace(part, clef=Clef.BASS if middle < _BASS_BELOW_MIDI else Clef.TREBLE)


def _frame(passage: Passage) -> Frame:
    per_bar = passage.signature.beats_per_bar
    beat_sec = 60.0 / passage.tempo_bpm
    return Frame(
        tuple(i * beat_sec for i in range(passage.n_bars * per_bar + 1)),
        passage.beat_quarter,
        tuple(
            FrameBar(
                passage.first_bar + k, passage.signature, k * per_bar, per_bar,
                k * passage.bar_quarter, passage.bar_quarter,
            )
            for k in range(passage.n_bars)
        ),
    )  # fmt: skip


def _divisions(passage: Passage) -> list[int]:
    """Tell into how many parts each beat is divided by the notes that begin or end in it."""
    found = [1] * (passage.n_bars * passage.signature.beats_per_bar)
    for one in passage.notes:
        for place in (one.onset_quarter, one.offset_quarter):
            beats = place / passage.beat_quarter
            at = beats.numerator // beats.denominator
            if beats != at:
                found[at] = _common(found[at], (beats - at).denominator)
    return found


def _common(one: int, other: int) -> int:
    big, small = max(one, other), min(one, other)
    product = big
    while product % small:
        product += big
    return product


def _written(symbol: ChordSymbol, semitones: int, passage: Passage) -> tuple[str, str]:
    """Give label and symbol of a chord as it is written in a part."""
    key = None if passage.key is None else move_key(passage.key, semitones)
    moved = symbol if semitones % 12 == 0 else transpose(symbol, semitones, key)
    return (NO_CHORD, "N.C.") if moved.is_none else (to_harte(moved), write_symbol(moved))


def _heads(
    passage: Passage, part: Part, names: list[tuple[str, str]], clock: PassageClock
) -> list[ScoreHead]:
    by = part.transposition_semitones
    key = None if passage.key is None else move_key(passage.key, by)
    onsets = [one.onset_quarter for one in passage.chords]
    labels = []
    for note in passage.notes:
        before = [names[k][0] for k, onset in enumerate(onsets) if onset <= note.onset_quarter]
        labels.append(before[-1] if before else NO_CHORD)
    spelled = spell([pitch + by for pitch in passage.pitches_midi], labels, key)
    places = _places(passage, part.tuning, clock)
    return [
        _head(i, passage, spelled[i], name, clock, places[i])
        for i, name in enumerate(name_notes(passage))
    ]


def _head(
    i: int,
    passage: Passage,
    pitch: SpelledPitch,
    name: str,
    clock: PassageClock,
    place: StringFret | None,
) -> ScoreHead:
    note = passage.notes[i]
    return ScoreHead(
        pitch,
        note.pitch_midi,
        name,
        clock.sec_at(note.onset_quarter),
        clock.sec_at(note.offset_quarter),
        note.velocity,
        place=place,
    )


def _places(
    passage: Passage, tuning: Tuning | None, clock: PassageClock
) -> list[StringFret | None]:
    if tuning is None or not passage.notes:
        return [None] * len(passage.notes)
    return list(
        finger(
            [clock.sec_at(one.onset_quarter) for one in passage.notes],
            [clock.sec_at(one.offset_quarter) for one in passage.notes],
            passage.pitches_midi,
            tuning,
        )
    )


def _chords_in(
    passage: Passage, names: list[tuple[str, str]], bar: FrameBar
) -> tuple[ScoreChord, ...]:
    end = bar.start_quarter + bar.length_quarter
    return tuple(
        ScoreChord(Fraction(one.onset_quarter - bar.start_quarter), *names[k], index=k)
        for k, one in enumerate(passage.chords)
        if bar.start_quarter <= one.onset_quarter < end
    )
