"""Beats, bars, tempo and swing of rendered bands, librosa beside ours, in one run.

    python -m benchmarks.rhythm [--part test|validation] [--each 12] [--no-peer]

Needs FluidSynth, LAME, the soundfonts (`scripts/install_sounds.sh`) and the shared data. Figures to
report come from the test part; whatever is chosen is chosen on the validation part. Beats count
within 70 ms, over the whole length. A metre is right when the bar has the right number of beats and
downbeats score .8 or more.
"""

import argparse
import datetime
import warnings
from dataclasses import dataclass
from pathlib import Path

import mir_eval
import numpy as np
import numpy.typing as npt
from synthesis.combo import UNKNOWN
from synthesis.sampler import install_samples

from benchmarks.band_scenes import BandScene, render_scenes
from benchmarks.band_systems import HeardBand, PeerHeard, hear_with_librosa, hear_with_ours
from licklab.engine.recall import KeptEvidence, recall_from

BUILD = Path(__file__).resolve().parents[1] / "build" / "bands"
_RIGHT_TEMPO, _RIGHT_DOWNBEATS = 0.04, 0.8
_TAP_JITTER_SEC, _FIRST_TAP = 0.02, 4
Times = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RhythmScore:
    """How well the rhythm of one recording was heard.

    Attributes
    ----------
    beat_f1, downbeat_f1 : float
        Within 70 ms.
    tempo_right, metre_right : float
        1 or 0.
    swing_error : float
        Of the ratio of eighths; NaN where none is planned or none was heard.
    """

    beat_f1: float
    downbeat_f1: float
    tempo_right: float
    metre_right: float
    swing_error: float


def score_ours(scene: BandScene, heard: HeardBand) -> RhythmScore:
    """Score ours."""
    grid = heard.analysis.grid
    beats = np.array([one.time_sec for one in grid.beats])
    downs = np.array([one.time_sec for one in grid.downbeats])
    true = scene.beats[:, 0].astype(np.float64)
    true_downs = true[scene.beats[:, 1] == 1]
    down_f1 = _f1(true_downs, _inside(downs, true))
    same = grid.time_signature.beats_per_bar == int(np.median(scene.beats[:, 2]))
    return RhythmScore(
        _f1(true, _inside(beats, true)), down_f1, _is_right_tempo(true, beats),
        float(same and down_f1 >= _RIGHT_DOWNBEATS), _swing_error(scene, heard),
    )  # fmt: skip


def score_librosa(scene: BandScene, heard: PeerHeard) -> RhythmScore:
    """Score the peer, which hears neither bars nor swing."""
    true = scene.beats[:, 0].astype(np.float64)
    tempo = 60 / float(np.median(np.diff(true)))
    right = float(abs(heard.tempo_bpm / tempo - 1) < _RIGHT_TEMPO)
    f1 = _f1(true, _inside(heard.beats_sec, true))
    return RhythmScore(f1, np.nan, right, np.nan, np.nan)


def score_taps(scene: BandScene, heard: HeardBand, number: int) -> float:
    """Give the F1 of beats after four taps near the beginning, 20 ms off in the usual way."""
    true = scene.beats[:, 0].astype(np.float64)
    rng = np.random.default_rng(number)
    taps = true[_FIRST_TAP : _FIRST_TAP + 4] + rng.normal(0, _TAP_JITTER_SEC, 4)
    kept = KeptEvidence(lambda: heard.rhythm, lambda: heard.chords, lambda: heard.notes)
    recall = recall_from(kept, 0.0, float(true[-1]) + 1)
    assert recall.follow_pulse is not None
    period_sec = float(np.median(np.diff(taps)))
    beats = np.array(recall.follow_pulse(period_sec, taps.tolist()))
    return _f1(true, _inside(beats, true))


def _swing_error(scene: BandScene, heard: HeardBand) -> float:
    upbeat = float(scene.beats[0, 3])
    swing = heard.analysis.swing
    if upbeat == UNKNOWN or swing is None or swing.ratio is None:
        return float("nan")
    return abs(swing.ratio - upbeat / (1 - upbeat))


def _inside(times: Times, true: Times) -> Times:
    """Keep what lies where the truth is known."""
    kept: Times = times[(times > true[0] - 0.1) & (times < true[-1] + 0.1)]
    return kept


def _f1(true: Times, found: Times) -> float:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an empty estimate is a score of 0, not a warning
        return float(mir_eval.beat.f_measure(true, found))


def _is_right_tempo(true: Times, found: Times) -> float:
    if len(found) < 3:
        return 0.0
    ratio = float(np.median(np.diff(found)) / np.median(np.diff(true)))
    return float(abs(ratio - 1) < _RIGHT_TEMPO)


def _row(name: str, scores: list[RhythmScore]) -> str:
    def mean(member: str) -> str:
        values = [getattr(one, member) for one in scores]
        return "" if np.isnan(values).all() else f"{np.nanmean(values):.3f}"

    members = ("beat_f1", "tempo_right", "downbeat_f1", "metre_right", "swing_error")
    return f"| {name} | " + " | ".join(mean(one) for one in members) + " |"


def main() -> None:
    """Render what is missing, listen, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rhythm")
    parser.add_argument("--part", choices=("test", "validation"), default="test")
    parser.add_argument("--each", type=int, default=12)
    parser.add_argument("--no-peer", action="store_true", help="ours only, while working on it")
    options = parser.parse_args()
    install_samples()
    scenes = render_scenes(options.part, options.each, BUILD / options.part)
    print(f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}, {options.part} players, ", end="")
    print(f"{len(scenes)} recordings\n")
    heard = hear_with_ours(scenes)
    ours = [score_ours(*one) for one in zip(scenes, heard, strict=True)]
    peers = [] if options.no_peer else hear_with_librosa(scenes, BUILD / options.part / "peer.json")
    theirs = [score_librosa(*one) for one in zip(scenes, peers, strict=True)] if peers else []
    print("| | beat F1 | tempo right | downbeat F1 | metre right | swing error |")
    print("|---|---|---|---|---|---|")
    for condition in dict.fromkeys(one.condition for one in scenes):
        places = [i for i, one in enumerate(scenes) if one.condition == condition]
        print(_row(condition, [ours[i] for i in places]))
        if theirs:
            print(_row(f"{condition}, librosa", [theirs[i] for i in places]))
    lines = [i for i, one in enumerate(scenes) if one.condition == "line alone"]
    taps = [score_taps(scenes[i], heard[i], i) for i in lines]
    print(f"\nline alone after four taps: beat F1 {np.mean(taps):.3f}")


if __name__ == "__main__":
    main()
