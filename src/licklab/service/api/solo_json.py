"""Solos of the corpus as the API gives them, and which of them are wanted."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from licklab.corpus.solo import CorpusSolo, SoloFilter, SoloInfo
from licklab.domain.chord_writing import write_symbol
from licklab.formats.note_json import TIME_DIGITS
from licklab.service.api.edits import Text

# As of the other texts in addresses.
_LONGEST = 300
FilterText = Annotated[
    Annotated[Text, AfterValidator(lambda text: text.strip() or None)] | None,
    Field(max_length=_LONGEST),
]
"""A filter; what is left empty does not matter."""

_Year = Annotated[int, Field(ge=0, le=9999)]


class SoloFilterIn(BaseModel):
    """Which solos are wanted; what is left out does not matter."""

    model_config = ConfigDict(extra="forbid")

    player: FilterText = Field(None, examples=["Charlie Parker"])
    instrument: FilterText = Field(None, description="Id or alias.", examples=["alto_sax"])
    style: FilterText = Field(None, examples=["BEBOP"])
    source: FilterText = Field(None, examples=["your recordings"])
    from_year: _Year | None = None
    to_year: _Year | None = None

    def solo_filter(self) -> SoloFilter:
        """Give the filter.

        Returns
        -------
        SoloFilter
            Of the corpus.
        """
        return SoloFilter(
            performer=self.player,
            instrument=self.instrument,
            style=self.style,
            year_from=self.from_year,
            year_to=self.to_year,
            source=self.source,
        )


class SoloOut(BaseModel):
    """Who plays a solo, and what else is known beside its notes."""

    id: str
    performer: str = Field(description="Empty where nobody is named.")
    title: str
    instrument: str = Field(description="Id of the instrument.")
    style: str
    year: int | None
    source: str = Field(description="To be named wherever the solo is shown.")
    licence: str
    key: str
    tempo_bpm: float | None
    job_id: str | None = Field(description="Of your own recording or score.")

    @classmethod
    def from_info(cls, info: SoloInfo) -> "SoloOut":
        """Show what is known about a solo.

        Parameters
        ----------
        info : SoloInfo
            Of the corpus.

        Returns
        -------
        SoloOut
            The same as JSON.
        """
        return cls(**{name: getattr(info, name) for name in cls.model_fields})


class SoloList(BaseModel):
    """One page of solos, by performer and title."""

    items: list[SoloOut]
    next: str | None = Field(description="Give it as `cursor` for the next page; null on the last.")


class SoloNoteOut(BaseModel):
    """A note of a solo."""

    id: str
    onset_sec: float
    offset_sec: float
    pitch_midi: int
    bar: int | None
    beat: float | None = Field(description="From 1, with its fraction.")
    chord: int | None = Field(description="Which of the chords it is played over, from 0.")


class SoloChordOut(BaseModel):
    """A chord of a solo."""

    symbol: str
    onset_sec: float
    offset_sec: float
    bar: int | None
    beat: int | None


class SoloPhraseOut(BaseModel):
    """A phrase of a solo: its first and last note, from 0."""

    first_note: int
    last_note: int


class WholeSoloOut(SoloOut):
    """A solo with its notes; times are seconds of its recording."""

    beats_per_bar: int = Field(description="0 where no beats are known.")
    notes: list[SoloNoteOut]
    chords: list[SoloChordOut]
    phrases: list[SoloPhraseOut]

    @classmethod
    def from_solo(cls, solo: CorpusSolo) -> "WholeSoloOut":
        """Show a solo.

        Parameters
        ----------
        solo : CorpusSolo
            Of the corpus.

        Returns
        -------
        WholeSoloOut
            The same as JSON.
        """
        has_beats = solo.line.has_beats
        return cls(
            **SoloOut.from_info(solo.info).model_dump(),
            beats_per_bar=solo.line.beats_per_bar,
            notes=_notes(solo),
            chords=[
                SoloChordOut(
                    symbol=write_symbol(one.symbol),
                    onset_sec=round(one.onset_sec, TIME_DIGITS),
                    offset_sec=round(one.offset_sec, TIME_DIGITS),
                    bar=one.bar if has_beats else None,
                    beat=one.beat if has_beats else None,
                )
                for one in solo.line.chords
            ],
            phrases=[
                SoloPhraseOut(first_note=one.start, last_note=one.stop - 1) for one in solo.phrases
            ],
        )


def _notes(solo: CorpusSolo) -> list[SoloNoteOut]:
    line = solo.line
    beats = line.beat + (line.tatum - 1) / line.division
    columns = (line.onset_sec, line.offset_sec, line.pitch_midi, line.bar, beats, line.chord)
    return [
        SoloNoteOut(
            id=note_id,
            onset_sec=round(onset, TIME_DIGITS),
            offset_sec=round(offset, TIME_DIGITS),
            pitch_midi=pitch,
            bar=bar if line.has_beats else None,
            beat=round(beat, 3) if line.has_beats else None,
            chord=chord if chord >= 0 else None,
        )
        for note_id, onset, offset, pitch, bar, beat, chord in zip(
            line.note_ids, *(one.tolist() for one in columns), strict=True
        )
    ]
