"""A chart that somebody gives, laid over a recording.

In: evidence of the harmony, beats, and one chorus of the chart. Where it begins, in which key it is
played, and how often, is not known; beats were missed or made up, and bar lines may be wrong.
Out: its chords in time. What each beat says of each chord is softened, since charts and players
differ in the colour of a chord far more often than in its root and third.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from licklab.domain.beat import BeatGrid
from licklab.domain.chord import NO_CHORD, QUALITIES, QUALITY_TONES, Chord
from licklab.domain.evidence import ChordEvidence
from licklab.domain.harte import label_to_symbol
from licklab.domain.key import Key
from licklab.engine.chords.chart_path import OUTSIDE, Moves, Places, find_chart_path
from licklab.engine.chords.config import HarmonyConfig
from licklab.engine.chords.labels import spell_root
from licklab.engine.chords.language import KINDS, N_CHORDS, N_QUALITIES, ROOTS, load_language
from licklab.engine.chords.pooling import beat_edges, pool_chords
from licklab.errors import ChordError

Scores = npt.NDArray[np.float64]

_PITCH_CLASSES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
# Starts of Harte's kinds, and the quality told apart by ear that each is heard as.
_KINDS = (
    ("minmaj", "minmaj7"), ("min7(b5)", "hdim7"), ("min6", "min6"), ("min7", "min7"),
    ("min9", "min7"), ("min11", "min7"), ("min13", "min7"), ("min", "min"), ("maj6", "maj6"),
    ("maj7", "maj7"), ("maj9", "maj7"), ("maj11", "maj7"), ("maj13", "maj7"), ("maj", "maj"),
    ("hdim", "hdim7"), ("dim", "dim7"), ("sus4(b7", "sus4(b7)"), ("sus4(9", "sus4(b7)"),
    ("sus", "sus4(b7)"), ("aug(b7", "7"), ("aug", "aug"), ("6", "maj6"), ("7", "7"), ("9", "7"),
    ("11", "7"), ("13", "7"), ("1", "maj"), ("5", "maj"),
)  # fmt: skip
_SECTION_BARS = 8
_SILENCE_ODDS = 0.3


@dataclass(frozen=True, slots=True)
class AlignConfig:
    """Weights of the alignment; chosen on validation players by `training.harmony.charts`.

    Attributes
    ----------
    exact, alike, any_chord : float
        Share of a chord of the chart that is heard as it is, as another of the same root and
        third, and as anything.
    outside : float
        Log probability of a beat outside of the chart. A right chord has more, a wrong one less.
    line : float
        How much the log probability differs where bar lines of chart and grid agree or not.
    slip, leave, early, enter_top, enter, jump_top, jump : float
        Log probabilities: of a beat counted too many or too few; of leaving the chart at its end
        and before it; of entering at its top and at another bar; of going on at the top and at
        another section before the chart is over.
    transposed : float
        Log probability of any other key than the chart's own.
    """

    exact: float = 0.65
    alike: float = 0.25
    any_chord: float = 0.2
    outside: float = -4.8
    line: float = 0.5
    slip: float = -4.0
    leave: float = -4.0
    early: float = -10.0
    enter_top: float = -1.5
    enter: float = -5.0
    jump_top: float = -9.0
    jump: float = -14.0
    transposed: float = -1.0


@dataclass(frozen=True, slots=True)
class ChartChorus:
    """One time through the chart, as far as it is in the recording.

    Attributes
    ----------
    onset_sec, offset_sec : float, seconds of the original file
        From when until when.
    first_beat : int
        Beat of the recording, from 0, with which it begins.
    first_place : int
        Beat of the chart, from 0, on which it begins: 0 but where the recording begins later.
    """

    onset_sec: float
    offset_sec: float
    first_beat: int
    first_place: int


@dataclass(frozen=True, slots=True)
class AlignedChart:
    """A chart laid over a recording.

    Attributes
    ----------
    chords : tuple of Chord
        As they are played, in order, on beats; none where the recording is outside of the chart.
    transposition_semitones : int, 0 to 11
        How much higher than written it is played.
    choruses : tuple of ChartChorus
        In order.
    fit : float, 0 to 1
        Share of the recording's beats on which the chart says better what is heard than nothing.
        On simulated evidence 95 of 100 right charts have more than .74, and 90 of 100 charts of
        another tune less than .62 (`training.harmony.charts`).
    places : tuple of int
        Beat of the chart, from 0, at each beat of the recording; -1 outside of it.
    """

    chords: tuple[Chord, ...]
    transposition_semitones: int
    choruses: tuple[ChartChorus, ...]
    fit: float
    places: tuple[int, ...]


def align_chart(
    evidence: ChordEvidence,
    grid: BeatGrid,
    chart_labels: Sequence[str],
    *,
    bar_starts: Sequence[int] = (),
    top_sec: float | None = None,
    config: AlignConfig | None = None,
    key: Key | None = None,
) -> AlignedChart:
    """Lay a chart over a recording.

    Parameters
    ----------
    evidence : ChordEvidence
        What was believed of the harmony.
    grid : BeatGrid
        The beats.
    chart_labels : sequence of str
        Harte label in force on each beat of one chorus.
    bar_starts : sequence of int
        Beats of the chart, from 0, that begin a bar; those of the grid's time signature if
        omitted.
    top_sec : float, seconds of the original file, optional
        Where the chart is known to begin, one of its times.
    config : AlignConfig, optional
        Weights; the defaults if omitted.
    key : Key, optional
        That roots of a transposed chart are spelled in; with flats if omitted.

    Returns
    -------
    AlignedChart
        Without chords where the grid has no beats.

    Raises
    ------
    ChordError
        If the chart is empty or a label is none of Harte's.
    """
    config = config or AlignConfig()
    chart = np.array([_read_label(one) for one in chart_labels])
    if not len(chart):
        raise ChordError("want a chart of one beat or more, got none")
    if not grid.beats:
        return AlignedChart((), 0, (), 0.0, ())
    per_bar = grid.time_signature.beats_per_bar
    starts = np.array(bar_starts or range(0, len(chart), per_bar))
    times = np.array([one.time_sec for one in grid.beats])
    heard = _soften(times, evidence, config)
    columns = _columns(chart, starts)
    downbeat = np.array([1.0 if one.is_downbeat else -1.0 for one in grid.beats])
    lines = config.line * np.stack([np.zeros(len(times)), downbeat], axis=1)
    pin = None if top_sec is None else int(np.abs(times - top_sec).argmin())
    scores, places = find_chart_path(
        heard.astype(np.float32), columns, lines.astype(np.float32),
        _moves(len(chart), starts, config), pin,
    )  # fmt: skip
    scores[1:] += config.transposed
    shift = int(scores.argmax())
    path = places[shift]
    inside = path != OUTSIDE
    says = heard[np.arange(len(path)), columns[shift, path]] > config.outside
    labels = [_transpose(one, shift, key) for one in chart_labels]
    edges = beat_edges(times)
    return AlignedChart(
        _make_chords(path, labels, edges), shift, _find_choruses(path, edges),
        float((says & inside).mean()), tuple(path.tolist()),
    )  # fmt: skip


def _read_label(label: str) -> int:
    """Give the column of the evidence that a label is heard as."""
    root, _, kind = label.partition("/")[0].partition(":")
    if label == NO_CHORD:
        return 0
    if root[:1] not in _PITCH_CLASSES or root[1:].strip("#b"):
        raise ChordError(f"want a Harte label such as G:7(b9) or N, got {label!r}")
    name = next((full for start, full in _KINDS if kind.startswith(start)), "maj")
    pitch_class = (_PITCH_CLASSES[root[0]] + root.count("#") - root[1:].count("b")) % 12
    return 1 + N_QUALITIES * pitch_class + QUALITIES.index(name)


def _soften(times: Scores, evidence: ChordEvidence, config: AlignConfig) -> Scores:
    """Tell how well each chord of a chart explains each beat: held ones, then those at bars."""
    pooled = pool_chords(times, evidence, load_language(), HarmonyConfig())
    kinds = []
    for scores in (pooled.other, pooled.new):
        share = np.exp(scores - scores.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        soft = np.log(share @ _likeness(config).T)
        # Where the chart has no chord, whatever is heard is in order.
        soft[:, 0] = np.maximum(soft[:, 0], config.outside + _SILENCE_ODDS)
        kinds.append(soft)
    return np.concatenate(kinds, axis=1)


def _likeness(config: AlignConfig) -> Scores:
    """Give how often each chord of a chart (rows) is heard as each other."""
    third = np.array([0, *np.tile([_third(one) for one in range(N_QUALITIES)], 12)])
    alike = (ROOTS[:, None] == ROOTS[None]) & (third[:, None] == third[None])
    alike[0] = alike[:, 0] = False
    np.fill_diagonal(alike, val=False)
    share = alike / np.maximum(alike.sum(axis=1, keepdims=True), 1)
    table = config.exact * np.eye(N_CHORDS) + config.alike * share + config.any_chord / N_CHORDS
    table[0] = 1 / N_CHORDS
    return np.asarray(table / table.sum(axis=1, keepdims=True))


def _third(quality: int) -> int:
    return next((tone for tone in QUALITY_TONES[quality] if 3 <= tone <= 5), 0)


def _columns(chart: Places, starts: Places) -> Places:
    """Give the columns of what is heard, by transposition and beat of the chart."""
    up = (ROOTS[chart][None] + np.arange(12)[:, None]) % 12
    columns = np.where(chart[None] == 0, 0, 1 + N_QUALITIES * up + KINDS[chart][None])
    is_start = np.isin(np.arange(len(chart)), starts)
    return np.asarray(columns + N_CHORDS * is_start[None])


def _moves(n_places: int, starts: Places, config: AlignConfig) -> Moves:
    enter, jump = (np.full(n_places, -1e9, np.float32) for _ in range(2))
    enter[starts] = config.enter
    enter[0] = config.enter_top
    jump[starts[::_SECTION_BARS]] = config.jump
    jump[0] = config.jump_top
    leave = np.full(n_places, config.early, np.float32)
    leave[-1] = config.leave
    return Moves(enter, jump, leave, config.slip, config.outside)


def _transpose(label: str, shift: int, key: Key | None) -> str:
    """Write a label so many semitones higher; degrees of its kind and bass stay as they are."""
    if label == NO_CHORD or not shift:
        return label
    cut = next((i for i, one in enumerate(label) if one in ":/"), len(label))
    pitch_class = ROOTS[_read_label(label)] + shift
    return spell_root(int(pitch_class) % 12, key) + label[cut:]


def _make_chords(path: Places, labels: Sequence[str], edges: Scores) -> tuple[Chord, ...]:
    said = [None if one == OUTSIDE else labels[one] for one in path.tolist()]
    borders = [0, *(i for i in range(1, len(said)) if said[i] != said[i - 1]), len(said)]
    chords = []
    for first, end in pairwise(borders):
        label = said[first]
        if label is not None:
            onset, offset = float(edges[first]), float(edges[end])
            chords.append(Chord(onset, offset, label, label_to_symbol(label)))
    return tuple(chords)


def _find_choruses(path: Places, edges: Scores) -> tuple[ChartChorus, ...]:
    """Cut the way where it goes back to the top or comes in."""
    choruses = []
    places = path.tolist()
    begins = [
        i for i, one in enumerate(places)
        if one != OUTSIDE and (i == 0 or places[i - 1] == OUTSIDE or one < places[i - 1])
    ]  # fmt: skip
    for begin, following in pairwise([*begins, len(places)]):
        end = begin
        while end < following and places[end] != OUTSIDE:
            end += 1
        onset, offset = float(edges[begin]), float(edges[end])
        choruses.append(ChartChorus(onset, offset, begin, places[begin]))
    return tuple(choruses)
