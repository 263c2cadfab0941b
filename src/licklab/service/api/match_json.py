"""Searches as the API takes and gives them: which results are wanted, and what was found."""

from pydantic import BaseModel, Field

from licklab.corpus.match import AlignmentKind, SearchFilter
from licklab.formats.note_json import TIME_DIGITS
from licklab.service.api.solo_json import FilterText, SoloFilterIn
from licklab.service.searching import FoundMatch, Wish

_MOST_RESULTS = 100  # more than a person listens through


class WishIn(SoloFilterIn):
    """Which results of a search are wanted."""

    chords: FilterText = Field(
        None, description="Over these changes, in any key.", examples=["Dm7 G7 Cmaj7"]
    )
    within_phrase: bool = Field(default=False, description="Not across the end of a phrase.")
    limit: int = Field(10, ge=1, le=_MOST_RESULTS)

    def wish(self) -> Wish:
        """Give what is wanted.

        Returns
        -------
        Wish
            Of the use case.
        """
        filters = SearchFilter(
            solo=self.solo_filter(), chords=self.chords, within_phrase=self.within_phrase
        )
        return Wish(filters, self.limit)


class AlignedNoteOut(BaseModel):
    """A note of the pattern beside the note of the solo that it is."""

    query: int | None = Field(description="Which note of the pattern, from 0; null: inserted.")
    solo: int | None = Field(description="Which note of the solo, from 0; null: left out.")
    kind: AlignmentKind


class MatchLinks(BaseModel):
    """Where more about a result is."""

    solo: str
    job: str | None = Field(description="Of your own recording or score.")
    audio: str | None = Field(description="Of your own recording: play it from `onset_sec`.")


class MatchOut(BaseModel):
    """A place where something like the pattern is played."""

    performer: str
    title: str
    year: int | None
    instrument: str
    style: str
    source: str
    licence: str
    solo_id: str
    job_id: str | None
    bar: int | None
    beat: int | None
    onset_sec: float
    offset_sec: float
    first_note: int = Field(description="Of the solo, from 0.")
    last_note: int = Field(description="Included.")
    note_names: list[str] = Field(description="As they sound.", examples=[["D5", "F5", "Ab5"]])
    chords: list[str] = Field(description="In force there.")
    transposition: int = Field(description="Semitones above the pattern.")
    cost: float = Field(description="In wrong notes, a note of the pattern; 0 for none.")
    alignment: list[AlignedNoteOut]
    links: MatchLinks

    @classmethod
    def from_match(cls, found: FoundMatch) -> "MatchOut":
        """Show a result.

        Parameters
        ----------
        found : FoundMatch
            Of a search.

        Returns
        -------
        MatchOut
            The same as JSON.
        """
        one, info = found.match, found.match.info
        job = None if info.job_id is None else f"/jobs/{info.job_id}"
        return cls(
            performer=info.performer,
            title=info.title,
            year=info.year,
            instrument=info.instrument,
            style=info.style,
            source=info.source,
            licence=info.licence,
            solo_id=info.id,
            job_id=info.job_id,
            bar=one.bar if one.beat else None,  # beats count from 1
            beat=one.beat or None,
            onset_sec=round(one.onset_sec, TIME_DIGITS),
            offset_sec=round(one.offset_sec, TIME_DIGITS),
            first_note=one.span.start,
            last_note=one.span.stop - 1,
            note_names=list(found.note_names),
            chords=list(one.chords),
            transposition=one.transposition,
            cost=round(one.cost, 4),
            alignment=[
                AlignedNoteOut(query=each.query, solo=each.solo, kind=each.kind)
                for each in one.alignment
            ],
            links=MatchLinks(
                solo=f"/corpus/solos/{info.id}",
                job=job,
                audio=f"{job}/audio" if found.has_audio else None,
            ),
        )


class MatchList(BaseModel):
    """What was found, the most alike first."""

    results: list[MatchOut]

    @classmethod
    def from_matches(cls, found: list[FoundMatch]) -> "MatchList":
        """Show what was found.

        Parameters
        ----------
        found : list of FoundMatch
            Of a search.

        Returns
        -------
        MatchList
            The same as JSON.
        """
        return cls(results=[MatchOut.from_match(one) for one in found])
