"""The part of a recording that is wanted."""

import math
from dataclasses import dataclass

from licklab.errors import RegionError

# A player rounds the length of a recording, and some play an encoder's padding, at most so much.
_TOLERANCE_SEC = 0.1


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a recording; without ends it is the whole.

    Attributes
    ----------
    start_sec, end_sec : float or None, seconds of the original file
        Where it begins and ends; ``0 <= start_sec < end_sec``. None leaves an end open: from the
        beginning, or to the end of the recording.

    Raises
    ------
    RegionError
        If the ends are no times, or in the wrong order.
    """

    start_sec: float | None = None
    end_sec: float | None = None

    def __post_init__(self) -> None:
        for name, value in (("start_sec", self.start_sec), ("end_sec", self.end_sec)):
            if value is not None and not (math.isfinite(value) and value >= 0):
                raise RegionError(f"want {name} as seconds, 0 or more; got {value}")
        if self.end_sec is not None and (self.start_sec or 0.0) >= self.end_sec:
            raise RegionError(
                "want a region whose start is before its end, "
                f"got start_sec={self.start_sec or 0.0}, end_sec={self.end_sec}"
            )

    @property
    def is_whole(self) -> bool:
        """Whether both ends are open."""
        return self.start_sec is None and self.end_sec is None

    def within(self, duration_sec: float) -> "Region":
        """Close the open ends, for a recording of known length.

        Parameters
        ----------
        duration_sec : float
            Of the recording.

        Returns
        -------
        Region
            With both ends, inside the recording. What goes beyond the end by no more than a player
            may round is cut there.

        Raises
        ------
        RegionError
            If it reaches beyond the end of the recording.
        """
        start_sec = self.start_sec or 0.0
        end_sec = duration_sec if self.end_sec is None else self.end_sec
        if start_sec >= duration_sec or end_sec > duration_sec + _TOLERANCE_SEC:
            name, value = (
                ("start", start_sec) if start_sec >= duration_sec else ("end", self.end_sec)
            )
            raise RegionError(
                f"want a region inside the recording, which lasts {duration_sec:.2f} s; "
                f"got one whose {name} is at {value} s"
            )
        return Region(start_sec, min(end_sec, duration_sec))
