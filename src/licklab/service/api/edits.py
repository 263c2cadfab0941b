"""The bodies of requests that mend rhythm and harmony."""

import re
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal, TypeVar

from fastapi.exceptions import RequestValidationError
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from licklab.domain.chord_reading import parse_symbol
from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.chord_writing import write_symbol
from licklab.domain.harte import from_harte, to_harte
from licklab.domain.mending import AnalysisEdit
from licklab.domain.note_edit import EditNotes
from licklab.errors import ChordError
from licklab.formats.edits_json import read_edit
from licklab.service.api.invalid import list_errors
from licklab.service.upload import UploadTooLargeError

# Ten minutes at 400 bpm are as many beats; nobody taps or pins more.
_MOST_TIMES = 4_000
# The longest charts in use, MusicXML of an arrangement, take a few hundred kilobytes.
_MOST_TEXT = 2_000_000
_MAX_BYTES = 4_000_000
Time = Annotated[float, Field(ge=0, allow_inf_nan=False, description="Seconds of the file.")]
"""A time in a recording."""


def _require_text(text: str) -> str:
    found = _CONTROL.search(text)
    if found:
        raise ValueError(f"text without control characters (U+{ord(found[0]):04X})")
    return text


Text = Annotated[str, AfterValidator(_require_text)]
"""Text without control characters, but for the ends of lines and tabs."""

_Version = Annotated[
    int | None,
    Field(
        ge=0,
        description="The version that the edit was made on, from `GET /jobs/{job_id}/analysis`; "
        "answers 409 when it is no longer there. What is there when left out.",
    ),
]
# PostgreSQL keeps no U+0000, and no chart needs any of the others.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
Body = TypeVar("Body", bound=BaseModel)


class VersionIn(BaseModel):
    """What an undo or a redo was asked for on."""

    model_config = ConfigDict(extra="forbid")

    version: _Version = None


class Editing(VersionIn):
    """A body that asks for an edit."""

    def edit(self) -> AnalysisEdit:
        """Give the edit that it asks for.

        Returns
        -------
        AnalysisEdit
            Of the domain.

        Raises
        ------
        InputError
            If it says what cannot be.
        """
        return _read_edit(self.model_dump(exclude={"version"}, exclude_none=True))


def _read_edit(document: dict[str, Any]) -> AnalysisEdit:
    edit = read_edit(document)
    assert not isinstance(edit, EditNotes)  # no body of these is one
    return edit


class TempoIn(Editing):
    """The pulse has this tempo."""

    op: Literal["tempo"]
    tempo_bpm: float = Field(allow_inf_nan=False, examples=[132])


class DoubleIn(Editing):
    """Twice as many beats."""

    op: Literal["double"]


class HalveIn(Editing):
    """Half as many beats."""

    op: Literal["halve"]


class ShiftIn(Editing):
    """The bars begin later by so many beats, earlier when negative; halves move the beats."""

    op: Literal["shift"]
    beats: float = Field(allow_inf_nan=False, examples=[0.5, -1])


class DownbeatIn(Editing):
    """A bar begins with the beat nearest to this."""

    op: Literal["downbeat"]
    time_sec: Time


class MoveIn(Editing):
    """The beat nearest to `from_sec` falls at `to_sec`; it keeps its number, all others stay."""

    op: Literal["move"]
    from_sec: Time
    to_sec: Time


class TimeSignatureIn(Editing):
    """Bars are counted so."""

    op: Literal["time_signature"]
    time_signature: Text = Field(max_length=20, examples=["3/4"])


class TapsIn(Editing):
    """Beats that follow one another; the others are found from them."""

    op: Literal["taps"]
    taps_sec: list[Time] = Field(min_length=2, max_length=_MOST_TIMES)


class PinIn(BaseModel):
    """A beat that is known."""

    model_config = ConfigDict(extra="forbid")

    time_sec: Time
    bar: int | None = Field(None, ge=-10_000, le=100_000)
    position_in_bar: int | None = Field(None, ge=1)


class PinsIn(Editing):
    """Beats fall here; the others are found between them."""

    op: Literal["pins"]
    pins: list[PinIn] = Field(min_length=1, max_length=_MOST_TIMES)


GridIn = Annotated[
    TempoIn
    | DoubleIn
    | HalveIn
    | ShiftIn
    | DownbeatIn
    | MoveIn
    | TimeSignatureIn
    | TapsIn
    | PinsIn,
    Field(discriminator="op"),
]


class ChordIn(BaseModel):
    """A chord that is written down."""

    model_config = ConfigDict(extra="forbid")

    onset_sec: Time
    offset_sec: Time
    symbol: Text | None = Field(
        None, min_length=1, max_length=80, description="As a player writes it.", examples=["G7b9"]
    )
    label: Text | None = Field(
        None, min_length=1, max_length=80,
        description="Harte label, in place of a symbol; the same chord where both are given.",
        examples=["G:7(b9)"],
    )  # fmt: skip

    @model_validator(mode="after")
    def _one_or_both(self) -> "ChordIn":
        if self.symbol is None and self.label is None:
            raise ValueError("a symbol or a label")
        return self

    def read(self) -> ChordSymbol:
        """Give the chord that it says.

        Returns
        -------
        ChordSymbol
            Of the symbol, or of the label.

        Raises
        ------
        ChordError
            If it says none, or two.
        """
        read = [
            reader(text)
            for reader, text in ((parse_symbol, self.symbol), (from_harte, self.label))
            if text is not None
        ]
        if len({to_harte(one) for one in read}) > 1:
            raise ChordError(
                f"want a symbol and a label of one chord, got {self.symbol!r} and {self.label!r}"
            )
        return read[0]


class ChordsIn(Editing):
    """Chords: a chart that is to be laid over the recording, or where each of them sounds."""

    text: Text | None = Field(
        None, max_length=_MOST_TEXT, examples=["| Dm7 G7 | Cmaj7 | % |"],
        description="One chorus as text.",
    )  # fmt: skip
    ireal: Text | None = Field(
        None, max_length=_MOST_TEXT, description="A link of iReal Pro, or the HTML around it."
    )
    musicxml: Text | None = Field(None, max_length=_MOST_TEXT, description="A MusicXML document.")
    events: list[ChordIn] | None = Field(
        None, min_length=1, max_length=_MOST_TIMES,
        description="In order; what they do not cover stays as it is.",
    )  # fmt: skip

    @model_validator(mode="after")
    def _one_of_them(self) -> "ChordsIn":
        given = [self.text, self.ireal, self.musicxml, self.events]
        if sum(one is not None for one in given) != 1:
            raise ValueError("one of text, ireal, musicxml and events")
        return self

    def edit(self) -> AnalysisEdit:
        """Give the edit that it asks for."""
        if self.events is None:
            return _read_edit(
                {"op": "chart", "text": self.text or self.ireal or self.musicxml or ""}
            )
        chords = [
            {
                "onset_sec": one.onset_sec,
                "offset_sec": one.offset_sec,
                "label": to_harte(chord),
                "symbol": one.symbol or write_symbol(chord),
                "confidence": 1.0,
            }
            for one in self.events
            for chord in [one.read()]
        ]
        return _read_edit({"op": "chords", "chords": chords})


class KeyIn(Editing):
    """The key of the whole."""

    op: Literal["key"] = "key"
    key: Text = Field(max_length=40, examples=["Bb:major", "Gm", "Eb blues"])


GRID: TypeAdapter[GridIn] = TypeAdapter(GridIn)
CHORDS = TypeAdapter(ChordsIn)
KEY = TypeAdapter(KeyIn)
VERSION = TypeAdapter(VersionIn)


def describe_body(adapter: TypeAdapter[Any], example: dict[str, Any]) -> dict[str, Any]:
    """Describe a body for the API's document.

    Parameters
    ----------
    adapter : TypeAdapter
        Of the body.
    example : dict
        One of them.

    Returns
    -------
    dict
        For FastAPI's `openapi_extra`.
    """
    schema = _without_references(adapter.json_schema())
    return {
        "requestBody": {
            "content": {"application/json": {"schema": schema, "example": example}},
        }
    }


def _without_references(schema: dict[str, Any]) -> dict[str, Any]:
    """Put definitions where they are referred to: the schema goes into another document."""
    definitions = schema.pop("$defs", {})

    def put(node: Any) -> Any:
        if isinstance(node, list):
            return [put(one) for one in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            return put(definitions[node["$ref"].rpartition("/")[2]])
        # The mapping of a discriminator refers too; each `op` says the same.
        return {name: put(one) for name, one in node.items() if name != "discriminator"}

    document: dict[str, Any] = put(schema)
    return document


async def receive_json(chunks: AsyncIterator[bytes], adapter: TypeAdapter[Body]) -> Body:
    """Receive the body of a request.

    Parameters
    ----------
    chunks : async iterator of bytes
        The body.
    adapter : TypeAdapter
        What it is to be.

    Returns
    -------
    BaseModel
        What it is; without a body, what an empty object would be.

    Raises
    ------
    UploadTooLargeError
        If it is larger than any edit; the rest is not read.
    RequestValidationError
        If it is something else.
    """
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > _MAX_BYTES:
            raise UploadTooLargeError(f"want a request of at most {_MAX_BYTES} bytes, got more")
    try:
        return adapter.validate_json(bytes(body) or b"{}")
    except ValidationError as error:
        raise RequestValidationError(list_errors(error, bytes(body))) from error
