"""A sentence beside the notes that it names: what every check of one asks."""

import re
from collections.abc import Iterable, Sequence

from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.chord_writing import write_symbol
from licklab.domain.coaching import CoachMatch, CoachSentence
from licklab.domain.instrument import Instrument
from licklab.domain.line_analysis import LineAnalysis
from licklab.domain.note_name import degree_semitones, note_pitch_class
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.practice.coach.checking.words import DEGREES, WHERE

_RARE = {"E#", "B#", "Cb", "Fb"}


class NotBorneOutError(Exception):
    """A sentence says something that its notes do not bear out."""


class Claim:
    """A sentence beside its notes.

    Parameters
    ----------
    sentence : CoachSentence
        The sentence.
    line : SoloLine
        The solo.
    analysis : LineAnalysis
        Of it.
    span : NoteSpan
        The lick.
    matches : sequence of CoachMatch
        That may be told of.
    instrument : Instrument
        That the lick is to be practised on.

    Attributes
    ----------
    notes : list of int
        Indices of the notes that it names.
    pitches : list of int
        Their sounding pitches.
    text : str
        What it says.

    Raises
    ------
    NotBorneOutError
        If its notes are not there, not in order, or its bars are not theirs.
    """

    def __init__(
        self,
        sentence: CoachSentence,
        line: SoloLine,
        analysis: LineAnalysis,
        span: NoteSpan,
        matches: Sequence[CoachMatch],
        instrument: Instrument,
    ) -> None:
        self.sentence, self.text = sentence, sentence.text
        self.line, self.analysis, self.span = line, analysis, span
        self.matches, self.instrument = matches, instrument
        places = {one: i for i, one in enumerate(line.note_ids)}
        self.need(all(one in places for one in sentence.note_ids), "a note that is not there")
        self.notes = [places[one] for one in sentence.note_ids]
        self.need(bool(self.notes), "no note")
        self.need(self.notes == sorted(set(self.notes)), "notes that are not in order")
        bars = sorted({int(line.bar[note]) for note in self.notes}) if line.has_beats else []
        self.need(list(sentence.bars) == bars, "bars that are not those of its notes")
        self.pitches = [int(line.pitch_midi[note]) for note in self.notes]

    def need(self, is_so: object, what: str) -> None:
        """Want something to be so.

        Parameters
        ----------
        is_so : object
            True if it is.
        what : str
            What there is if it is not so.

        Raises
        ------
        NotBorneOutError
            If it is not so.
        """
        if not is_so:
            raise NotBorneOutError(what)

    def match(self, pattern: str, where: Sequence[int] | None = None) -> re.Match[str]:
        """Match the whole sentence; the bars in brackets are those of its notes.

        Parameters
        ----------
        pattern : str
            Without the full stop, and without the bars where they stand at the end.
        where : sequence of int, optional
            Which of its notes the bars are of; all if omitted.

        Returns
        -------
        re.Match
            Its groups.

        Raises
        ------
        NotBorneOutError
            If it is another sentence, or names other bars.
        """
        ends_with_bars = "" if "<first>" in pattern else WHERE
        found = re.fullmatch(rf"{pattern}{ends_with_bars}\.", self.text)
        self.need(found, "words that are not known")
        assert found is not None
        groups = found.groupdict()
        if groups["first"]:
            looked = self.notes if where is None else [self.notes[at] for at in where]
            bars = [int(self.line.bar[note]) for note in looked]
            told = (int(groups["first"]), int(groups["last"] or groups["first"]))
            is_so = self.line.has_beats and told == (min(bars), max(bars))
            self.need(is_so, "bars that are not those of its notes")
        return found

    def is_whole(self) -> None:
        """Want the sentence to be about all notes of the lick."""
        self.need(self.notes == list(range(self.span.start, self.span.stop)), "some notes only")

    def is_inside(self) -> None:
        """Want its notes to be notes of the lick."""
        inside = all(self.span.start <= note < self.span.stop for note in self.notes)
        self.need(inside, "a note outside the lick")

    def is_row(self) -> None:
        """Want its notes to follow one another in the line."""
        self.need(self.notes == list(range(self.notes[0], self.notes[-1] + 1)), "notes left out")

    def pitch(self, note: int) -> int:
        """Give the pitch of a note of the line.

        Parameters
        ----------
        note : int
            Its index in the line.

        Returns
        -------
        int
            Sounding.
        """
        return int(self.line.pitch_midi[note])

    def symbol(self, at: int) -> ChordSymbol:
        """Give the chord under one of its notes.

        Parameters
        ----------
        at : int
            Which of its notes.

        Returns
        -------
        ChordSymbol
            There.
        """
        found = self.line.symbol_at(self.notes[at])
        self.need(found, "a chord where there is none")
        assert found is not None
        return found

    def has_chord(self, at: int, name: str) -> None:
        """Want one of its notes to have this chord under it.

        Parameters
        ----------
        at : int
            Which of its notes.
        name : str
            Of the chord.
        """
        self.need(write_symbol(self.symbol(at)) == name, f"{name} where another chord is")

    def chords(self) -> list[str]:
        """List the chords under its notes, as they follow one another.

        Returns
        -------
        list of str
            Their names.
        """
        under = dict.fromkeys(
            int(self.line.chord[note]) for note in self.notes if self.line.symbol_at(note)
        )
        return [write_symbol(self.line.chords[at].symbol) for at in under]

    def has_names(self, names: Iterable[str], at: Iterable[int] | None = None) -> None:
        """Want its notes to have these names, in order.

        Parameters
        ----------
        names : iterable of str
            Without octave.
        at : iterable of int, optional
            Which of its notes; all if omitted.
        """
        wanted = list(names)
        looked = list(range(len(self.notes)) if at is None else at)
        same = [note_pitch_class(name) for name in wanted] == [self.pitches[i] % 12 for i in looked]
        self.need(same, f"{', '.join(wanted)} where other notes are")

    def is_tone(self, at: int, name: str, word: str, chord: str) -> None:
        """Want a note to have this name, and to be this degree of this chord.

        Parameters
        ----------
        at : int
            Which of its notes.
        name, word, chord : str
            As the sentence has them.
        """
        self.has_chord(at, chord)
        self.has_names([name], [at])
        symbol = self.symbol(at)
        self.need(self.above(at) == degree_of(symbol, word), f"the {word} of {chord}")
        self.need(is_spelled(name, word, symbol.root), f"{name} as the {word} of {chord}")

    def above(self, at: int) -> int:
        """Measure a note above the root of its chord.

        Parameters
        ----------
        at : int
            Which of its notes.

        Returns
        -------
        int, 0 to 11
            Semitones.
        """
        return (self.pitches[at] - note_pitch_class(self.symbol(at).root)) % 12

    def is_chord_tone(self, at: int, symbol: ChordSymbol | None = None) -> None:
        """Want a note to be a tone of a chord, no tension.

        Parameters
        ----------
        at : int
            Which of its notes.
        symbol : ChordSymbol, optional
            The chord; that under the note if omitted.
        """
        chord = self.symbol(at) if symbol is None else symbol
        above = (self.pitches[at] - note_pitch_class(chord.root)) % 12
        self.need(above in plain_tones(chord), f"a tone of {write_symbol(chord)}")

    def is_on_beat(self, at: int, *, wanted: bool = True) -> None:
        """Want a note to stand on a beat, or between two.

        Parameters
        ----------
        at : int
            Which of its notes.
        wanted : bool
            Whether it is to stand on one.
        """
        is_on = self.line.has_beats and int(self.line.tatum[self.notes[at]]) == 1
        self.need(is_on == wanted, "a note on a beat" if wanted else "a note between beats")

    def is_at(self, at: int, beat: str, bar: str) -> None:
        """Want a note to begin in this beat.

        Parameters
        ----------
        at : int
            Which of its notes.
        beat, bar : str
            As the sentence has them.
        """
        note = self.notes[at]
        there = (int(self.line.beat[note]), int(self.line.bar[note]))
        is_so = self.line.has_beats and there == (int(beat), int(bar))
        self.need(is_so, f"beat {beat} of bar {bar}")


def plain_tones(symbol: ChordSymbol) -> set[int]:
    """List the tones of a chord, tensions excepted.

    Parameters
    ----------
    symbol : ChordSymbol
        Of any kind.

    Returns
    -------
    set of int, 0 to 11
        Semitones above the root; with a plain fifth where the symbol says nothing of one.
    """
    found = {degree_semitones(one) % 12 for one in symbol.degrees if int(one.lstrip("b#")) < 8}
    return found | {7} if symbol.fifth is None and not symbol.is_altered else found


def degree_of(symbol: ChordSymbol, word: str) -> int | None:
    """Measure a degree of a chord by the word for it.

    Parameters
    ----------
    symbol : ChordSymbol
        The chord.
    word : str
        Such as ``root``, ``3rd`` or ``b9``.

    Returns
    -------
    int, 0 to 11, or None
        Semitones above the root; None where the chord has no such degree.
    """
    if word in {"3rd", "7th"}:
        degree = symbol.third if word == "3rd" else symbol.seventh
        is_there = degree is not None and degree.endswith(word[0])
        return degree_semitones(degree) % 12 if degree and is_there else None
    if word in DEGREES:
        return DEGREES[word]
    is_sign = re.fullmatch(r"[b#]+(?:[1-9]|1[0-3])", word)
    return degree_semitones(word) % 12 if is_sign else None


def is_spelled(name: str, word: str, root: str) -> bool:
    """Tell whether a note is on the letter of its degree, where one accidental is enough.

    Parameters
    ----------
    name : str
        Of the note.
    word : str
        Of the degree.
    root : str
        Of the chord.

    Returns
    -------
    bool
        True also where the letter would ask for a rare name.
    """
    number = 1 if word == "root" else int(re.sub(r"\D", "", word))
    letter = "CDEFGAB"[("CDEFGAB".index(root[0]) + number - 1) % 7]
    alter = (note_pitch_class(name) - note_pitch_class(letter) + 6) % 12 - 6
    spelled = letter + ("b" * -alter if alter < 0 else "#" * alter)
    return name == spelled or abs(alter) > 1 or spelled in _RARE
