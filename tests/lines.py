"""Lines of notes over beats, made up for tests."""

from collections.abc import Sequence

from hypothesis import strategies as st

from licklab.domain.analysis import Analysis
from licklab.domain.beat import Beat, BeatGrid, TimeSignature
from licklab.domain.chord import Chord
from licklab.domain.harte import label_to_symbol
from licklab.domain.instrument import Texture
from licklab.domain.key import Key, KeyEstimate
from licklab.domain.note import Note
from licklab.domain.swing import Swing
from licklab.domain.transcription import EngineInfo, Source, Transcription


def even_grid(
    n_bars: int, signature: TimeSignature | None = None, *, beat_sec: float = 0.5, start: int = 1
) -> BeatGrid:
    """Give bars of even beats from second 0; `start` is the position of the first beat."""
    meter = signature or TimeSignature()
    per_bar = meter.beats_per_bar
    beats = []
    for k in range(n_bars * per_bar):
        bar, position = divmod(k + start - 1, per_bar)
        beats.append(Beat(k * beat_sec, bar + (1 if start == 1 else 0), position + 1))
    return BeatGrid(tuple(beats), meter)


def line(*notes: tuple[float, float, int]) -> tuple[Note, ...]:
    """Give notes of (onset, offset, pitch)."""
    return tuple(Note(onset, offset, pitch, 80, 0.9) for onset, offset, pitch in notes)


def transcription(
    notes: Sequence[Note],
    grid: BeatGrid | None = None,
    *,
    labels: Sequence[tuple[float, str]] = (),
    key: str | None = None,
    swing: float | None = None,
    instrument: str = "tenor_sax",
    mode: Texture = Texture.LINE,
) -> Transcription:
    """Give a transcription with chords of (onset, label)."""
    end = max([note.offset_sec for note in notes], default=1.0) + 1
    ends = [*(onset for onset, _ in labels[1:]), end][: len(labels)]
    chords = tuple(
        Chord(onset, until, label, label_to_symbol(label))
        for (onset, label), until in zip(labels, ends, strict=True)
    )
    tonic = None if key is None else Key.parse(key)
    analysis = Analysis(
        grid=grid or BeatGrid(),
        swing=None if swing is None else Swing(0, end, swing, None, swing, 0.0),
        chords=chords,
        key=None if tonic is None else KeyEstimate(tonic, 1.0, tonic.relative),
    )
    source = Source("Blue.wav", end, "0" * 64, 44100, 1)
    return Transcription(
        source, instrument, 440.0, tuple(notes), EngineInfo("test"), mode=mode, analysis=analysis
    )


@st.composite
def played_lines(draw: st.DrawFn) -> tuple[Note, ...]:
    """Draw lines as they are played: any rhythm, one note after another."""
    onset = draw(st.floats(0, 3))
    notes = []
    for _ in range(draw(st.integers(1, 24))):
        apart = draw(st.floats(0.02, 1.6))
        length = draw(st.floats(0.2, 1.0)) * apart
        pitch = draw(st.integers(44, 86))
        confidence = draw(st.sampled_from([0.2, 0.9]))
        notes.append(Note(onset, onset + max(length, 0.01), pitch, 80, confidence))
        onset += apart
    return tuple(notes)


@st.composite
def played_chords(draw: st.DrawFn) -> tuple[Note, ...]:
    """Draw notes that overlap in any way, ordered by onset."""
    notes = []
    for _ in range(draw(st.integers(1, 30))):
        onset = round(draw(st.floats(0, 6)), 2)
        length = draw(st.floats(0.05, 2))
        notes.append(Note(onset, onset + length, draw(st.integers(40, 88)), 80, 0.9))
    return tuple(sorted(notes, key=lambda note: (note.onset_sec, note.pitch_midi)))
