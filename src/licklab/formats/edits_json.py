"""Edits as JSON, as requests, rows and documents have them."""

from typing import Any

from licklab.domain.analysis import Analysis
from licklab.domain.beat import TimeSignature
from licklab.domain.chord import Chord
from licklab.domain.chord_edit import LayChart, SetKey, WriteChords
from licklab.domain.grid_edit import (
    DoubleTempo,
    HalveTempo,
    MarkDownbeat,
    MoveBeat,
    Pin,
    PinBeats,
    SetTempo,
    SetTimeSignature,
    ShiftBeats,
    TapBeats,
)
from licklab.domain.key import Key
from licklab.domain.mending import Edit, SettledEdit
from licklab.domain.note_edit import EditNotes
from licklab.domain.recall import ChartFit
from licklab.errors import InputError, SchemaError
from licklab.formats.analysis_json import read_analysis, write_analysis
from licklab.formats.note_edits_json import (
    read_change,
    read_operations,
    write_change,
    write_operations,
)


def write_edit(edit: Edit) -> dict[str, Any]:
    """Write an edit.

    Parameters
    ----------
    edit : Edit
        What a person said.

    Returns
    -------
    dict
        With the member `op`.
    """
    match edit:
        case SetTempo(tempo_bpm):
            return {"op": "tempo", "tempo_bpm": tempo_bpm}
        case DoubleTempo():
            return {"op": "double"}
        case HalveTempo():
            return {"op": "halve"}
        case ShiftBeats(beats):
            return {"op": "shift", "beats": beats}
        case MarkDownbeat(time_sec):
            return {"op": "downbeat", "time_sec": time_sec}
        case MoveBeat(from_sec, to_sec):
            return {"op": "move", "from_sec": from_sec, "to_sec": to_sec}
        case SetTimeSignature(time_signature):
            return {"op": "time_signature", "time_signature": str(time_signature)}
        case TapBeats(taps_sec):
            return {"op": "taps", "taps_sec": list(taps_sec)}
        case PinBeats(pins):
            return {"op": "pins", "pins": [_pin_to_json(one) for one in pins]}
        case WriteChords(chords):
            return {"op": "chords", "chords": _chords_to_json(chords)}
        case LayChart(text):
            return {"op": "chart", "text": text}
        case SetKey(key):
            return {"op": "key", "key": str(key)}
        case EditNotes():
            return {"op": "notes", "operations": write_operations(edit)}


def _pin_to_json(pin: Pin) -> dict[str, Any]:
    document: dict[str, Any] = {"time_sec": pin.time_sec}
    if pin.bar is not None:
        document["bar"] = pin.bar
    if pin.position_in_bar is not None:
        document["position_in_bar"] = pin.position_in_bar
    return document


def _chords_to_json(chords: tuple[Chord, ...]) -> list[dict[str, Any]]:
    written: list[dict[str, Any]] = write_analysis(Analysis(chords=chords))["chords"]
    return written


def read_edit(document: dict[str, Any]) -> Edit:
    """Read an edit.

    Parameters
    ----------
    document : dict
        As `write_edit` makes it.

    Returns
    -------
    Edit
        What a person said.

    Raises
    ------
    SchemaError
        If it is no edit.
    InputError
        If it says what cannot be.
    """
    try:
        return _edit_from_json(document)
    except InputError:
        raise
    except KeyError as error:
        raise SchemaError(f"want an edit, got one without {error}") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise SchemaError(f"want an edit, got: {error}") from error


def _edit_from_json(one: dict[str, Any]) -> Edit:
    match one["op"]:
        case "tempo":
            return SetTempo(float(one["tempo_bpm"]))
        case "double":
            return DoubleTempo()
        case "halve":
            return HalveTempo()
        case "shift":
            return ShiftBeats(float(one["beats"]))
        case "downbeat":
            return MarkDownbeat(float(one["time_sec"]))
        case "move":
            return MoveBeat(float(one["from_sec"]), float(one["to_sec"]))
        case "time_signature":
            return SetTimeSignature(TimeSignature.parse(one["time_signature"]))
        case "taps":
            return TapBeats(tuple(float(tap) for tap in one["taps_sec"]))
        case "pins":
            return PinBeats(
                tuple(
                    Pin(float(pin["time_sec"]), pin.get("bar"), pin.get("position_in_bar"))
                    for pin in one["pins"]
                )
            )
        case "chords":
            return WriteChords(_chords_from_json(one["chords"]))
        case "chart":
            return LayChart(str(one["text"]))
        case "key":
            return SetKey(Key.parse(one["key"]))
        case "notes":
            return read_operations(one["operations"])
        case other:
            raise SchemaError(f"want an edit that is known, got {str(other)[:80]!r}")


def _chords_from_json(chords: list[dict[str, Any]]) -> tuple[Chord, ...]:
    read = read_analysis({**write_analysis(None), "chords": chords})
    return () if read is None else read.chords


def write_outcome(settled: SettledEdit) -> dict[str, Any]:
    """Write what came of an edit.

    Parameters
    ----------
    settled : SettledEdit
        The edit.

    Returns
    -------
    dict
        Beats, chords, the fit of a chart and changed notes, as far as there are any.
    """
    document: dict[str, Any] = {
        "heard_from_sec": settled.heard_from_sec,
        "heard_to_sec": settled.heard_to_sec,
    }
    if settled.grid is not None:
        written = write_analysis(Analysis(grid=settled.grid))
        document |= {name: written[name] for name in ("beats", "time_signature")}
    if settled.chords is not None:
        document["chords"] = _chords_to_json(settled.chords)
    if settled.fit is not None:
        document["fit"] = {
            "fit": settled.fit.fit,
            "transposition_semitones": settled.fit.transposition_semitones,
            "start_beat": settled.fit.start_beat,
            "n_choruses": settled.fit.n_choruses,
        }
    if settled.notes is not None:
        document["notes"] = [write_change(one) for one in settled.notes]
    return document


def read_outcome(edit: Edit, document: dict[str, Any]) -> SettledEdit:
    """Read what came of an edit.

    Parameters
    ----------
    edit : Edit
        The edit.
    document : dict
        As `write_outcome` makes it.

    Returns
    -------
    SettledEdit
        The edit with what came of it.

    Raises
    ------
    SchemaError
        If it is not such a document.
    """
    try:
        grid = read_analysis(write_analysis(None) | document) if "beats" in document else None
        fit = document.get("fit")
        return SettledEdit(
            edit,
            float(document["heard_from_sec"]),
            float(document["heard_to_sec"]),
            grid=None if grid is None else grid.grid,
            chords=_chords_from_json(document["chords"]) if "chords" in document else None,
            fit=None
            if fit is None
            else ChartFit(
                float(fit["fit"]),
                int(fit["transposition_semitones"]),
                int(fit["start_beat"]),
                int(fit["n_choruses"]),
            ),
            notes=tuple(read_change(one) for one in document["notes"])
            if "notes" in document
            else None,
        )
    except (KeyError, ValueError, TypeError, AttributeError, InputError) as error:
        raise SchemaError(f"want what came of an edit, got: {error!r}") from error
