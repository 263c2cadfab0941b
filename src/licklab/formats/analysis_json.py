"""Rhythm and harmony as members of a JSON document."""

from typing import Any

from licklab.domain.analysis import Analysis
from licklab.domain.beat import Beat, BeatGrid, TimeSignature
from licklab.domain.chord import BassNote, Chord, ChordChoice
from licklab.domain.form import Chorus, Form, Section
from licklab.domain.key import Key, KeyEstimate, LocalKey
from licklab.domain.swing import Swing

# Microseconds, as everywhere in a transcription.
_TIME_DIGITS = 6
_CONFIDENCE_DIGITS = 4
# A thousandth of a ratio and a hundredth of a bpm are finer than they can be measured.
_RATIO_DIGITS = 3
_TEMPO_DIGITS = 2
_DELAY_DIGITS = 1
# Three hours of bars of one fast beat are 60,000; what has more is no count of bars.
_MOST_BARS = 100_000


def write_analysis(analysis: Analysis | None) -> dict[str, Any]:
    """Write rhythm and harmony as members of a document.

    Parameters
    ----------
    analysis : Analysis or None
        To write.

    Returns
    -------
    dict
        The frozen members, empty or null where nothing is known, and of the later ones those
        that tell something.
    """
    analysis = analysis or Analysis()
    grid, tempo_bpm = analysis.grid, analysis.grid.tempo_bpm
    swing, key = analysis.swing, analysis.key
    frozen = {
        "tempo_bpm": None if tempo_bpm is None else round(tempo_bpm, _TEMPO_DIGITS),
        "time_signature": str(grid.time_signature) if grid.beats else None,
        "key": None if key is None else str(key.key),
        "swing_ratio": None if swing is None else _round(swing.ratio, _RATIO_DIGITS),
        "beats": [_beat_to_json(one) for one in grid.beats],
        "chords": [_chord_to_json(one) for one in analysis.chords],
    }
    later = {
        "tempo_curve": [
            {"time_sec": _time(one.time_sec), "tempo_bpm": round(one.tempo_bpm, _TEMPO_DIGITS)}
            for one in grid.tempo_curve()
        ],
        "swing": None if swing is None else _swing_to_json(swing),
        "chorus_swing": [_swing_to_json(one) for one in analysis.chorus_swing],
        "key_confidence": None if key is None else round(key.confidence, _CONFIDENCE_DIGITS),
        "key_alternative": None if key is None else str(key.alternative),
        "local_keys": [
            {**_span_to_json(one), "key": str(one.key), **_confidence_to_json(one)}
            for one in analysis.local_keys
        ],
        "bass_notes": [
            {**_span_to_json(one), "pitch_midi": one.pitch_midi, **_confidence_to_json(one)}
            for one in analysis.bass_notes
        ],
        "form": None if analysis.form is None else _form_to_json(analysis.form),
    }
    return frozen | {name: value for name, value in later.items() if value not in (None, [])}


def _time(time_sec: float) -> float:
    return round(time_sec, _TIME_DIGITS)


def _round(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


def _span_to_json(one: Chord | BassNote | LocalKey | Chorus | Swing) -> dict[str, float]:
    return {"onset_sec": _time(one.onset_sec), "offset_sec": _time(one.offset_sec)}


def _confidence_to_json(
    one: Beat | Chord | ChordChoice | BassNote | LocalKey | Form,
) -> dict[str, float]:
    return {"confidence": round(one.confidence, _CONFIDENCE_DIGITS)}


def _beat_to_json(one: Beat) -> dict[str, Any]:
    return {
        "time_sec": _time(one.time_sec),
        "bar": one.bar,
        "position_in_bar": one.position_in_bar,
        **_confidence_to_json(one),
    }


def _chord_to_json(one: Chord) -> dict[str, Any]:
    return {
        **_span_to_json(one),
        "label": one.label,
        "symbol": one.symbol,
        **_confidence_to_json(one),
        "alternatives": [
            {"label": other.label, "symbol": other.symbol, **_confidence_to_json(other)}
            for other in one.alternatives
        ],
    }


def _swing_to_json(one: Swing) -> dict[str, Any]:
    delay_ms = None if one.delay_sec is None else 1000 * one.delay_sec
    return {
        **_span_to_json(one),
        "ratio": _round(one.ratio, _RATIO_DIGITS),
        "feel": None if one.feel is None else one.feel.value,
        "spread": _round(one.spread, _RATIO_DIGITS),
        "soloist_ratio": _round(one.soloist_ratio, _RATIO_DIGITS),
        "delay_ms": _round(delay_ms, _DELAY_DIGITS),
    }


def _form_to_json(form: Form) -> dict[str, Any]:
    return {
        "name": form.name,
        "n_bars": form.n_bars,
        "sections": [
            {"label": one.label, "first_bar": one.first_bar, "n_bars": one.n_bars}
            for one in form.sections
        ],
        "choruses": [
            {
                "number": one.number,
                "first_bar": one.first_bar,
                "n_bars": one.n_bars,
                **_span_to_json(one),
            }
            for one in form.choruses
        ],
        **_confidence_to_json(form),
    }


def read_analysis(document: dict[str, Any]) -> Analysis | None:
    """Read rhythm and harmony from the members of a document.

    Parameters
    ----------
    document : dict
        With the frozen members; the others may lack.

    Returns
    -------
    Analysis or None
        None where the document tells nothing of them.

    Raises
    ------
    KeyError, TypeError, ValueError, InputError
        If the members are not of their kinds.
    """
    signature, key = document["time_signature"], document["key"]
    swing = document.get("swing")
    analysis = Analysis(
        grid=BeatGrid(
            tuple(_beat_from_json(one) for one in document["beats"]),
            TimeSignature() if signature is None else TimeSignature.parse(signature),
        ),
        swing=None if swing is None else _swing_from_json(swing),
        chorus_swing=tuple(_swing_from_json(one) for one in document.get("chorus_swing", [])),
        chords=tuple(_chord_from_json(one) for one in document["chords"]),
        bass_notes=tuple(
            BassNote(*_span(one), int(one["pitch_midi"]), float(one["confidence"]))
            for one in document.get("bass_notes", [])
        ),
        key=None if key is None else _key_from_json(Key.parse(key), document),
        local_keys=tuple(
            LocalKey(*_span(one), Key.parse(one["key"]), float(one["confidence"]))
            for one in document.get("local_keys", [])
        ),
        form=None if document.get("form") is None else _form_from_json(document["form"]),
    )
    return None if analysis == Analysis() else analysis


def _span(one: dict[str, Any]) -> tuple[float, float]:
    return float(one["onset_sec"]), float(one["offset_sec"])


def _optional(value: Any) -> float | None:
    return None if value is None else float(value)


def _beat_from_json(one: dict[str, Any]) -> Beat:
    bar, position = int(one["bar"]), int(one["position_in_bar"])
    if max(abs(bar), position) > _MOST_BARS:
        raise ValueError(f"want at most {_MOST_BARS} bars and beats, got {bar} and {position}")
    return Beat(float(one["time_sec"]), bar, position, float(one["confidence"]))


def _chord_from_json(one: dict[str, Any]) -> Chord:
    return Chord(
        *_span(one),
        str(one["label"]),
        str(one["symbol"]),
        float(one["confidence"]),
        tuple(
            ChordChoice(str(other["label"]), str(other["symbol"]), float(other["confidence"]))
            for other in one.get("alternatives", [])
        ),
    )


def _key_from_json(key: Key, document: dict[str, Any]) -> KeyEstimate:
    alternative = document.get("key_alternative")
    return KeyEstimate(
        key,
        float(document.get("key_confidence", 1.0)),
        key.relative if alternative is None else Key.parse(alternative),
    )


def _swing_from_json(one: dict[str, Any]) -> Swing:
    delay_ms = _optional(one["delay_ms"])
    return Swing(
        *_span(one),
        ratio=_optional(one["ratio"]),
        spread=_optional(one["spread"]),
        soloist_ratio=_optional(one["soloist_ratio"]),
        delay_sec=None if delay_ms is None else round(delay_ms / 1000, _TIME_DIGITS),
    )


def _form_from_json(one: dict[str, Any]) -> Form:
    return Form(
        name=str(one["name"]),
        n_bars=int(one["n_bars"]),
        sections=tuple(
            Section(str(each["label"]), int(each["first_bar"]), int(each["n_bars"]))
            for each in one["sections"]
        ),
        choruses=tuple(
            Chorus(int(each["number"]), int(each["first_bar"]), int(each["n_bars"]), *_span(each))
            for each in one["choruses"]
        ),
        confidence=float(one["confidence"]),
    )
