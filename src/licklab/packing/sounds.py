"""The sound of a practice pack: a rhythm section to play along with, and the recording itself."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from licklab.domain.region import Region
from licklab.engine.audio.clip import ClipWishes, cut_clip, write_clip
from licklab.engine.audio.probe import AudioInfo
from licklab.packing.wishes import PackWishes
from licklab.practice.keys import KeyedPassage
from licklab.practice.play_along import play_along
from licklab.sounding.audio_file import write_audio
from licklab.sounding.installed import load_sampler

# Of the recording: slow enough to hear every note.
_SLOW_PERCENT = 70


@dataclass(frozen=True, slots=True)
class PackRecording:
    """Where a lick was played.

    Attributes
    ----------
    path : Path
        The recording.
    info : AudioInfo
        What is in it.
    stretch : Region
        Of the lick, in seconds of the recording.
    """

    path: Path
    info: AudioInfo
    stretch: Region


@dataclass(frozen=True, slots=True)
class PackSound:
    """One sound of a pack.

    Attributes
    ----------
    name : str
        End of its file's name, such as ``band-60``.
    source : str
        ``band`` or ``recording``.
    speed_percent : int
        Of the recording's tempo.
    tempo_bpm : float
        Beats a minute.
    content : bytes
        An MP3.
    """

    name: str
    source: str
    speed_percent: int
    tempo_bpm: float
    content: bytes


def sound_keys(
    keyed: Sequence[KeyedPassage],
    wishes: PackWishes,
    recording: PackRecording | None,
    report: Callable[[float], None],
    soundfont: Path | None = None,
) -> Iterator[tuple[int, PackSound]]:
    """Sound a lick in all its keys.

    Parameters
    ----------
    keyed : sequence of KeyedPassage
        The lick in each key.
    wishes : PackWishes
        Instrument and speeds.
    recording : PackRecording or None
        The recording it is from, which is transposed and slowed; None for none.
    report : callable
        Is told the share that is done.
    soundfont : Path, optional
        That plays; the program's own if omitted.

    Yields
    ------
    at : int
        Index of the key.
    sound : PackSound
        Of it.
    """
    sampler = load_sampler(soundfont)
    for at, one in enumerate(keyed):
        for speed in wishes.speeds_percent:
            tempo = one.passage.tempo_bpm * speed / 100
            samples = play_along(
                one.passage, instrument=wishes.instrument, sampler=sampler, tempo_bpm=tempo
            )
            content = write_audio(samples, "mp3")
            yield at, PackSound(f"band-{speed}", "band", speed, tempo, content)
        if recording is not None:
            for speed in (_SLOW_PERCENT, 100):
                content = _cut(recording, _nearest(one.semitones), speed)
                tempo = one.passage.tempo_bpm * speed / 100
                name = f"recording-{speed}"
                yield at, PackSound(name, "recording", speed, tempo, content)
        report((at + 1) / len(keyed))


def _nearest(semitones: int) -> int:
    """Leave out octaves: the player is heard where he plays, not as a giant or a dwarf."""
    return (semitones + 5) % 12 - 5


def _cut(recording: PackRecording, semitones: int, speed_percent: int) -> bytes:
    wishes = ClipWishes(float(speed_percent), semitones)
    clip = cut_clip(recording.path, recording.info, recording.stretch, wishes)
    out = BytesIO()
    write_clip(clip, out, "mp3", 1)
    return out.getvalue()
