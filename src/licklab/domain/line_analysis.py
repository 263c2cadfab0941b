"""What the notes of a line do over their changes."""

from dataclasses import dataclass, field
from enum import StrEnum

from licklab.domain.harmony_function import HarmonyAnalysis
from licklab.domain.solo_line import NoteSpan


class NoteRole(StrEnum):
    """What a note is to the chord under it."""

    GUIDE_TONE = "guide tone"
    CHORD_TONE = "chord tone"
    TENSION = "tension"
    AVOID = "avoid note"
    CHROMATIC = "chromatic"
    NONE = "no chord"

    @property
    def is_of_chord(self) -> bool:
        """Whether the chord has the note: a guide tone or another chord tone."""
        return self in {NoteRole.GUIDE_TONE, NoteRole.CHORD_TONE}


class ApproachKind(StrEnum):
    """How a note leads to another."""

    PASSING = "passing note"
    CHROMATIC_PASSING = "chromatic passing note"
    NEIGHBOUR = "neighbour note"
    APPROACH = "approach note"
    ENCLOSURE = "enclosure"
    ANTICIPATION = "anticipation"
    DELAYED_RESOLUTION = "delayed resolution"


class DeviceKind(StrEnum):
    """A figure that a player practises under this name."""

    ARPEGGIO = "arpeggio"
    ARPEGGIO_FROM_THIRD = "arpeggio from the 3rd"
    DIGITAL_PATTERN = "digital pattern"
    BEBOP_SCALE = "bebop scale"
    SCALE_RUN = "scale run"
    CHROMATIC_RUN = "chromatic run"
    UPPER_STRUCTURE = "upper structure"
    ENCLOSURE = "enclosure"
    SIDE_SLIP = "side-slipping"
    ANTICIPATION = "anticipation"
    DELAYED_RESOLUTION = "delayed resolution"
    RESOLUTION = "resolution"


@dataclass(frozen=True, slots=True)
class NoteAnalysis:
    """What one note does.

    Attributes
    ----------
    note : int
        Index into the line.
    degree : str
        Above the root of its chord, spelled by function (``3``, ``b9``, ``#11``, ``13``); empty
        without a chord.
    role : NoteRole
        What it is to the chord.
    weight : int, 0 to 3
        3 on the downbeat, 2 on the other strong beat of the bar, 1 on a weak beat, 0 between beats
        and without beats.
    approach : ApproachKind or None
        How it leads on, where it does.
    target : int or None
        Index of the note that it leads to.
    name : str
        As a player reads it, without octave: by the degree, or by where it leads.
    """

    note: int
    degree: str
    role: NoteRole
    weight: int
    approach: ApproachKind | None = None
    target: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Device:
    """A figure in the line.

    Attributes
    ----------
    kind : DeviceKind
        What it is.
    span : NoteSpan
        Its notes.
    detail : str
        What of the kind: degrees (``3-5-7-9``), a scale (``dominant bebop scale of F7``), a triad.
    target : int or None
        Index of the note it leads to, where it does.
    """

    kind: DeviceKind
    span: NoteSpan
    detail: str = ""
    target: int | None = None


@dataclass(frozen=True, slots=True)
class GuideToneLine:
    """A seventh that falls to the third of the next chord, or a third that stays as seventh.

    Attributes
    ----------
    notes : tuple of int
        Indices of the notes that carry it.
    degrees : tuple of str
        Of each over its own chord, such as ``("b7", "3")``.
    """

    notes: tuple[int, ...]
    degrees: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScaleChoice:
    """A scale that the notes over a chord are consistent with.

    Attributes
    ----------
    chord : int
        Index into the chords of the line.
    span : NoteSpan
        The notes over it.
    scale : str
        Such as ``mixolydian``; of the root of the chord.
    tonic : str
        Its first note, such as ``Bb``.
    coverage : float, 0 to 1
        Weight of the notes that are in it.
    margin : float, 0 to 1
        How much better than the next one that differs in a note that matters.
    is_decided : bool
        Whether notes that tell it from the next one were played.
    rivals : tuple of str
        Scales that hold every note played that this one holds, and so are not ruled out.
    """

    chord: int
    span: NoteSpan
    scale: str
    tonic: str
    coverage: float
    margin: float
    is_decided: bool
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LineAnalysis:
    """What a line does.

    Attributes
    ----------
    notes : tuple of NoteAnalysis
        One for each note of the line, in order.
    devices : tuple of Device
        Ordered by their first note, the longer first.
    guide_lines : tuple of GuideToneLine
        In order.
    scales : tuple of ScaleChoice
        In order; none where too few notes are played.
    harmony : HarmonyAnalysis
        What the changes do.
    guide_tone_coverage : float, 0 to 1, or None
        Chords whose third or seventh sounds on a beat, as a share of the chords that are played
        over; None without any chords or beats.
    targets : tuple of int
        Indices of the chord tones on beats that are reached by step, rising.
    """

    notes: tuple[NoteAnalysis, ...]
    devices: tuple[Device, ...] = ()
    guide_lines: tuple[GuideToneLine, ...] = ()
    scales: tuple[ScaleChoice, ...] = ()
    harmony: HarmonyAnalysis = field(default_factory=HarmonyAnalysis)
    guide_tone_coverage: float | None = None
    targets: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence about some notes.

    Attributes
    ----------
    kind : str
        What it is about, a word of `DeviceKind`, `CadenceKind` or such.
    text : str
        The sentence.
    note_ids : tuple of str
        The notes that bear it out.
    bars : tuple of int
        Their bars, ascending.
    """

    kind: str
    text: str
    note_ids: tuple[str, ...]
    bars: tuple[int, ...]
