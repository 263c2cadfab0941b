"""The bodies of requests that choose and change licks."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter

from licklab.errors import LickError
from licklab.service.api.edits import Text, Time
from licklab.service.licks import ChangedLick
from licklab.service.selections import Bars, Selection, Stretch

LONGEST_NAME = 200
"""As of a file's name."""

_Bar = Annotated[int, Field(strict=True, ge=-100_000, le=100_000, examples=[5])]
_Name = Annotated[
    Annotated[Text, AfterValidator(lambda text: text.strip() or None)] | None,
    Field(max_length=LONGEST_NAME, description="What you call it.", examples=["My turnaround"]),
]


class SelectionIn(BaseModel):
    """A stretch of a solo: by time, or by bars."""

    model_config = ConfigDict(extra="forbid")

    from_sec: Time | None = None
    to_sec: Time | None = None
    first_bar: _Bar | None = Field(None, description="As `GET /jobs/{job_id}/analysis` counts.")
    last_bar: _Bar | None = Field(None, description="Included.")

    def selection(self) -> Selection | None:
        """Give what is chosen.

        Returns
        -------
        Stretch or Bars or None
            None when nothing is said.

        Raises
        ------
        LickError
            If it is neither two times nor two bars.
        """
        return read_selection(self.from_sec, self.to_sec, self.first_bar, self.last_bar)


class ChooseIn(SelectionIn):
    """A lick that a person chose."""

    name: _Name = None

    def chosen(self) -> Selection:
        """Give what is chosen.

        Returns
        -------
        Stretch or Bars
            Never nothing.

        Raises
        ------
        LickError
            If it is neither two times nor two bars.
        """
        selection = self.selection()
        if selection is None:
            raise LickError("want from_sec and to_sec, or first_bar and last_bar; got none of them")
        return selection


class ChangeIn(SelectionIn):
    """What is different about a lick; without a name its name is as before, null takes it away."""

    name: _Name = None

    def change(self) -> ChangedLick:
        """Give what is different.

        Returns
        -------
        ChangedLick
            Of the use case.

        Raises
        ------
        LickError
            If it is nothing, or neither two times nor two bars.
        """
        selection, is_named = self.selection(), "name" in self.model_fields_set
        if selection is None and not is_named:
            raise LickError(
                "want a name, from_sec and to_sec, or first_bar and last_bar; got none of them"
            )
        return ChangedLick(self.name, is_named, selection)


def read_selection(
    from_sec: float | None,
    to_sec: float | None,
    first_bar: int | None,
    last_bar: int | None,
) -> Selection | None:
    """Read a selection whose parts may be missing.

    Parameters
    ----------
    from_sec, to_sec : float or None, seconds
        The stretch.
    first_bar, last_bar : int or None
        The bars.

    Returns
    -------
    Stretch or Bars or None
        None when nothing is said.

    Raises
    ------
    LickError
        If it is neither two times nor two bars.
    """
    parts = {
        "from_sec": from_sec, "to_sec": to_sec, "first_bar": first_bar, "last_bar": last_bar,
    }  # fmt: skip
    given = [name for name, one in parts.items() if one is not None]
    if not given:
        return None
    if from_sec is not None and to_sec is not None and len(given) == 2:
        return Stretch(from_sec, to_sec)
    if first_bar is not None and last_bar is not None and len(given) == 2:
        return Bars(first_bar, last_bar)
    raise LickError(f"want from_sec and to_sec, or first_bar and last_bar; got {', '.join(given)}")


CHOOSE = TypeAdapter(ChooseIn)
CHANGE = TypeAdapter(ChangeIn)
