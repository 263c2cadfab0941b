"""A plain scan of the beat track for cadences: the motion of roots and the kind of chord, no more.

In: the column ``chord`` of the beats of the shared solos. Out: cadences by their first beat. It
knows no key, no form and nothing of the product's own reading of chords, which it is held against.

Definitions, chosen so that its counts stand to those of a scan of all 456 solos (major 2,138, minor
1,113, unresolved 1,814, tritone 47, backdoor 57) as the 23,745 changes of the shared solos stand to
the 29,331 of all, which is .81:

- A root is the letter before everything else; what is behind a stroke is ignored. Kinds: *half*
  (``m7b5``), *diminished* (``o``), *dominant* (``7`` without ``j``, also suspended, augmented or
  ``alt``), *minor* (``-``, which as a ii must have no sixth and no major seventh), *major* (triads,
  ``6``, ``j7``), *other* (``+``, ``sus`` without seventh).
- Equal neighbours (root and kind) are one chord; ``NC`` parts.
- ii-V: minor or half, then a dominant a fourth above. With a major chord a fourth above that it is
  *major*, with a minor one *minor*; with a major chord or a dominant a whole tone above it, it is a
  *backdoor*, where the first was minor, with a sixth or not; else *unresolved*.
- *Tritone*: minor or half, a dominant a semitone below, a major chord a semitone below that.

With minor arrivals too there would be 43 backdoors, nearer to the published count; 9 of the 14 are
one tune's ii-V-vi in major, which is a deceptive cadence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from synthesis.weimar import find_shared_data

from benchmarks.score.solos import by_solo

PUBLISHED = {"major": 2138, "minor": 1113, "unresolved": 1814, "tritone": 47, "backdoor": 57}
"""What a scan of all 456 solos finds, by kind."""

SHARE_OF_CHANGES = 23_745 / 29_331
"""Changes of the shared solos against those of all, by spelling."""

_ROOTS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11, "b": -1, "#": 1, "": 0}
_CHORD = re.compile(r"([A-G])([b#]?)([^/]*)")
_Chord = tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class ScannedCadence:
    """A cadence that the scan found.

    Attributes
    ----------
    kind : str
        ``major``, ``minor``, ``unresolved``, ``tritone`` or ``backdoor``.
    beats : tuple of int
        Of the solo, from 0: where each of its chords begins.
    """

    kind: str
    beats: tuple[int, ...]


def scan_solos() -> dict[str, list[ScannedCadence]]:
    """Scan the beats of every shared solo.

    Returns
    -------
    dict of str to list of ScannedCadence
        By the solo's id, in order.
    """
    rows = by_solo(find_shared_data() / "wjazzd" / "beats.csv.gz")
    return {sid: list(_scan([one["chord"] for one in beats])) for sid, beats in rows.items()}


def _scan(texts: list[str]) -> Iterator[ScannedCadence]:
    chords = _merge(texts)
    for i in range(len(chords) - 1):
        first, second = chords[i], chords[i + 1]
        third = chords[i + 2] if i + 2 < len(chords) else (0, "none", 0)
        if first[1] not in {"minor", "other minor", "half"} or second[1] != "dominant":
            continue
        motion, arrival = (second[0] - first[0]) % 12, ((third[0] - second[0]) % 12, third[1])
        kind = _name(first[1], motion, arrival)
        if kind == "unresolved":
            yield ScannedCadence(kind, (first[2], second[2]))
        elif kind:
            yield ScannedCadence(kind, (first[2], second[2], third[2]))


def _name(first: str, motion: int, arrival: tuple[int, str]) -> str | None:
    if motion == 5 and first != "half" and arrival in {(2, "major"), (2, "dominant")}:
        return "backdoor"
    if first == "other minor":
        return None
    if motion == 11:
        return "tritone" if arrival == (11, "major") else None
    if motion != 5:
        return None
    if arrival[0] == 5 and arrival[1] in {"major", "minor", "other minor"}:
        return arrival[1].removeprefix("other ")
    return "unresolved"


def _merge(texts: list[str]) -> list[_Chord]:
    chords: list[_Chord] = []
    before = ""
    for beat, text in enumerate(texts):
        if text == before:
            continue
        before = text
        root, kind = _read(text)
        if not chords or kind == "none" or chords[-1][:2] != (root, kind):
            chords.append((root, kind, beat))
    return chords


def _read(text: str) -> tuple[int, str]:
    match = None if text in {"", "NC"} else _CHORD.match(text)
    if match is None:
        return 0, "none"
    root, kind = (_ROOTS[match[1]] + _ROOTS[match[2]]) % 12, match[3]
    if kind.startswith("m7b5"):
        return root, "half"
    if kind.startswith("o"):
        return root, "diminished"
    if kind.startswith(("-", "+-")):
        return root, "other minor" if "6" in kind or "j" in kind else "minor"
    if "j" in kind or "6" in kind:
        return root, "major"
    if "7" in kind or "alt" in kind:
        return root, "dominant"
    return root, "other" if kind.startswith(("+", "sus")) else "major"
