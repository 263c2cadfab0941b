"""What was heard as labels in time: for Audacity and Sonic Visualiser."""

from xml.etree.ElementTree import Element, SubElement, tostring  # written here, never read

from licklab.domain.pitch import pitch_name
from licklab.domain.transcription import Transcription

_LOUDEST = 127.0


def write_audacity(transcription: Transcription) -> bytes:
    """Write the notes as a label track of Audacity.

    Parameters
    ----------
    transcription : Transcription
        To write.

    Returns
    -------
    bytes
        UTF-8: a line for each note with onset, end and name, separated by tabs.
    """
    lines = [
        f"{note.onset_sec:.6f}\t{note.offset_sec:.6f}\t{pitch_name(note.pitch_midi)}\n"
        for note in transcription.notes
    ]
    return "".join(lines).encode()


def write_sonic_visualiser(transcription: Transcription) -> bytes:
    """Write the notes as a layer of Sonic Visualiser.

    Parameters
    ----------
    transcription : Transcription
        To write.

    Returns
    -------
    bytes
        An ``.svl`` file for "Import Annotation Layer"; each note is labelled with its chord.
    """
    rate = transcription.source.sample_rate
    root = Element("sv")
    data = SubElement(root, "data")
    end = round(transcription.source.duration_sec * rate)
    pitches = [note.pitch_midi for note in transcription.notes] or [60.0]
    SubElement(
        data,
        "model",
        {
            "id": "1", "name": "notes", "sampleRate": str(rate), "start": "0", "end": str(end),
            "type": "sparse", "dimensions": "3", "resolution": "1", "notifyOnAdd": "true",
            "dataset": "0", "subtype": "note", "valueQuantization": "0",
            "minimum": f"{min(pitches):g}", "maximum": f"{max(pitches):g}", "units": "MIDI",
        },
    )  # fmt: skip
    points = SubElement(data, "dataset", {"id": "0", "dimensions": "3"})
    chords = transcription.analysis.chords if transcription.analysis is not None else ()
    at = 0
    for note in transcription.notes:
        while at < len(chords) and chords[at].offset_sec <= note.onset_sec:
            at += 1
        inside = at < len(chords) and chords[at].onset_sec <= note.onset_sec
        frame = round(note.onset_sec * rate)
        SubElement(
            points,
            "point",
            {
                "frame": str(frame),
                "value": f"{note.pitch_midi:g}",
                "duration": str(max(1, round(note.offset_sec * rate) - frame)),
                "level": f"{note.velocity / _LOUDEST:.3f}",
                "label": chords[at].symbol if inside else "",
            },
        )
    display = SubElement(root, "display")
    SubElement(
        display,
        "layer",
        {
            "id": "2", "type": "notes", "name": "Notes", "model": "1", "scaleMinimum": "0",
            "scaleMaximum": "0", "verticalScale": "0", "colourName": "Black", "colour": "#000000",
            "darkBackground": "false",
        },
    )  # fmt: skip
    content: bytes = tostring(root, encoding="utf-8")
    return (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE sonic-visualiser>\n' + content + b"\n"
    )
