"""Learns which chord follows which, where chords change and what the bass plays to them.

    python -m training.harmony.language [OUT]

From the changes of the Weimar Jazz Database (The Jazzomat Research Project, Hochschule für Musik
Franz Liszt Weimar; ODbL 1.0), training players only, every tune once. Writes
`src/licklab/engine/chords/language.json` and prints how surprising the changes of other players
are to it.
"""

import json
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

from licklab.domain.chord import QUALITIES, QUALITY_TONES
from training.harmony.tunes import Changes, read_changes, weigh_by_tune

OUT = Path(__file__).resolve().parents[2] / "src/licklab/engine/chords/language.json"
SOURCE = (
    "Figures derived from the Weimar Jazz Database, The Jazzomat Research Project, Hochschule für "
    "Musik Franz Liszt Weimar, ODbL 1.0"
)
Table = npt.NDArray[np.float64]

_N = len(QUALITIES)
# What a written chord shares its habits with: major, minor, dominant, diminished.
_FAMILIES = np.array([0, 1, 2, 0, 1, 0, 1, 1, 3, 3, 2, 2])
# Pseudo-counts of the wider distribution; chosen on validation players by `main`'s own figure.
_TRUST_FAMILY, _TRUST_ALL, _TRUST_ANY = 12.0, 24.0, 24.0
# Where chords change in bars that the data hardly have (two tunes in 3/4, none in 6/8, which is
# counted in two): by likeness to 4/4, whose bar and mid-bar are theirs.
_RARE_METRES = {
    "2": (0.68, 0.12), "3": (0.68, 0.02, 0.06), "5": (0.68, 0.01, 0.02, 0.24, 0.02),
}  # fmt: skip


def count_changes(solos: list[Changes]) -> tuple[Table, Table]:
    """Count which chord follows which, and which is in force.

    Parameters
    ----------
    solos : list of Changes
        To be counted, a tune once.

    Returns
    -------
    following : shape=(n_qualities, 12, n_qualities)
        From a quality, up an interval, to a quality.
    in_force : shape=(n_qualities,)
        Beats of each quality.
    """
    following, in_force = np.zeros((_N, 12, _N)), np.zeros(_N)
    for solo, weight in zip(solos, weigh_by_tune(solos), strict=True):
        last = None
        for beat in solo.beats:
            if beat.change is None:
                last = None
                continue
            in_force[beat.change.quality] += weight
            new = (beat.change.root, beat.change.quality)
            if last is not None and new != last:
                following[last[1], (new[0] - last[0]) % 12, new[1]] += weight
            last = new
    return following, in_force


def smooth_changes(following: Table, in_force: Table) -> Table:
    """Make probabilities of counts, with what is rare or unheard borrowed from its like.

    Parameters
    ----------
    following, in_force : array
        As `count_changes` gives them.

    Returns
    -------
    array, shape=(n_qualities, 12, n_qualities)
        Probabilities, each first index adding up to 1; a chord never follows itself.
    """
    share = (in_force + 1) / (in_force + 1).sum()
    anything = np.broadcast_to(share / 12, (12, _N))
    overall = following.sum(axis=0) + _TRUST_ANY * anything
    overall /= overall.sum()
    smooth = np.zeros_like(following)
    for quality in range(_N):
        alike = following[_FAMILIES[quality] == _FAMILIES].sum(axis=0) + _TRUST_ALL * overall
        own = following[quality] + _TRUST_FAMILY * alike / alike.sum()
        own[0, quality] = 0
        smooth[quality] = own / own.sum()
    return smooth


def count_places(solos: list[Changes]) -> dict[str, list[float]]:
    """Count how often a chord changes on each beat of a bar.

    Parameters
    ----------
    solos : list of Changes
        To be counted, a tune once.

    Returns
    -------
    dict of list of float
        Probability of a change, by beats in a bar and position.
    """
    places = {metre: list(values) for metre, values in _RARE_METRES.items()}
    changed, all_beats = np.full(4, 0.01), np.full(4, 1.0)
    for solo, weight in zip(solos, weigh_by_tune(solos), strict=True):
        for beat in solo.beats:
            if beat.per_bar == 4 and beat.change is not None:
                all_beats[beat.position - 1] += weight
                changed[beat.position - 1] += weight * beat.is_new
    places["4"] = [round(float(one), 4) for one in changed / all_beats]
    return dict(sorted(places.items()))


def count_bass(solos: list[Changes]) -> dict[str, list[list[float]]]:
    """Count what the bass plays to a quality: where it begins, on later downbeats, and elsewhere.

    Parameters
    ----------
    solos : list of Changes
        To be counted; every beat once, for bass lines are played, not written.

    Returns
    -------
    dict of list of list of float
        By place ``new``, ``bar`` and ``other``: probabilities, by quality and semitones above the
        root.
    """
    counts = {place: np.zeros((_N, 12)) for place in ("new", "bar", "other")}
    for solo in solos:
        for beat in solo.beats:
            if beat.change is not None and beat.bass is not None:
                place = "new" if beat.is_new else "bar" if beat.position == 1 else "other"
                interval = (beat.bass - beat.change.root) % 12
                counts[place][beat.change.quality, interval] += 1
    tones = np.zeros((_N, 12))
    for quality, members in enumerate(QUALITY_TONES):
        tones[quality, list(members)] = 1
    tables = {}
    for place, raw in counts.items():
        # The database's bass was transcribed by machine: what it plays to every chord alike, the
        # level of the seldomest intervals, is taken for its errors.
        floor = np.quantile(raw, 0.25, axis=1, keepdims=True)
        count = np.maximum(raw - 0.9 * floor, 0.1 * raw)
        # Rare qualities play their own tones as often as the others play theirs.
        overall = np.array([count[tones == 1].sum() / tones.sum(), count[tones == 0].mean()])
        root = count[:, 0].sum() / _N
        like = np.where(tones == 1, overall[0], overall[1])
        like[:, 0] = root
        count = count + 200 * like / like.sum(axis=1, keepdims=True)
        tables[place] = (count / count.sum(axis=1, keepdims=True)).round(4).tolist()
    return tables


def mean_surprise(probability: Table, following: Table) -> float:
    """Say how surprising changes are.

    Parameters
    ----------
    probability : shape=(n_qualities, 12, n_qualities)
        Of a change.
    following : shape=(n_qualities, 12, n_qualities)
        Counts of changes.

    Returns
    -------
    float
        Bits a change, in the mean.
    """
    heard = following > 0
    return float(-(following[heard] * np.log2(probability[heard])).sum() / following.sum())


def main() -> None:
    """Learn and write."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    solos = read_changes()
    mine = [one for one in solos if one.split == "training"]
    titles = {one.title for one in mine}
    following, in_force = count_changes(mine)
    probability = smooth_changes(following, in_force)
    for split in ("training", "validation", "test"):
        others = [one for one in solos if one.split == split]
        unseen = [one for one in others if one.title not in titles] or others
        print(
            f"{split}: {mean_surprise(probability, count_changes(others)[0]):.2f} bits a change, "
            f"{mean_surprise(probability, count_changes(unseen)[0]):.2f} in tunes not learned from"
        )
    model = {
        "source": SOURCE,
        "n_tunes": len(titles),
        "qualities": list(QUALITIES),
        "in_force": (in_force / in_force.sum()).round(5).tolist(),
        # To three digits, however rare: what is never written may still be played.
        "following": [
            [[float(f"{one:.3g}") for one in row] for row in table] for table in probability
        ],
        "change": count_places(mine),
        "bass": count_bass(mine),
    }
    out.write_text(json.dumps(model, ensure_ascii=False, separators=(",", ":")) + "\n")
    print(f"{out}: {out.stat().st_size / 1000:.0f} kB, {len(titles)} tunes")


if __name__ == "__main__":
    main()
