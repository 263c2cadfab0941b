"""A transcription as a standard MIDI file, with the notes as they were played."""

import io
from pathlib import PurePath

import mido

from licklab.domain.analysis import Analysis
from licklab.domain.instrument import INSTRUMENTS
from licklab.domain.transcription import Transcription
from licklab.formats.midi_time import TICKS_PER_QUARTER, MidiClock, clock_of, write_conductor


def write_midi(transcription: Transcription) -> bytes:
    """Write the notes as a MIDI file of format 1 with a tempo track and one track of notes.

    Parameters
    ----------
    transcription : Transcription
        To write; pitches between two keys are rounded to the nearer one.

    Returns
    -------
    bytes
        The file. Seconds in it are seconds of the recording, to half a millisecond. Its bars and
        tempo are those of the recording, where they are known; its markers are the chords.
    """
    analysis = transcription.analysis or Analysis()
    clock = clock_of(analysis.grid)
    instrument = INSTRUMENTS[transcription.instrument]
    file = mido.MidiFile(type=1, ticks_per_beat=TICKS_PER_QUARTER, charset="utf-8")
    title = PurePath(transcription.source.filename).stem
    file.tracks.append(
        mido.MidiTrack(
            [mido.MetaMessage("track_name", name=title), *write_conductor(analysis, clock)]
        )
    )
    track = mido.MidiTrack(
        [
            mido.MetaMessage("track_name", name=instrument.name),
            mido.Message("program_change", program=instrument.gm_program),
        ]
    )
    track.extend(_note_messages(transcription, clock))
    file.tracks.append(track)
    buffer = io.BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


def _note_messages(transcription: Transcription, clock: MidiClock) -> list[mido.Message]:
    events: list[tuple[int, int, int, int]] = []  # tick, 0 = off before 1 = on, pitch, velocity
    for note in transcription.notes:
        on = clock.tick_at(note.onset_sec)
        off = max(on + 1, clock.tick_at(note.offset_sec))
        pitch = min(127, max(0, round(note.pitch_midi)))
        events += [(on, 1, pitch, note.velocity), (off, 0, pitch, 0)]
    messages, before = [], 0
    for tick, is_on, pitch, velocity in sorted(events):
        kind = "note_on" if is_on else "note_off"
        messages.append(mido.Message(kind, note=pitch, velocity=velocity, time=tick - before))
        before = tick
    return messages
