"""Sheets as the API gives them."""

import uuid
from fractions import Fraction

from pydantic import BaseModel, Field

from licklab.domain.instrument import Clef
from licklab.domain.score import Part
from licklab.engraving.screen import ScreenLine
from licklab.exporting.sheet import SheetBar, SheetChord, SheetNote
from licklab.formats.note_json import TIME_DIGITS
from licklab.service.sheets import VersionedSheet

_SEC = "Seconds of the original file."
_QUARTER = "Quarters from the beginning of the bar."


class SheetPartOut(BaseModel):
    """For whom a sheet is written."""

    instrument: str = Field(description="Its id; `concert` for as it sounds.")
    name: str
    transposition_semitones: int = Field(
        description="Written pitch minus sounding pitch, without the octave of an octave clef."
    )
    clef: Clef
    has_tab: bool
    n_staves: int = Field(description="Of notes, without tablature.")

    @classmethod
    def from_part(cls, part: Part) -> "SheetPartOut":
        """Show a part.

        Parameters
        ----------
        part : Part
            For whom.

        Returns
        -------
        SheetPartOut
            The same as JSON.
        """
        return cls(
            instrument=part.instrument,
            name=part.name,
            transposition_semitones=part.transposition_semitones,
            clef=part.clef,
            has_tab=part.tuning is not None,
            n_staves=part.n_staves,
        )


class SheetLineOut(BaseModel):
    """One drawn line of music."""

    first_bar: int
    last_bar: int
    svg: str = Field(
        description="A document to parse as image/svg+xml. Its colours are `currentColor`; it has "
        "no font, style sheet or script. Groups of heads are of class `note`, with an id and "
        "`data-note`; frets of class `fret`, with `data-note`; bars of class `measure`, with "
        "`data-bar`; names of chords of class `harm`, with `data-chord`; rests of class `rest`."
    )

    @classmethod
    def from_line(cls, line: ScreenLine) -> "SheetLineOut":
        """Show a line.

        Parameters
        ----------
        line : ScreenLine
            As drawn.

        Returns
        -------
        SheetLineOut
            The same as JSON.
        """
        return cls(first_bar=line.bars[0].number, last_bar=line.bars[-1].number, svg=line.svg)


class SheetChordOut(BaseModel):
    """A chord over a bar, where it changes."""

    onset_quarter: float = Field(description=_QUARTER)
    onset_sec: float = Field(description=_SEC)
    symbol: str = Field(description="As written in this part.")
    label: str = Field(description="In Harte's notation, as written in this part.")
    confidence: float = Field(ge=0, le=1)
    roman: str | None = Field(
        description="What it does in its key, such as `V7/ii`; null where the listener is not sure."
    )

    @classmethod
    def from_chord(cls, one: SheetChord) -> "SheetChordOut":
        """Show a chord.

        Parameters
        ----------
        one : SheetChord
            Over a bar.

        Returns
        -------
        SheetChordOut
            The same as JSON.
        """
        return cls(
            onset_quarter=_rounded(one.chord.onset_quarter),
            onset_sec=_rounded(one.onset_sec),
            symbol=one.chord.symbol,
            label=one.chord.label,
            confidence=one.chord.confidence,
            roman=one.roman,
        )


class SheetBarOut(BaseModel):
    """One bar."""

    number: int = Field(description="As the beats count it; `data-bar` in the drawing.")
    line: int = Field(description="Index of its line.")
    onset_sec: float = Field(description=_SEC)
    offset_sec: float = Field(description=_SEC)
    beat_secs: list[float] = Field(description="When its beats fall.")
    numerator: int
    denominator: int
    length_quarter: float = Field(description="Shorter than the metre says in a pickup.")
    chorus: int | None = Field(description="Number of the chorus that begins with it.")
    section: str = Field(description="Mark over it, such as `A`; empty for none.")
    chords: list[SheetChordOut]

    @classmethod
    def from_bar(cls, one: SheetBar) -> "SheetBarOut":
        """Show a bar.

        Parameters
        ----------
        one : SheetBar
            Of a sheet.

        Returns
        -------
        SheetBarOut
            The same as JSON.
        """
        bar = one.bar
        return cls(
            number=bar.number,
            line=one.line,
            onset_sec=_rounded(bar.onset_sec),
            offset_sec=_rounded(bar.offset_sec),
            beat_secs=[_rounded(sec) for sec in bar.beat_secs],
            numerator=bar.time_signature.numerator,
            denominator=bar.time_signature.denominator,
            length_quarter=_rounded(bar.length_quarter),
            chorus=bar.chorus,
            section=bar.section,
            chords=[SheetChordOut.from_chord(chord) for chord in one.chords],
        )


class SheetNoteOut(BaseModel):
    """A heard note and where it is drawn."""

    id: str = Field(description="Of the note; `data-note` in the drawing.")
    heads: list[str] = Field(description="Ids of its heads, in order; several where it is tied.")
    bar: int
    onset_quarter: float = Field(description=_QUARTER)
    onset_sec: float = Field(description=_SEC)
    offset_sec: float = Field(description=_SEC)
    pitch_midi: int = Field(description="As it sounds in the key asked for.")
    name: str = Field(description="As written in this part, such as `Bb4`.")
    confidence: float = Field(ge=0, le=1)
    is_doubtful: bool = Field(description="Whether the page marks it.")
    is_grace: bool
    in_lick: bool | None = Field(
        description="Whether it belongs to the lick; null in the sheet of a job."
    )

    @classmethod
    def from_note(cls, one: SheetNote, lick_ids: frozenset[str] | None) -> "SheetNoteOut":
        """Show a note.

        Parameters
        ----------
        one : SheetNote
            Of a sheet.
        lick_ids : frozenset of str or None
            Ids of the notes of the lick that the sheet is about; None where it is about none.

        Returns
        -------
        SheetNoteOut
            The same as JSON.
        """
        head, event = one.first.head, one.first.event
        return cls(
            id=head.note_id,
            heads=list(one.head_ids),
            bar=one.first.bar.number,
            onset_quarter=_rounded(event.onset_quarter),
            onset_sec=_rounded(head.onset_sec),
            offset_sec=_rounded(head.offset_sec),
            pitch_midi=head.sounding_midi,
            name=str(head.pitch),
            confidence=_rounded(head.confidence),
            is_doubtful=head.is_doubtful,
            is_grace=event.is_grace,
            in_lick=None if lick_ids is None else head.note_id in lick_ids,
        )


class SheetOut(BaseModel):
    """A score for a screen: drawn lines, and what is heard of what is drawn."""

    job_id: uuid.UUID
    version: int = Field(description="Of the notes, beats and changes that it is made of.")
    title: str
    composer: str
    part: SheetPartOut
    key: str | None = Field(description="As written, such as `Bb:major`; null where none is known.")
    concert_key: str | None = Field(description="As it sounds.")
    semitones: int = Field(description="How much higher it sounds than the recording.")
    tempo_bpm: float | None
    is_swung: bool
    warnings: list[str]
    n_lines: int = Field(description="How many it has; `lines` holds those that were asked for.")
    lines: list[SheetLineOut]
    bars: list[SheetBarOut]
    notes: list[SheetNoteOut]

    @classmethod
    def from_sheet(
        cls, found: VersionedSheet, title: str, n_lines: int | None = None
    ) -> "SheetOut":
        """Show a sheet.

        Parameters
        ----------
        found : VersionedSheet
            As drawn.
        title : str
            Of the job.
        n_lines : int, optional
            Lines that are drawn; all if omitted.

        Returns
        -------
        SheetOut
            The same as JSON.

        Raises
        ------
        EngravingError
            If a line cannot be drawn.
        """
        sheet, score = found.sheet, found.sheet.score
        return cls(
            job_id=found.job_id,
            version=found.version,
            title=title,
            composer=score.composer,
            part=SheetPartOut.from_part(score.part),
            key=None if score.key is None else str(score.key),
            concert_key=None if sheet.concert_key is None else str(sheet.concert_key),
            semitones=score.moved_semitones,
            tempo_bpm=score.tempo_bpm,
            is_swung=score.is_swung,
            warnings=list(score.warnings),
            n_lines=len(sheet.screen.bars),
            lines=[SheetLineOut.from_line(one) for one in sheet.screen.draw(stop=n_lines)],
            bars=[SheetBarOut.from_bar(one) for one in sheet.bars],
            notes=[SheetNoteOut.from_note(one, found.lick_ids) for one in sheet.notes],
        )


class SheetLinesOut(BaseModel):
    """More lines of a sheet."""

    version: int = Field(
        description="Of what they are made; the sheet is out of date where it has another."
    )
    lines: list[SheetLineOut]

    @classmethod
    def from_sheet(cls, found: VersionedSheet, start: int, n_lines: int) -> "SheetLinesOut":
        """Show some lines.

        Parameters
        ----------
        found : VersionedSheet
            The sheet.
        start : int
            Index of the first.
        n_lines : int
            How many, if there are so many.

        Returns
        -------
        SheetLinesOut
            The same as JSON.

        Raises
        ------
        EngravingError
            If a line cannot be drawn.
        """
        lines = found.sheet.screen.draw(start, start + n_lines)
        return cls(version=found.version, lines=[SheetLineOut.from_line(one) for one in lines])


def _rounded(value: float | Fraction) -> float:
    return round(float(value), TIME_DIGITS)
