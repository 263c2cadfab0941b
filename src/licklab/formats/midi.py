"""A transcription as a standard MIDI file, with the notes as they were played."""

import io
from pathlib import PurePath

import mido

from licklab.domain.instrument import INSTRUMENTS
from licklab.domain.transcription import Transcription

# Without a known tempo the file says 120 bpm, as a sequencer assumes; at 960 ticks a beat a tick
# is half a millisecond, well below what anyone hears.
_TICKS_PER_BEAT = 960
_TEMPO_BPM = 120
_TICKS_PER_SEC = _TICKS_PER_BEAT * _TEMPO_BPM / 60


def write_midi(transcription: Transcription) -> bytes:
    """Write the notes as a MIDI file of format 1 with a tempo track and one track of notes.

    Parameters
    ----------
    transcription : Transcription
        To write; pitches between two keys are rounded to the nearer one.

    Returns
    -------
    bytes
        The file. Seconds in it are seconds of the recording, to half a millisecond.
    """
    instrument = INSTRUMENTS[transcription.instrument]
    file = mido.MidiFile(type=1, ticks_per_beat=_TICKS_PER_BEAT, charset="utf-8")
    title = PurePath(transcription.source.filename).stem
    tempo = mido.bpm2tempo(_TEMPO_BPM)
    file.tracks.append(
        mido.MidiTrack(
            [mido.MetaMessage("track_name", name=title), mido.MetaMessage("set_tempo", tempo=tempo)]
        )
    )
    track = mido.MidiTrack(
        [
            mido.MetaMessage("track_name", name=instrument.name),
            mido.Message("program_change", program=instrument.gm_program),
        ]
    )
    track.extend(_note_messages(transcription))
    file.tracks.append(track)
    buffer = io.BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


def _note_messages(transcription: Transcription) -> list[mido.Message]:
    events: list[tuple[int, int, int, int]] = []  # tick, 0 = off before 1 = on, pitch, velocity
    for note in transcription.notes:
        on = round(note.onset_sec * _TICKS_PER_SEC)
        off = max(on + 1, round(note.offset_sec * _TICKS_PER_SEC))
        pitch = min(127, max(0, round(note.pitch_midi)))
        events += [(on, 1, pitch, note.velocity), (off, 0, pitch, 0)]
    messages, before = [], 0
    for tick, is_on, pitch, velocity in sorted(events):
        kind = "note_on" if is_on else "note_off"
        messages.append(mido.Message(kind, note=pitch, velocity=velocity, time=tick - before))
        before = tick
    return messages
