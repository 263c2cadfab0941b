"""Learns how chords are used in keys, and measures the key finder.

    python -m training.harmony.keys [OUT]

From the changes and keys of the Weimar Jazz Database (The Jazzomat Research Project, Hochschule für
Musik Franz Liszt Weimar; ODbL 1.0), training players only, every tune once. The weights of the four
kinds of evidence are fitted by the likelihood of the keys of tunes that the profiles were not
counted from (five parts of the training tunes in turn). Writes
`src/licklab/engine/keys/keys.json` and prints exact and mir_eval scores by player split.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path

import mir_eval
import numpy as np
import numpy.typing as npt

from licklab.domain.chord import QUALITIES, Chord
from licklab.domain.key import Key, KeyMode
from licklab.engine.chords.labels import spell_label
from licklab.engine.chords.language import N_QUALITIES
from licklab.engine.keys.key import estimate_key
from licklab.engine.keys.profiles import (
    FAMILIES,
    MODES,
    N_FAMILIES,
    KeyProfiles,
    lead_dominants,
    load_profiles,
    read_sounding,
    weigh_keys,
)
from training.harmony.language import SOURCE
from training.harmony.tunes import SPLITS, Changes, read_changes, weigh_by_tune

OUT = Path(__file__).resolve().parents[2] / "src/licklab/engine/keys/keys.json"
Table = npt.NDArray[np.float64]

_TRUST = 15.0  # pseudo-counts of what is usual in any mode; chosen on the parts left out
_WEIGHTS = (0.0, 0.3, 0.6, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 11.0, 15.0, 20.0, 27.0)
_N_PARTS = 5
_N_EXCERPTS = 3
# Of the database's keys some are not those of the chart (Scrapple from the Apple in G minor,
# Groovin' High in Db); a key finder should not be bent to them.
_WRONG_KEYS = 0.06


def to_chords(solo: Changes) -> list[Chord]:
    """Give the chords of a solo's chart.

    Parameters
    ----------
    solo : Changes
        Of a solo.

    Returns
    -------
    list of Chord
        In order.
    """
    found: list[Chord] = []
    ends = [one.onset_sec for one in solo.beats[1:]]
    for beat, end in zip(solo.beats, ends, strict=False):
        if found and not beat.is_new:
            found[-1] = replace(found[-1], offset_sec=end)
            continue
        label = "N"
        if beat.change is not None:
            label = spell_label(1 + N_QUALITIES * beat.change.root + beat.change.quality)
        found.append(Chord(beat.onset_sec, end, label, label))
    return found


def count_profiles(solos: list[Changes]) -> KeyProfiles:
    """Count how chords are used.

    Parameters
    ----------
    solos : list of Changes
        With keys.

    Returns
    -------
    KeyProfiles
        With weights of 1.
    """
    n_modes = len(MODES)
    chord = np.zeros((n_modes, 12, N_QUALITIES))
    target = np.zeros((n_modes, 12, 1 + N_FAMILIES))
    first, last = np.zeros((n_modes, 12, N_FAMILIES)), np.zeros((n_modes, 12, N_FAMILIES))
    mode = np.zeros(n_modes)
    for solo, weight in zip(solos, weigh_by_tune(solos), strict=True):
        sounding = read_sounding(to_chords(solo))
        if solo.key is None or not len(sounding.roots):
            continue
        row, tonic = MODES.index(solo.key.mode), solo.key.pitch_class
        above = (sounding.roots - tonic) % 12
        lengths = sounding.offsets - sounding.onsets
        np.add.at(chord[row], (above, sounding.qualities), 32 * lengths / lengths.sum() * weight)
        targets, outcomes = lead_dominants(sounding)
        leads = outcomes >= 0
        share = weight * 16 / max(1, leads.sum())
        np.add.at(target[row], ((targets[leads] - tonic) % 12, outcomes[leads]), share)
        families = FAMILIES[sounding.qualities]
        first[row, above[0], families[0]] += weight
        last[row, above[-1], families[-1]] += weight
        mode[row] += weight
    chord, target, first, last = (_smooth(one) for one in (chord, target, first, last))
    return KeyProfiles(chord, target, first, last, np.ones(4), np.log(mode / mode.sum()))


def _smooth(counts: Table) -> Table:
    """Make log probabilities; what is rare in a mode is borrowed from all modes."""
    anything = np.ones_like(counts[0]) / counts[0].size
    usual = counts.sum(axis=0) + _TRUST * anything
    usual /= usual.sum()
    filled = counts + _TRUST * (0.5 * usual + 0.5 * anything)
    return np.asarray(np.log(filled / filled.sum(axis=(1, 2), keepdims=True)))


def fit_weights(solos: list[Changes]) -> Table:
    """Fit what each kind of evidence weighs.

    Parameters
    ----------
    solos : list of Changes
        With keys.

    Returns
    -------
    array, shape=(4,)
        Weights.
    """
    titles = sorted({one.title for one in solos})
    evidence, truths, worths = [], [], []
    rng = np.random.default_rng(7)
    for part in range(_N_PARTS):
        left_out = set(titles[part::_N_PARTS])
        profiles = count_profiles([one for one in solos if one.title not in left_out])
        others = [one for one in solos if one.title in left_out]
        for solo, worth in zip(others, weigh_by_tune(others), strict=True):
            for chords in _cut(to_chords(solo), rng):
                sounding = read_sounding(chords)
                if solo.key is None or not len(sounding.roots):
                    continue
                evidence.append(weigh_keys(sounding, profiles))
                truths.append(_columns_of(solo.key))
                worths.append(worth * solo.n_choruses)
    stacked, weights = np.stack(evidence), np.array([8.0, 4.0, 1.0, 1.0])
    for _ in range(4):
        for place in range(len(weights)):
            trials = []
            for value in _WEIGHTS:
                weights[place] = value
                trials.append(_log_loss(stacked, truths, np.array(worths), weights))
            weights[place] = _WEIGHTS[int(np.argmin(trials))]
    print(f"weights {weights}, log loss {min(trials):.3f}")
    return weights


def _cut(chords: list[Chord], rng: np.random.Generator) -> list[list[Chord]]:
    """Cut excerpts: recordings and parts of them do not begin and end where choruses do."""
    excerpts = [chords]
    for _ in range(_N_EXCERPTS):
        length = int(rng.integers(8, 49))
        first = int(rng.integers(max(1, len(chords) - length)))
        excerpts.append(chords[first : first + length])
    return excerpts


def _columns_of(key: Key) -> list[int]:
    """Give the columns that are right; blues and major are the same key."""
    modes = (1,) if key.mode is KeyMode.MINOR else (0, 2)
    return [12 * one + key.pitch_class for one in modes]


def _log_loss(evidence: Table, truths: list[list[int]], worths: Table, weights: Table) -> float:
    scores = np.einsum("w,nwk->nk", weights, evidence)
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    right = [
        (1 - _WRONG_KEYS) * shares[i, one].sum() + _WRONG_KEYS / 24 for i, one in enumerate(truths)
    ]
    return float(-np.average(np.log(np.array(right)), weights=worths))


def to_mir_eval(key: Key) -> str:
    """Write a key as mir_eval reads it.

    Parameters
    ----------
    key : Key
        Blues becomes major.

    Returns
    -------
    str
        Such as ``Bb major``.
    """
    return f"{key.tonic} {'minor' if key.mode is KeyMode.MINOR else 'major'}"


def main() -> None:
    """Learn, write, measure."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    solos = [one for one in read_changes() if one.key is not None]
    mine = [one for one in solos if one.split == "training"]
    profiles = replace(count_profiles(mine), weights=fit_weights(mine))
    model: dict[str, object] = {"source": SOURCE, "qualities": list(QUALITIES)}
    for name in ("chord", "target", "first", "last", "weights", "mode"):
        model[name] = getattr(profiles, name).round(3).tolist()
    out.write_text(json.dumps(model, ensure_ascii=False, separators=(",", ":")) + "\n")
    load_profiles.cache_clear()
    titles = {one.title for one in mine}
    for split in SPLITS:
        for name, unseen in (("all", False), ("tunes not learned from", True)):
            chosen = [
                one for one in solos
                if one.split == split and not (unseen and one.title in titles)
            ]  # fmt: skip
            if chosen:
                print(f"{split}, {name}: {_measure(chosen)}")


def _measure(solos: list[Changes]) -> str:
    exact, weighted, says = [], [], []
    for solo in solos:
        estimate = estimate_key(to_chords(solo))
        if estimate is None or solo.key is None:
            continue
        score = mir_eval.key.weighted_score(to_mir_eval(solo.key), to_mir_eval(estimate.key))
        exact.append(score == 1)
        weighted.append(score)
        says.append(estimate.confidence)
    return (
        f"{len(exact)} solos, exact {np.mean(exact):.3f}, weighted {np.mean(weighted):.3f}, "
        f"confidence {np.mean(says):.2f}"
    )


if __name__ == "__main__":
    main()
