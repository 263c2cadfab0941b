"""Measures the decoders of bars and chords on simulated evidence.

    python -m training.harmony.measure [validation|test] [--solos N]

Evidence is simulated from Weimar charts at several levels of noise (`training.harmony.simulate`)
with true beats; chords are scored by mir_eval, weighted by duration.
"""

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import mir_eval
import numpy as np
import numpy.typing as npt
from synthesis.changes import Chart, take_chart
from synthesis.weimar import TEST_PLAYERS, VALIDATION_PLAYERS, read_solos

from licklab.domain.chord import QUALITIES, Chord
from licklab.domain.evidence import ChordEvidence, RhythmEvidence
from licklab.domain.key import Key
from licklab.engine.chords.bars import BarsAndChords, decode_bars
from licklab.engine.chords.config import HarmonyConfig
from licklab.engine.chords.labels import spell_label
from licklab.engine.chords.language import N_CHORDS, N_QUALITIES, ROOTS
from licklab.engine.keys.key import estimate_key
from training.harmony.keys import to_mir_eval
from training.harmony.simulate import FRAME_RATE, Noise, simulate_chords, simulate_rhythm
from training.harmony.tunes import read_key

MEASURES = ("root", "majmin", "sevenths", "tetrads")
LEVELS = {
    "little": Noise(chroma=0.25, bass_error=0.15, downbeat=1.2, misplaced=0.1),
    "usual": Noise(),
    "much": Noise(chroma=0.55, bass_error=0.4, downbeat=3.0, misplaced=0.5),
}


@dataclass(frozen=True, slots=True)
class Trial:
    """One chart and how it was heard.

    Attributes
    ----------
    chart : Chart
        The truth.
    rhythm, chords : RhythmEvidence, ChordEvidence
        What was heard.
    key : Key or None
        That the database gives the tune.
    """

    chart: Chart
    rhythm: RhythmEvidence
    chords: ChordEvidence
    key: Key | None


def draw_trials(players: frozenset[str], noise: Noise, n_solos: int) -> Iterator[Trial]:
    """Draw charts in all metres and simulate how they are heard.

    Parameters
    ----------
    players : frozenset of str
        Whose solos.
    noise : Noise
        How badly.
    n_solos : int
        At most.

    Yields
    ------
    Trial
        40 to 70 s long; a fifth in 3/4, a tenth in 5/4.
    """
    solos = [one for one in read_solos() if one.performer in players]
    solos = [one for one in solos if np.mean([b.root is None for b in one.beats]) < 0.5]
    rng = np.random.default_rng(4)
    for number, place in enumerate(rng.permutation(len(solos))[:n_solos]):
        metre = ("4/4", "4/4", "3/4", "4/4", "4/4", "5/4", "4/4", "3/4", "4/4", "4/4")[number % 10]
        solo = solos[int(place)]
        first = int(rng.integers(max(1, len(solo.beats) // 3)))
        up = int(rng.integers(-5, 7))
        key = read_key(solo.key, is_blues=False)
        if key is not None:
            key = Key.of_pitch_class(key.pitch_class + up, key.mode)
        chart = take_chart(
            solo, first, float(rng.uniform(40, 70)), solo.tempo_bpm, up,
            metre=metre, steadiness=0.6,
        )  # fmt: skip
        if chart is not None and len(chart.pulses) >= 32:
            yield Trial(chart, simulate_rhythm(chart, noise, rng),
                        simulate_chords(chart, noise, rng), key)  # fmt: skip


def reference_chords(chart: Chart) -> list[Chord]:
    """Give the chords of a chart.

    Parameters
    ----------
    chart : Chart
        With chords.

    Returns
    -------
    list of Chord
        In order.
    """
    found: list[Chord] = []
    last: object = ()
    for pulse in chart.pulses:
        end = pulse.onset_sec + pulse.length_sec
        if found and pulse.change == last:
            found[-1] = replace(found[-1], offset_sec=end)
            continue
        last, label = pulse.change, "N"
        if pulse.change is not None:
            column = 1 + N_QUALITIES * pulse.change.root + pulse.change.quality
            label = spell_label(column, None, pulse.change.tensions)
        found.append(Chord(pulse.onset_sec, end, label, label))
    return found


def score_chords(reference: list[Chord], estimated: tuple[Chord, ...]) -> dict[str, float]:
    """Score chords.

    Parameters
    ----------
    reference, estimated : sequence of Chord
        In order.

    Returns
    -------
    dict of str to float
        By measure of `MEASURES`, weighted by duration.
    """
    tables = [
        (np.array([(c.onset_sec, c.offset_sec) for c in one]), [c.label for c in one])
        for one in (reference, estimated)
    ]
    scores = mir_eval.chord.evaluate(*tables[0], *tables[1])
    return {name: float(scores[name]) for name in MEASURES}


def frame_accuracy(trial: Trial) -> float:
    """Tell how often the likeliest chord of a frame has the right root.

    Parameters
    ----------
    trial : Trial
        With its evidence.

    Returns
    -------
    float
        Share of the frames with a chord.
    """
    onsets = np.array([one.onset_sec for one in trial.chart.pulses])
    times = trial.chords.start_sec + np.arange(len(trial.chords.chords)) / FRAME_RATE
    place = np.searchsorted(onsets, times) - 1
    roots = np.array([-1 if p.change is None else p.change.root for p in trial.chart.pulses])
    truth = np.where(place >= 0, roots[place], -1)
    heard = trial.chords.chords.argmax(axis=1)
    right = (ROOTS[heard] == truth) & (heard > 0)
    return float(right[truth >= 0].mean())


def score_bars(chart: Chart, found: BarsAndChords) -> tuple[float, float]:
    """Score metre and bar lines.

    Parameters
    ----------
    chart : Chart
        The truth.
    found : BarsAndChords
        On the same beats.

    Returns
    -------
    metre : float
        1 if the time signature is right.
    downbeats : float
        Share of beats that are rightly told to begin a bar or not to; 0 in a wrong metre.
    """
    metre = float(found.grid.time_signature.beats_per_bar == chart.pulses[0].per_bar)
    truth = np.array([one.position == 1 for one in chart.pulses])
    heard = np.array([one.is_downbeat for one in found.grid.beats])
    return metre, metre * float((truth & heard).sum() / max(1, truth.sum()))


def measure(trials: list[Trial], config: HarmonyConfig) -> dict[str, float]:
    """Decode and score.

    Parameters
    ----------
    trials : list of Trial
        All alike weighty.
    config : HarmonyConfig
        Of the decoder.

    Returns
    -------
    dict of str to float
        Means.
    """
    rows = []
    for trial in trials:
        times = np.array([one.onset_sec for one in trial.chart.pulses])
        found = decode_bars(times, trial.rhythm, trial.chords, config)
        metre, downbeats = score_bars(trial.chart, found)
        row = score_chords(reference_chords(trial.chart), found.chords)
        row |= {"metre": metre, "downbeat": downbeats, "right": float(downbeats > 0.9)}
        row["metre says"] = found.metre_confidence
        row["downbeat says"] = found.downbeat_confidence
        row["chord says"] = float(np.average([c.confidence for c in found.chords],
                                             weights=_lengths(found.chords)))  # fmt: skip
        key = estimate_key(found.chords)
        if trial.key is not None and key is not None:
            score = mir_eval.key.weighted_score(to_mir_eval(trial.key), to_mir_eval(key.key))
            row |= {"key exact": float(score == 1), "key weighted": score}
        rows.append(row)
    names = {name: None for row in rows for name in row}
    return {name: float(np.mean([row[name] for row in rows if name in row])) for name in names}


def _lengths(chords: tuple[Chord, ...]) -> npt.NDArray[np.float64]:
    return np.array([one.offset_sec - one.onset_sec for one in chords])


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("players", nargs="?", default="validation",
                        choices=("validation", "test"))  # fmt: skip
    parser.add_argument("--solos", type=int, default=40)
    given = parser.parse_args()
    players = TEST_PLAYERS if given.players == "test" else VALIDATION_PLAYERS
    assert 1 + 12 * len(QUALITIES) == N_CHORDS
    for level, noise in LEVELS.items():
        trials = list(draw_trials(players, noise, given.solos))
        heard = float(np.mean([frame_accuracy(one) for one in trials]))
        print(f"{level}: {len(trials)} charts, root of the likeliest chord of a frame {heard:.2f}")
        plain = replace(HarmonyConfig(), repeat_weight=0.0, own_language_trust=1e9)
        for name, config in (
            ("all", HarmonyConfig()),
            ("without repeats", plain),
            ("nor language model", replace(plain, language_weight=0.0)),
        ):
            started = time.perf_counter()
            scores = measure(trials, config)
            figures = "  ".join(f"{key} {value:.3f}" for key, value in scores.items())
            print(f"  {name}: {figures}  ({time.perf_counter() - started:.1f} s)")


if __name__ == "__main__":
    main()
