"""What is typical of a player or a style, as the API gives it."""

from pydantic import BaseModel, Field

from licklab.corpus.pattern_places import PatternPlace
from licklab.corpus.patterns import Pattern, PatternReport
from licklab.formats.note_json import TIME_DIGITS


class PatternPlaceOut(BaseModel):
    """A place where a pattern is played."""

    performer: str
    title: str
    year: int | None
    solo_id: str
    bar: int | None
    beat: int | None
    onset_sec: float
    offset_sec: float
    first_note: int = Field(description="Of the solo, from 0.")
    last_note: int = Field(description="Included.")
    pitch_midi: list[int]
    note_names: list[str] = Field(description="As they sound.", examples=[["D5", "F5", "Ab5"]])
    chords: list[str] = Field(description="In force there.")

    @classmethod
    def from_place(cls, place: PatternPlace) -> "PatternPlaceOut":
        """Show a place.

        Parameters
        ----------
        place : PatternPlace
            Of the corpus.

        Returns
        -------
        PatternPlaceOut
            The same as JSON.
        """
        info = place.info
        return cls(
            performer=info.performer,
            title=info.title,
            year=info.year,
            solo_id=info.id,
            bar=place.bar if place.beat else None,  # beats count from 1
            beat=place.beat or None,
            onset_sec=round(place.onset_sec, TIME_DIGITS),
            offset_sec=round(place.offset_sec, TIME_DIGITS),
            first_note=place.span.start,
            last_note=place.span.stop - 1,
            pitch_midi=list(place.pitch_midi),
            note_names=list(place.note_names),
            chords=list(place.chords),
        )


class PatternOut(BaseModel):
    """A pattern that the others do not play, or seldom."""

    intervals: list[int] = Field(description="Semitones from each note to the next.")
    z: float = Field(description="How sure it is, in standard deviations.")
    n_tunes: int = Field(description="Tunes that it is played in.")
    n_tunes_outside: int = Field(description="Tunes that others play it in.")
    players: list[str] = Field(description="Others that play it.")
    text: str
    places: list[PatternPlaceOut]

    @classmethod
    def from_pattern(cls, one: Pattern) -> "PatternOut":
        """Show a pattern.

        Parameters
        ----------
        one : Pattern
            Of a report.

        Returns
        -------
        PatternOut
            The same as JSON.
        """
        return cls(
            intervals=list(one.intervals),
            z=round(one.z, 3),
            n_tunes=one.n_tunes,
            n_tunes_outside=one.n_tunes_outside,
            players=list(one.players),
            text=one.text,
            places=[PatternPlaceOut.from_place(each) for each in one.places],
        )


class PatternReportOut(BaseModel):
    """What is typical of a player or a style, the most telling first."""

    performer: str | None
    style: str | None
    n_solos: int
    n_tunes: int = Field(description="Takes of one tune by one player are one tune.")
    n_notes: int
    n_tunes_outside: int = Field(description="Of all others.")
    patterns: list[PatternOut]

    @classmethod
    def from_report(cls, report: PatternReport) -> "PatternReportOut":
        """Show a report.

        Parameters
        ----------
        report : PatternReport
            Of the corpus.

        Returns
        -------
        PatternReportOut
            The same as JSON.
        """
        return cls(
            performer=report.performer,
            style=report.style,
            n_solos=report.n_solos,
            n_tunes=report.n_tunes,
            n_notes=report.n_notes,
            n_tunes_outside=report.n_tunes_outside,
            patterns=[PatternOut.from_pattern(one) for one in report.patterns],
        )
