"""Notes out of MIDI files: the truth beside the example, and what a peer wrote."""

from pathlib import Path

import mido

from licklab.domain.note import Note


def read_notes(path: Path, track: str | None = None) -> list[Note]:
    """Read the notes of a MIDI file.

    Parameters
    ----------
    path : Path
        The file; its tempo may change.
    track : str, optional
        Only the track whose name begins so; all if omitted.

    Returns
    -------
    list of Note
        In order of their ends, with times in seconds.
    """
    file = mido.MidiFile(path)
    if track is not None:
        for one in file.tracks:
            if not one.name.startswith(track):
                # Muted, not removed: the tempo stands in a track of another name.
                one[:] = [_muted(message) for message in one]
    now = 0.0
    sounding: dict[tuple[int, int], list[tuple[float, int]]] = {}
    notes: list[Note] = []
    for message in file:
        now += message.time
        if message.type == "note_on" and message.velocity > 0:
            sounding.setdefault((message.channel, message.note), []).append((now, message.velocity))
        elif message.type in ("note_on", "note_off"):
            begun = sounding.get((message.channel, message.note))
            if begun:
                onset_sec, velocity = begun.pop(0)
                if now > onset_sec:
                    notes.append(Note(onset_sec, now, message.note, velocity, 1.0))
    return notes


def _muted(message: mido.Message) -> mido.Message:
    return message.copy(velocity=0) if message.type == "note_on" else message
