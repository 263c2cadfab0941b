"""Functional labels of changes, measured on the shared Weimar solos.

    python -m benchmarks.licks.harmony

Cadences with their ii or iv against a plain scan of the beat track, by kind, every disagreement put
into a class (the scan knows no keys: its unresolved ones are our ii-V together with the ii-V-I of
the blues, which arrives on a dominant seventh); choruses of the blues against those that the
database numbers; the key that most of a solo is in against the database's; and time. Weights of the
key tracking were chosen on players that are not kept for testing; the templates of cadences and
forms were written with all solos in view.
"""

import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from synthesis.weimar import TEST_PLAYERS, find_shared_data

from benchmarks.licks.plain_scan import PUBLISHED, SHARE_OF_CHANGES, ScannedCadence, scan_solos
from benchmarks.licks.solos import AnnotatedLine, read_lines
from benchmarks.score.solos import by_solo, read_table
from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.harmony_function import Cadence, CadenceKind, ChangesKind, HarmonyAnalysis
from licklab.domain.key import Key, KeyMode
from licklab.domain.note_name import note_pitch_class
from licklab.domain.solo_line import SoloLine
from licklab.theory.chord_steps import ChordKind, root_and_kind
from licklab.theory.harmony import analyze_harmony

_TYPES = {
    CadenceKind.II_V_I_MAJOR: "major", CadenceKind.II_V_I_MINOR: "minor",
    CadenceKind.II_V: "unresolved", CadenceKind.II_V_I_BLUES: "unresolved",
    CadenceKind.TRITONE: "tritone", CadenceKind.BACKDOOR: "backdoor",
}  # fmt: skip
_PREPARING = frozenset({ChordKind.MINOR, ChordKind.HALF_DIMINISHED})
_BLUES_BARS = 12
_FIVE_MINUTES = 300.0


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Where the scan and the product say different things.

    Attributes
    ----------
    performer, title : str
        Of the solo.
    scanned, ours : str or None
        Kinds; None where nothing is found.
    reason : str
        Its class.
    """

    performer: str
    title: str
    scanned: str | None
    ours: str | None
    reason: str


def main() -> None:
    """Measure, and print the tables."""
    if not (find_shared_data() / "wjazzd").is_dir():
        sys.exit(f"want the Weimar solos (LICKLAB_SHARED_DATA), got none in {find_shared_data()}")
    solos, scan = read_lines(), scan_solos()
    analyses, seconds = [], []
    for solo in solos:
        start = time.process_time()
        analyses.append(analyze_harmony(solo.line.chords, solo.line.key, solo.line.beats_per_bar))
        seconds.append(time.process_time() - start)
    found = [_prepared(solo, one) for solo, one in zip(solos, analyses, strict=True)]
    differences = [
        one
        for solo, ours in zip(solos, found, strict=True)
        for one in _compare(solo, scan[solo.sid], ours)
    ]
    _print_types(solos, scan, found, differences)
    _print_reasons(differences)
    _print_players(solos, scan, found, differences)
    _print_beyond(analyses, found)
    _print_forms(solos, analyses)
    _print_keys(solos)
    _print_time(solos, seconds)


def _prepared(solo: AnnotatedLine, analysis: HarmonyAnalysis) -> dict[int, Cadence]:
    """Cadences of the kinds that the scan knows, by the beat of their dominant."""
    chords, beats = solo.line.chords, solo.solo.beats_sec
    found = {}
    for one in analysis.cadences:
        first, last = chords[one.first_chord].symbol, chords[one.last_chord].symbol
        if one.kind not in _TYPES or root_and_kind(first)[1] not in _PREPARING:
            continue
        # Of substitutes the scan knows only those that go to a major chord.
        is_substitute = one.kind is CadenceKind.TRITONE
        if not is_substitute or root_and_kind(last)[1] is ChordKind.MAJOR:
            dominant = next(
                other
                for other in chords[one.first_chord : one.last_chord + 1]
                if root_and_kind(other.symbol)[1] is ChordKind.DOMINANT
            )
            found[int(np.abs(beats - dominant.onset_sec).argmin())] = one
    return found


def _compare(
    solo: AnnotatedLine, scanned: Sequence[ScannedCadence], ours: dict[int, Cadence]
) -> Iterable[Disagreement]:
    theirs = {one.beats[1]: one for one in scanned}
    for beat in sorted({*theirs, *ours}):
        one, other = theirs.get(beat), ours.get(beat)
        if one is None or other is None or one.kind != _TYPES[other.kind]:
            yield Disagreement(
                solo.performer,
                solo.title,
                one.kind if one else None,
                _TYPES[other.kind] if other else None,
                _explain(solo, one, other),
            )


def _explain(solo: AnnotatedLine, scanned: ScannedCadence | None, ours: Cadence | None) -> str:
    symbols = _symbols_of(solo, scanned, ours)
    if any(_stands_on_bass(one) for one in symbols):
        return "the bass makes a suspended dominant (F/G, Dm7/G): the scan reads what is above it"
    if any(one.suspension == "4" and one.seventh is None for one in symbols):
        return "a suspended triad as the dominant: the scan wants a seventh"
    if ours is None:
        return "unexplained: only the scan finds it"
    if scanned is None:
        if any(one.third == "b3" and one.seventh in {"6", "7"} for one in symbols):
            return "a ii with a sixth or a major seventh: the scan wants a minor seventh or a triad"
        return "unexplained: only the product finds it"
    if scanned.kind == "unresolved" and len(symbols) > len(scanned.beats) + 1:
        return "the dominant is followed by its tritone substitute: the scan looks no further"
    if scanned.kind == "unresolved" and ours.kind is CadenceKind.BACKDOOR:
        return "iv and bVII7 into a minor tonic: the scan wants a major chord or a dominant"
    if scanned.kind == "backdoor":
        return "iv and bVII7 into a dominant that is no tonic: a chain of dominants"
    return "unexplained: another kind"


def _symbols_of(
    solo: AnnotatedLine, scanned: ScannedCadence | None, ours: Cadence | None
) -> list[ChordSymbol]:
    chords = solo.line.chords
    if ours is not None:
        stop = ours.last_chord + 2 if ours.kind is CadenceKind.II_V else ours.last_chord + 1
        return [one.symbol for one in chords[ours.first_chord : stop]]
    assert scanned is not None
    times = solo.solo.beats_sec[[scanned.beats[0], scanned.beats[-1]]]
    return [one.symbol for one in chords if times[0] - 0.01 <= one.onset_sec <= times[1] + 0.01]


def _stands_on_bass(symbol: ChordSymbol) -> bool:
    return not symbol.is_none and root_and_kind(symbol)[0] != note_pitch_class(symbol.root)


def _print_types(
    solos: Sequence[AnnotatedLine],
    scan: dict[str, list[ScannedCadence]],
    found: Sequence[dict[int, Cadence]],
    differences: Sequence[Disagreement],
) -> None:
    scanned = Counter(one.kind for solo in solos for one in scan[solo.sid])
    ours = Counter(_TYPES[one.kind] for each in found for one in each.values())
    print(f"{len(solos)} solos\n")
    print("| with ii or iv | of 456, scaled | scan | ours | off | both | only scan | only ours |")
    print("|---|---|---|---|---|---|---|---|")
    for kind, published in PUBLISHED.items():
        only_scan = sum(one.scanned == kind for one in differences)
        only_ours = sum(one.ours == kind for one in differences)
        print(
            f"| {kind} | {published * SHARE_OF_CHANGES:.0f} | {scanned[kind]} | {ours[kind]} "
            f"| {ours[kind] / scanned[kind] - 1:+.1%} | {scanned[kind] - only_scan} "
            f"| {only_scan} | {only_ours} |"
        )


def _print_reasons(differences: Sequence[Disagreement]) -> None:
    reasons = Counter((one.reason, one.scanned, one.ours) for one in differences)
    print("\n| why they differ | scan | ours | times |\n|---|---|---|---|")
    for (reason, scanned, ours), times in sorted(
        reasons.items(), key=lambda one: (one[0][0], -one[1])
    ):
        print(f"| {reason} | {scanned or 'nothing'} | {ours or 'nothing'} | {times} |")


def _print_players(
    solos: Sequence[AnnotatedLine],
    scan: dict[str, list[ScannedCadence]],
    found: Sequence[dict[int, Cadence]],
    differences: Sequence[Disagreement],
) -> None:
    print("\n| test player | solos | scan | ours | differ | where |\n|---|---|---|---|---|---|")
    for player in sorted(TEST_PLAYERS):
        theirs = [i for i, solo in enumerate(solos) if solo.performer == player]
        titles = Counter(one.title for one in differences if one.performer == player)
        print(
            f"| {player} | {len(theirs)} | {sum(len(scan[solos[i].sid]) for i in theirs)} "
            f"| {sum(len(found[i]) for i in theirs)} | {titles.total()} "
            f"| {', '.join(f'{title} ({n})' for title, n in titles.most_common())} |"
        )


def _print_beyond(analyses: Sequence[HarmonyAnalysis], found: Sequence[dict[int, Cadence]]) -> None:
    every = Counter(one.kind for each in analyses for one in each.cadences)
    compared = Counter(one.kind for each in found for one in each.values())
    print("\n| all labels | number | of them compared above |\n|---|---|---|")
    for kind, number in every.most_common():
        print(f"| {kind} | {number} | {compared[kind] or ''} |")


def _print_forms(solos: Sequence[AnnotatedLine], analyses: Sequence[HarmonyAnalysis]) -> None:
    folder = find_shared_data() / "wjazzd"
    kinds = {row["sid"]: row["tonality_type"] for row in read_table(folder / "solos.csv")}
    beats = by_solo(folder / "beats.csv.gz")
    n_both = n_true = n_found = 0
    for solo, analysis in zip(solos, analyses, strict=True):
        bars: dict[str, set[int]] = {}
        for row in beats[solo.sid]:
            bars.setdefault(row["chorus_id"], set()).add(int(row["bar"]))
        is_blues = kinds[solo.sid] == "BLUES"
        true = {min(one) for one in bars.values() if len(one) == _BLUES_BARS and is_blues}
        found = {
            one.first_bar for one in analysis.forms if one.kind is not ChangesKind.RHYTHM_CHANGES
        }
        n_both, n_true, n_found = (
            n_both + len(true & found),
            n_true + len(true),
            n_found + len(found),
        )
    print(
        f"\nchoruses of the blues: {n_true} of 12 bars in the database's blues, {n_found} found, "
        f"{n_both} the same: precision {n_both / n_found:.3f}, recall {n_both / n_true:.3f}"
    )
    rhythm = {
        solo.title: None
        for solo, analysis in zip(solos, analyses, strict=True)
        if any(one.kind is ChangesKind.RHYTHM_CHANGES for one in analysis.forms)
    }
    print(f"rhythm changes: {', '.join(rhythm)}")


def _print_keys(solos: Sequence[AnnotatedLine]) -> None:
    print("\n| key of most of the solo, none given | solos | exact | tonic |\n|---|---|---|---|")
    for name, is_test in (("test players", True), ("the others", False)):
        pairs = [
            (_main_key(solo.line), solo.line.key)
            for solo in solos
            if solo.line.key is not None and (solo.performer in TEST_PLAYERS) == is_test
        ]
        exact = sum(
            one is not None and one.pitch_class == key.pitch_class
            and (one.mode is KeyMode.MINOR) == (key.mode is KeyMode.MINOR)
            for one, key in pairs
        )  # fmt: skip
        tonic = sum(one is not None and one.pitch_class == key.pitch_class for one, key in pairs)
        print(f"| {name} | {len(pairs)} | {exact / len(pairs):.3f} | {tonic / len(pairs):.3f} |")


def _main_key(line: SoloLine) -> Key | None:
    analysis = analyze_harmony(line.chords, None, line.beats_per_bar)
    lengths: Counter[Key] = Counter()
    for one in analysis.functions:
        chord = line.chords[one.chord]
        lengths[one.key] += chord.offset_sec - chord.onset_sec  # type: ignore[assignment]
    return max(lengths, key=lengths.__getitem__) if lengths else None


def _print_time(solos: Sequence[AnnotatedLine], seconds: Sequence[float]) -> None:
    spans = [solo.line.offset_sec[-1] - solo.line.onset_sec[0] for solo in solos]
    longest = max(range(len(solos)), key=lambda i: float(spans[i]))
    scaled = [s * _FIVE_MINUTES / span for s, span in zip(seconds, spans, strict=True)]
    print(
        f"\nprocessor time: a solo {statistics.median(seconds) * 1000:.0f} ms (median), "
        f"{max(seconds) * 1000:.0f} ms (most); the longest, {spans[longest]:.0f} s with "
        f"{len(solos[longest].line.chords)} chords, {seconds[longest] * 1000:.0f} ms; "
        f"for five minutes {statistics.median(scaled) * 1000:.0f} ms (median), "
        f"{sorted(scaled)[int(0.95 * len(scaled))] * 1000:.0f} ms (95 %)"
    )


if __name__ == "__main__":
    main()
