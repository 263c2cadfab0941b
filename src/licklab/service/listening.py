"""What is to be heard in a job's recording: the instrument, the mode and the region."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from licklab.domain.instrument import INSTRUMENTS, Instrument, find_instrument
from licklab.domain.mode import Mode, find_mode
from licklab.domain.region import Region
from licklab.errors import InputError, RegionError
from licklab.service.tables import Job

FIELDS = ("instrument", "mode", "start_sec", "end_sec")
"""Names under which a request tells it."""


class FieldError(InputError):
    """A field of a request is not known, or not of the kind that is wanted."""


@dataclass(frozen=True, slots=True)
class Listening:
    """What is to be heard.

    Attributes
    ----------
    instrument : Instrument
        To follow.
    mode : Mode
        How to decode.
    region : Region
        Where.
    """

    instrument: Instrument
    mode: Mode = Mode.AUTO
    region: Region = field(default_factory=Region)

    @classmethod
    def of(cls, job: Job) -> "Listening":
        """Tell what a job was asked for last.

        Parameters
        ----------
        job : Job
            The row.

        Returns
        -------
        Listening
            The same as values of the domain.
        """
        region = Region(job.start_sec, job.end_sec)
        return cls(INSTRUMENTS[job.instrument], Mode(job.mode), region)

    def write_to(self, job: Job) -> None:
        """Make it what a job is asked for.

        Parameters
        ----------
        job : Job
            The row.
        """
        job.instrument = self.instrument.id
        job.mode = self.mode
        job.start_sec, job.end_sec = self.region.start_sec, self.region.end_sec

    def changed(self, fields: Mapping[str, object]) -> "Listening":
        """Change what a request names, and keep the rest.

        Parameters
        ----------
        fields : mapping of str to object
            Some of `FIELDS`, as text or as JSON has them. None or empty text opens an end of the
            region.

        Returns
        -------
        Listening
            With the changes.

        Raises
        ------
        InputError
            If a field is not known, or its value cannot be used.
        """
        for name in fields:
            if name not in FIELDS:
                raise FieldError(f"want no fields but {', '.join(FIELDS)}; got {name[:80]!r}")
        ends = {
            name: _read_sec(name, fields[name]) if name in fields else kept
            for name, kept in (
                ("start_sec", self.region.start_sec),
                ("end_sec", self.region.end_sec),
            )
        }
        return Listening(
            find_instrument(_read_text("instrument", fields["instrument"]))
            if "instrument" in fields
            else self.instrument,
            find_mode(_read_text("mode", fields["mode"])) if "mode" in fields else self.mode,
            Region(**ends),
        )


def _read_text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise FieldError(f"want {name} as text, got {str(value)[:80]}")
    return value


def _read_sec(name: str, value: object) -> float | None:
    if value is None or value == "":
        return None
    try:
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            return float(value)
    except (ValueError, OverflowError):
        pass
    raise RegionError(f"want {name} as seconds, such as 12.5; got {str(value)[:80]!r}")
