"""What a player does to the pitch of one note."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expression:
    """The pitch contour of one note in a few numbers.

    Attributes
    ----------
    pitch_cents : float
        How far the steady part of the note lies from the tempered pitch in the recording's own
        tuning; positive is sharp.
    scoop_cents : float
        How far below the steady pitch it begins; 0 if it does not.
    fall_cents : float
        How far it drops at its end; 0 if it does not.
    bend_cents : float
        The largest excursion inside that is neither, nor vibrato; positive is up, 0 for none.
    vibrato_hz, vibrato_cents : float
        Rate, and depth as half of peak to peak; both 0 when there is none.
    """

    pitch_cents: float
    scoop_cents: float
    fall_cents: float
    bend_cents: float
    vibrato_hz: float
    vibrato_cents: float

    def __post_init__(self) -> None:
        if self.scoop_cents < 0 or self.fall_cents < 0:
            raise ValueError(
                "want a scoop and a fall of at least 0 cents, "
                f"got scoop_cents={self.scoop_cents}, fall_cents={self.fall_cents}"
            )
        if self.vibrato_hz < 0 or self.vibrato_cents < 0:
            raise ValueError(
                "want a vibrato of at least 0, "
                f"got vibrato_hz={self.vibrato_hz}, vibrato_cents={self.vibrato_cents}"
            )
        if (self.vibrato_hz == 0) != (self.vibrato_cents == 0):
            raise ValueError(
                "want a vibrato with rate and depth or with neither, "
                f"got vibrato_hz={self.vibrato_hz}, vibrato_cents={self.vibrato_cents}"
            )
