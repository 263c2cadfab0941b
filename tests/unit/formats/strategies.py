"""Transcriptions for property tests."""

from hypothesis import strategies as st

from licklab.domain.analysis import Analysis
from licklab.domain.beat import BeatGrid, TimeSignature
from licklab.domain.beat_count import count_beats
from licklab.domain.chord import BassNote, Chord, ChordChoice
from licklab.domain.expression import Expression
from licklab.domain.form import Chorus, Form, Section
from licklab.domain.instrument import INSTRUMENTS, Texture
from licklab.domain.key import Key, KeyEstimate, KeyMode, LocalKey
from licklab.domain.note import Note
from licklab.domain.region import Region
from licklab.domain.swing import Swing
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


_SURE = st.integers(0, 10_000).map(lambda value: value / 10_000)
_BARS = st.integers(1, 64)
_RATIOS = st.none() | st.integers(500, 3000).map(lambda value: value / 1000)
_KEYS = st.builds(Key.of_pitch_class, st.integers(0, 11), st.sampled_from(KeyMode))


@st.composite
def spans(draw: st.DrawFn) -> tuple[float, float]:
    """Draw a beginning and an end on the microsecond grid."""
    onset_us = draw(st.integers(0, 3_600_000_000))
    return onset_us / 1e6, (onset_us + draw(st.integers(1, 60_000_000))) / 1e6


@st.composite
def beat_grids(draw: st.DrawFn) -> BeatGrid:
    """Draw beats on the microsecond grid; a signature only where there are some."""
    times_us = sorted(draw(st.sets(st.integers(0, 600_000_000), max_size=12)))
    if not times_us:
        return BeatGrid()
    signature = TimeSignature.parse(draw(st.sampled_from(["4/4", "3/4", "5/4", "6/8"])))
    return count_beats(
        [one / 1e6 for one in times_us],
        [draw(_SURE) for _ in times_us],
        signature,
        {0: draw(st.integers(1, signature.beats_per_bar))},
        {0: draw(st.integers(-4, 4))},
    )


@st.composite
def chords(draw: st.DrawFn) -> Chord:
    """Draw a chord with alternatives."""
    names = st.tuples(st.text(min_size=1, max_size=9), st.text(min_size=1, max_size=9))
    others = tuple(ChordChoice(*draw(names), draw(_SURE)) for _ in range(draw(st.integers(0, 3))))
    return Chord(*draw(spans()), *draw(names), draw(_SURE), others)


@st.composite
def swings(draw: st.DrawFn) -> Swing:
    """Draw a swing, any of whose figures may lack."""
    delay_sec = draw(st.none() | st.integers(-999, 999).map(lambda value: value / 10_000))
    return Swing(*draw(spans()), draw(_RATIOS), draw(_RATIOS), draw(_RATIOS), delay_sec)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Draw a form."""
    return Form(
        draw(st.text(min_size=1, max_size=12)),
        draw(_BARS),
        tuple(draw(st.lists(st.builds(Section, st.sampled_from("ABC"), _BARS, _BARS), max_size=4))),
        tuple(
            Chorus(i + 1, draw(st.integers(-31, 500)), draw(_BARS), *draw(spans()))
            for i in range(draw(st.integers(0, 4)))
        ),
        draw(_SURE),
    )


@st.composite
def analyses(draw: st.DrawFn) -> Analysis:
    """Draw rhythm and harmony; not all of it hangs together."""
    local = st.builds(lambda s, k, c: LocalKey(s[0], s[1], k, c), spans(), _KEYS, _SURE)
    pitches = st.integers(21, 60)
    bass = st.builds(lambda s, p, c: BassNote(s[0], s[1], p, c), spans(), pitches, _SURE)
    return Analysis(
        grid=draw(beat_grids()),
        swing=draw(st.none() | swings()),
        chorus_swing=tuple(draw(st.lists(swings(), max_size=3))),
        chords=tuple(draw(st.lists(chords(), max_size=6))),
        bass_notes=tuple(draw(st.lists(bass, max_size=6))),
        key=draw(st.none() | st.builds(KeyEstimate, _KEYS, _SURE, _KEYS)),
        local_keys=tuple(draw(st.lists(local, max_size=3))),
        form=draw(st.none() | forms()),
    )


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
        # A document cannot tell nothing known of them from nothing there.
        analysis=draw(st.none() | analyses().filter(lambda one: one != Analysis())),
    )
