"""Wishes for a practice pack as they are written down, in requests and in the database."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from licklab.domain.instrument import find_instrument
from licklab.domain.key import Key
from licklab.domain.practice_log import KeyOrder
from licklab.domain.tab import find_tuning, usual_tuning
from licklab.exporting.request import NO_TAB, read_request
from licklab.packing.wishes import USUAL_SPEEDS_PERCENT, PackWishes

_Name = Annotated[str, Field(max_length=80)]


class WrittenWishes(BaseModel):
    """What somebody wants in a practice pack."""

    model_config = ConfigDict(extra="forbid")

    instrument: _Name | None = Field(
        None, description="For whom; the instrument of the solo if left out."
    )
    order: KeyOrder = Field(KeyOrder.FOURTHS, description="How keys follow one another.")
    keys: list[_Name] = Field(
        default_factory=list,
        max_length=12,
        description="These concert keys instead of all twelve, such as `Bb`.",
    )
    speeds_percent: list[int] = Field(
        default_factory=lambda: list(USUAL_SPEEDS_PERCENT),
        max_length=8,
        description="Of the recording's tempo; a sound is made for each.",
    )
    audio: bool = Field(default=True, description="Whether sound is made.")
    exercises: bool = Field(default=True, description="Whether exercises are made.")
    tab: _Name | None = Field(
        None, description="A tuning, `none`, or what the instrument usually has if left out."
    )
    hand: _Name | None = Field(None, description="`jazz` or `plain`.")
    paper: _Name | None = Field(None, description="`a4` or `letter`.")

    def read(self, instrument: str) -> PackWishes:
        """Read the wishes.

        Parameters
        ----------
        instrument : str
            Id of that of the solo.

        Returns
        -------
        PackWishes
            The same as values.

        Raises
        ------
        InputError
            If one of them cannot be met.
        """
        one = find_instrument(self.instrument or instrument)
        if self.tab is None:
            tuning = usual_tuning(one.id)
        else:
            tuning = None if self.tab.strip().lower() == NO_TAB else find_tuning(self.tab)
        return PackWishes(
            instrument=one.id,
            order=self.order,
            keys=tuple(Key.parse(name) for name in self.keys),
            speeds_percent=tuple(dict.fromkeys(self.speeds_percent)),
            has_audio=self.audio,
            has_exercises=self.exercises,
            tuning=tuning,
            style=read_request(hand=self.hand, paper=self.paper).style,
        )
