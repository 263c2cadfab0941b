"""Transcriptions for property tests."""

from hypothesis import strategies as st

from licklab.domain.expression import Expression
from licklab.domain.instrument import INSTRUMENTS, Texture
from licklab.domain.note import Note
from licklab.domain.region import Region
from licklab.domain.transcription import EngineInfo, ModelInfo, Source, Transcription

_DIGEST = st.text("0123456789abcdef", min_size=64, max_size=64)


@st.composite
def expressions(draw: st.DrawFn) -> Expression:
    """Draw an expression on the grid that files keep."""
    depth = st.integers(0, 2400).map(lambda tenths: tenths / 10)
    excursion = st.integers(-2400, 2400).map(lambda tenths: tenths / 10)
    has_vibrato = draw(st.booleans())
    return Expression(
        pitch_cents=draw(excursion),
        scoop_cents=draw(depth),
        fall_cents=draw(depth),
        bend_cents=draw(excursion),
        vibrato_hz=draw(st.integers(340, 860)) / 100 if has_vibrato else 0.0,
        vibrato_cents=draw(st.integers(100, 1000)) / 10 if has_vibrato else 0.0,
    )


@st.composite
def notes(draw: st.DrawFn) -> Note:
    """Draw a note on the microsecond grid that files keep."""
    onset_us = draw(st.integers(0, 3_600_000_000))
    length_us = draw(st.integers(30_000, 10_000_000))
    return Note(
        onset_us / 1e6,
        (onset_us + length_us) / 1e6,
        draw(st.integers(21, 108)),
        draw(st.integers(1, 127)),
        draw(st.integers(0, 10_000)) / 10_000,
        draw(st.none() | expressions()),
    )


@st.composite
def regions(draw: st.DrawFn) -> Region:
    """Draw a region with both ends."""
    start_ms = draw(st.integers(0, 3_600_000))
    return Region(start_ms / 1000, (start_ms + draw(st.integers(1, 600_000))) / 1000)


@st.composite
def transcriptions(draw: st.DrawFn) -> Transcription:
    """Draw a transcription."""
    model = ModelInfo("basic-pitch", "0.4.0", draw(_DIGEST))
    return Transcription(
        source=Source(
            filename=draw(st.text(min_size=1, max_size=30)),
            duration_sec=draw(st.integers(0, 3_600_000)) / 1000,
            sha256=draw(_DIGEST),
            sample_rate=draw(st.sampled_from([8000, 44_100, 192_000])),
            channels=draw(st.integers(1, 8)),
            priming_sec=draw(st.sampled_from([0.0, 0.025057])),
        ),
        instrument=draw(st.sampled_from(sorted(INSTRUMENTS))),
        tuning_hz=draw(st.integers(43_000, 45_000)) / 100,
        notes=tuple(
            sorted(
                draw(st.lists(notes(), max_size=20)),
                key=lambda note: (note.onset_sec, note.pitch_midi),
            )
        ),
        engine=EngineInfo("0.1.0", (model,)),
        warnings=tuple(draw(st.lists(st.text(max_size=20), max_size=2))),
        mode=draw(st.none() | st.sampled_from(Texture)),
        region=draw(st.none() | regions()),
    )
