"""Learn how metrical patterns are played: writes `licklab/notation/metrical_patterns.npz`.

    python -m training.notation.metrical

From the training players of the Weimar Jazz Database: for every pattern of tatums in a beat, how
often it stands at which tempo, where its onsets are played and how they scatter. Measured by
`python -m benchmarks.score places`.
"""

import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from benchmarks.score.solos import AnnotatedSolo, read_annotated
from synthesis.weimar import TEST_PLAYERS, VALIDATION_PLAYERS, find_shared_data

from licklab.notation import metrical

Floats = npt.NDArray[np.float64]

_LEAST_SEEN = 4  # beats; rarer patterns are another's accident
_MOST_NOTES = 8
# As many beats as the scatter of all patterns, and their nominal places, count for: a pattern that
# was seen a few times has little to say about either.
_SCATTER_BEATS, _PLACE_BEATS = 8.0, 2.0
# A scatter much below the 10 ms to which onsets are annotated is chance.
_LEAST_VARIANCE = 1e-4
_N_TEMPI = len(metrical.TEMPI_BPM) + 1


@dataclass(slots=True)
class _Seen:
    onsets: list[Floats] = field(default_factory=list)
    tempi: list[int] = field(default_factory=list)


def main() -> None:
    """Read the solos, learn, write."""
    if not (find_shared_data() / "wjazzd").is_dir():
        sys.exit(f"want the Weimar solos (LICKLAB_SHARED_DATA), got none in {find_shared_data()}")
    solos = [
        one for one in read_annotated() if one.performer not in TEST_PLAYERS | VALIDATION_PLAYERS
    ]
    seen, n_beats, n_empty = _collect(solos)
    stored: dict[str, Any] = {"empty": np.log((n_empty + 1) / (n_beats + 2))}
    for n_notes in range(1, _MOST_NOTES + 1):
        known = {k: v for k, v in seen.items() if len(k) == n_notes + 1}
        known = {k: v for k, v in known.items() if len(v.onsets) >= _LEAST_SEEN}
        if known:
            for name, value in _learn(known, n_beats).items():
                stored[f"{n_notes}_{name}"] = value
    path = Path(metrical.__file__).with_name("metrical_patterns.npz")
    np.savez_compressed(path, **stored)
    print(f"{len(solos)} solos, {int(n_beats.sum())} beats, {path.stat().st_size} bytes")


def _collect(
    solos: list[AnnotatedSolo],
) -> tuple[dict[tuple[int, ...], _Seen], Floats, Floats]:
    seen: dict[tuple[int, ...], _Seen] = defaultdict(_Seen)
    n_beats, n_empty = np.zeros(_N_TEMPI), np.zeros(_N_TEMPI)
    for solo in solos:
        members = defaultdict(list)
        for i, place in enumerate(solo.places):
            members[place.beat].append(i)
        for beat, length in enumerate(np.diff(solo.beats_sec)):
            tempo = metrical.tempo_class(float(length))
            n_beats[tempo] += 1
            mine = members.get(beat, [])
            n_empty[tempo] += not mine
            divisions = {solo.places[i].division for i in mine}
            if len(divisions) != 1:
                continue
            key = (*divisions, *(solo.places[i].tatum for i in mine))
            onsets = np.array([solo.notes[i].onset_sec for i in mine])
            seen[key].onsets.append((onsets - solo.beats_sec[beat]) / length)
            seen[key].tempi.append(tempo)
    return seen, n_beats, n_empty


def _learn(
    known: dict[tuple[int, ...], _Seen], n_beats: Floats
) -> dict[str, npt.NDArray[np.generic]]:
    n_notes = len(next(iter(known))) - 1
    nominal = {key: (np.array(key[1:]) - 1) / key[0] for key in known}
    everything = np.concatenate([np.array(one.onsets) - nominal[k] for k, one in known.items()])
    usual = everything.T @ everything / len(everything)
    means, scatters, counts = [], [], []
    for key, one in known.items():
        onsets = np.array(one.onsets)
        mean = (onsets.sum(axis=0) + _PLACE_BEATS * nominal[key]) / (len(onsets) + _PLACE_BEATS)
        away = onsets - mean
        scatter = (away.T @ away + _SCATTER_BEATS * usual) / (len(onsets) + _SCATTER_BEATS)
        means.append(mean)
        scatters.append(scatter + _LEAST_VARIANCE * np.eye(n_notes))
        counts.append(np.bincount(one.tempi, minlength=_N_TEMPI))
    count = np.array(counts, dtype=np.float64)
    spread = count + 0.5 * count.sum(axis=1, keepdims=True) / count.sum()
    return {
        "divisions": np.array([key[0] for key in known]),
        "tatums": np.array([key[1:] for key in known]),
        "mean": np.array(means),
        "precision": np.linalg.inv(np.array(scatters)),
        "log_volume": np.linalg.slogdet(np.array(scatters))[1],
        "log_prior": np.log(spread / (n_beats + 1) + 1e-7),
    }


if __name__ == "__main__":
    main()
