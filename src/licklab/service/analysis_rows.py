"""Between the rhythm and harmony of a job and its rows."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from licklab.domain.analysis import Analysis
from licklab.domain.beat import Beat, BeatGrid, TimeSignature
from licklab.domain.chord import BassNote, Chord, ChordChoice
from licklab.domain.form import Chorus, Form, Section
from licklab.domain.key import Key, KeyEstimate, LocalKey
from licklab.domain.swing import Swing
from licklab.service.analysis_tables import (
    AnalysisRow,
    BassNoteRow,
    BeatRow,
    ChordRow,
    ChorusRow,
    Layer,
    LocalKeyRow,
    SectionRow,
    SwingRow,
)

_TABLES = (
    AnalysisRow, BeatRow, ChordRow, BassNoteRow, LocalKeyRow, SwingRow, SectionRow, ChorusRow,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StoredAnalysis:
    """The rhythm and harmony of a job.

    Attributes
    ----------
    analysis : Analysis
        All of it.
    heard_from_sec, heard_to_sec : float, seconds of the original file
        The part of the recording that was heard.
    """

    analysis: Analysis
    heard_from_sec: float
    heard_to_sec: float


def delete_analysis(session: Session, job_id: uuid.UUID, *layers: Layer) -> None:
    """Delete the rows of a job.

    Parameters
    ----------
    session : Session
        In a transaction.
    job_id : UUID
        The job.
    *layers : Layer
        Which.
    """
    for table in _TABLES:
        session.execute(
            delete(table).where(table.job_id == job_id, table.layer.in_(layers)),
            execution_options={"synchronize_session": False},
        )


def store_analysis(
    session: Session, job_id: uuid.UUID, layer: Layer, stored: StoredAnalysis
) -> None:
    """Write the rows of a job; there are none of that layer yet.

    Parameters
    ----------
    session : Session
        In a transaction.
    job_id : UUID
        The job.
    layer : Layer
        Whose word it is.
    stored : StoredAnalysis
        To be written; bass notes only as heard.
    """
    one = stored.analysis
    swings = [] if one.swing is None and not one.chorus_swing else [one.swing, *one.chorus_swing]
    rows: tuple[tuple[type[Any], list[dict[str, Any]]], ...] = (
        (AnalysisRow, [_whole_row(stored)]),
        (BeatRow, _number(map(_beat_row, one.grid.beats))),
        (ChordRow, _number(map(_chord_row, one.chords))),
        (BassNoteRow, _number(map(_bass_row, one.bass_notes)) if layer is Layer.HEARD else []),
        (LocalKeyRow, _number(map(_local_key_row, one.local_keys))),
        (SwingRow, [row for row in _number(map(_swing_row, swings)) if "ratio" in row]),
        (SectionRow, _number(map(_section_row, one.form.sections if one.form else ()))),
        (ChorusRow, _number(map(_chorus_row, one.form.choruses if one.form else ()))),
    )
    for table, values in rows:
        if values:
            owned = [{"job_id": job_id, "layer": layer.value, **row} for row in values]
            session.execute(insert(table), owned)


def load_analysis(session: Session, job_id: uuid.UUID, layer: Layer) -> StoredAnalysis | None:
    """Read the rows of a job.

    Parameters
    ----------
    session : Session
        In a transaction, so that all rows are of one moment.
    job_id : UUID
        The job.
    layer : Layer
        Whose word.

    Returns
    -------
    StoredAnalysis or None
        None when there are no rows of that layer.
    """
    whole = session.get(
        AnalysisRow, {"job_id": job_id, "layer": layer.value}, populate_existing=True
    )
    if whole is None:
        return None

    def rows(table: type[Any], of: Layer = layer) -> Sequence[Any]:
        # Columns, not objects: thousands of rows in a few milliseconds.
        known = ("job_id", "layer", "number")
        wanted = [one for one in table.__table__.columns if one.name not in known]
        query = select(table.number, *wanted).where(table.job_id == job_id, table.layer == of.value)
        return session.execute(query.order_by(table.number)).all()

    swings = {row.number: Swing(*row[1:]) for row in rows(SwingRow)}
    analysis = Analysis(
        grid=BeatGrid(
            tuple(Beat(*row[1:]) for row in rows(BeatRow)),
            TimeSignature.parse(whole.time_signature),
        ),
        swing=swings.pop(0, None),
        chorus_swing=tuple(swings.values()),
        chords=tuple(
            Chord(
                row.onset_sec,
                row.offset_sec,
                row.label,
                row.symbol,
                row.confidence,
                tuple(ChordChoice(*other) for other in row.alternatives),
            )
            for row in rows(ChordRow)
        ),
        bass_notes=tuple(BassNote(*row[1:]) for row in rows(BassNoteRow, Layer.HEARD)),
        key=_key_of(whole),
        local_keys=tuple(
            LocalKey(row.onset_sec, row.offset_sec, Key.parse(row.key), row.confidence)
            for row in rows(LocalKeyRow)
        ),
        form=_form_of(whole, rows(SectionRow), rows(ChorusRow)),
    )
    return StoredAnalysis(analysis, whole.heard_from_sec, whole.heard_to_sec)


def _number(rows: Any) -> list[dict[str, Any]]:
    return [{"number": number, **row} for number, row in enumerate(rows)]


def _whole_row(stored: StoredAnalysis) -> dict[str, Any]:
    one, key, form = stored.analysis, stored.analysis.key, stored.analysis.form
    return {
        "heard_from_sec": stored.heard_from_sec,
        "heard_to_sec": stored.heard_to_sec,
        "tempo_bpm": one.grid.tempo_bpm,
        "time_signature": str(one.grid.time_signature),
        "key": None if key is None else str(key.key),
        "key_confidence": None if key is None else key.confidence,
        "key_alternative": None if key is None else str(key.alternative),
        "form_name": None if form is None else form.name,
        "form_bars": None if form is None else form.n_bars,
        "form_confidence": None if form is None else form.confidence,
    }


def _beat_row(one: Beat) -> dict[str, Any]:
    return {
        "time_sec": one.time_sec,
        "bar": one.bar,
        "position_in_bar": one.position_in_bar,
        "confidence": one.confidence,
    }


def _span_row(one: Chord | BassNote | LocalKey | Swing | Chorus) -> dict[str, Any]:
    return {"onset_sec": one.onset_sec, "offset_sec": one.offset_sec}


def _chord_row(one: Chord) -> dict[str, Any]:
    return {
        **_span_row(one),
        "label": one.label,
        "symbol": one.symbol,
        "confidence": one.confidence,
        "alternatives": [[a.label, a.symbol, a.confidence] for a in one.alternatives],
    }


def _bass_row(one: BassNote) -> dict[str, Any]:
    return {**_span_row(one), "pitch_midi": one.pitch_midi, "confidence": one.confidence}


def _local_key_row(one: LocalKey) -> dict[str, Any]:
    return {**_span_row(one), "key": str(one.key), "confidence": one.confidence}


def _swing_row(one: Swing | None) -> dict[str, Any]:
    if one is None:
        return {}
    return {
        **_span_row(one),
        "ratio": one.ratio,
        "spread": one.spread,
        "soloist_ratio": one.soloist_ratio,
        "delay_sec": one.delay_sec,
    }


def _section_row(one: Section) -> dict[str, Any]:
    return {"label": one.label, "first_bar": one.first_bar, "n_bars": one.n_bars}


def _chorus_row(one: Chorus) -> dict[str, Any]:
    return {
        "chorus": one.number,
        "first_bar": one.first_bar,
        "n_bars": one.n_bars,
        **_span_row(one),
    }


def _key_of(whole: AnalysisRow) -> KeyEstimate | None:
    if whole.key is None:
        return None
    assert whole.key_confidence is not None
    assert whole.key_alternative is not None
    return KeyEstimate(Key.parse(whole.key), whole.key_confidence, Key.parse(whole.key_alternative))


def _form_of(whole: AnalysisRow, sections: Sequence[Any], choruses: Sequence[Any]) -> Form | None:
    if whole.form_name is None:
        return None
    assert whole.form_bars is not None
    assert whole.form_confidence is not None
    return Form(
        whole.form_name,
        whole.form_bars,
        tuple(Section(*row[1:]) for row in sections),
        tuple(Chorus(*row[1:]) for row in choruses),
        whole.form_confidence,
    )
