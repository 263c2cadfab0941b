"""Parts to sound with General MIDI soundfonts, by FluidSynth."""

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import mido
import numpy as np
import numpy.typing as npt
import soundfile as sf

from synthesis.score import Part

SAMPLE_RATE = 22_050
_SOUNDS = Path("/usr/share/sounds")
# Debian packages: fluid-soundfont-gm, musescore-general-soundfont, timgm6mb-soundfont,
# fluidr3mono-gm-soundfont, csound-soundfont, opl3-soundfont.
SOUNDFONTS = {
    "fluid": _SOUNDS / "sf2" / "FluidR3_GM.sf2",
    "musescore": _SOUNDS / "sf3" / "MuseScore_General.sf3",
    "timgm": _SOUNDS / "sf2" / "TimGM6mb.sf2",
    "mono": _SOUNDS / "sf3" / "FluidR3Mono_GM.sf3",
    "csound": _SOUNDS / "sf2" / "sf_GMbank.sf2",
    "opl3": _SOUNDS / "sf2" / "OPL-3_FM_128M.sf2",
}
_MEMORY = Path("/dev/shm")  # noqa: S108 (folders of random names are made in it)
_BEND_RANGE_CENTS = 200.0
_DRUM_CHANNEL = 9

Samples = npt.NDArray[np.float32]


def render_parts(parts: Sequence[Part], soundfont: str, *, reverb: bool = False) -> Samples:
    """Render parts together.

    Parameters
    ----------
    parts : sequence of Part
        At most 15 that are not drums.
    soundfont : str
        A name in `SOUNDFONTS`.
    reverb : bool
        FluidSynth's own, with its defaults.

    Returns
    -------
    array, shape=(n_samples,)
        Mono, at 22,050 Hz; time 0 is sample 0.
    """
    with tempfile.TemporaryDirectory(dir=fast_folder()) as folder:
        score, sound = Path(folder) / "score.mid", Path(folder) / "sound.wav"
        _write_midi(parts, score)
        command = ["fluidsynth", "-ni", "-q", "-g", "0.5", "-R", str(int(reverb)), "-C", "0",
                   "-r", str(SAMPLE_RATE), "-O", "float", "-T", "wav", "-F", str(sound),
                   "-o", "synth.dynamic-sample-loading=1",
                   str(SOUNDFONTS[soundfont]), str(score)]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True)
        samples, _ = sf.read(sound, dtype="float32", always_2d=True)
    mono: Samples = samples.mean(axis=1)
    return mono


def fast_folder() -> str | None:
    """Give a folder in memory for files that live for a moment, where there is one."""
    return str(_MEMORY) if _MEMORY.is_dir() else None


def _write_midi(parts: Sequence[Part], path: Path) -> None:
    file = mido.MidiFile(ticks_per_beat=1000)
    track = mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=1_000_000)])
    file.tracks.append(track)
    events: list[tuple[float, int, mido.Message]] = []
    channels = iter([one for one in range(16) if one != _DRUM_CHANNEL])
    for part in parts:
        channel = _DRUM_CHANNEL if part.drums else next(channels)
        events.append(
            (0.0, 0, mido.Message("program_change", channel=channel, program=part.program))
        )
        for note in part.notes:
            on = mido.Message(
                "note_on", channel=channel, note=note.pitch_midi, velocity=note.velocity
            )
            off = mido.Message("note_off", channel=channel, note=note.pitch_midi)
            events += [(note.onset_sec, 3, on), (note.offset_sec, 1, off)]
            if part.drums:
                continue
            events.append((note.onset_sec, 2, _bend(channel, 0.0)))
            if note.bend is not None:
                inside = note.bend[:, 0] <= note.offset_sec - note.onset_sec + 0.02
                events += [
                    (note.onset_sec + float(after), 2, _bend(channel, float(cents)))
                    for after, cents in note.bend[inside]
                ]
    events.sort(key=lambda one: (one[0], one[1]))
    ticks = 0
    for when, _, message in events:
        tick = max(ticks, round(max(0.0, when) * 1000))
        track.append(message.copy(time=tick - ticks))
        ticks = tick
    track.append(mido.MetaMessage("end_of_track", time=600))
    file.save(path)


def _bend(channel: int, cents: float) -> mido.Message:
    pitch = round(max(-1.0, min(1.0, cents / _BEND_RANGE_CENTS)) * 8191)
    return mido.Message("pitchwheel", channel=channel, pitch=pitch)
