"""The written page, measured on Weimar solos with true notes and beats.

    python -m benchmarks.score [--part test|validation] [--no-peer]

Places and durations against the metrical annotation, note values beside pages that people wrote and
beside MuseScore's of the same performances (`musescore3`), spelling, and time. Figures to report
come from the test players. Tablature has a command of its own: `python -m benchmarks.score.tab`.
"""

import argparse
import datetime
import resource
import sys
import time
from collections import Counter
from collections.abc import Sequence

from synthesis.weimar import TEST_PLAYERS, VALIDATION_PLAYERS, find_shared_data

from benchmarks.score import musescore
from benchmarks.score.places import measure_places
from benchmarks.score.solos import AnnotatedSolo, read_annotated
from benchmarks.score.spelling import measure_spelling
from benchmarks.score.vocabulary import HUMAN, HUMAN_TIES, count_values, total_variation
from licklab.engraving.pdf import write_pdf
from licklab.formats.score_musicxml import write_musicxml
from licklab.notation.arrange import arrange

# Classes of tempo, in beats a minute.
_TEMPI = ((0, 120), (120, 160), (160, 200), (200, 400))
_PAGES = 50


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.score")
    parser.add_argument("--part", choices=("test", "validation"), default="test")
    parser.add_argument("--no-peer", action="store_true", help="ours only, while working on it")
    options = parser.parse_args()
    if not (find_shared_data() / "wjazzd").is_dir():
        sys.exit(f"want the Weimar solos (LICKLAB_SHARED_DATA), got none in {find_shared_data()}")
    players = TEST_PLAYERS if options.part == "test" else VALIDATION_PLAYERS
    everyone = read_annotated()
    solos = [one for one in everyone if one.performer in players]
    n_notes = sum(len(one.notes) for one in solos)
    today = datetime.datetime.now(datetime.UTC)
    print(f"{today:%Y-%m-%d}, {options.part} players, {len(solos)} solos, {n_notes} notes\n")
    _print_places(solos)
    # Spread over all players: the page's prices were chosen on some of them, on one question.
    spread = everyone[:: len(everyone) // _PAGES][:_PAGES]
    fast = [one for one in solos if one.tempo_bpm >= _TEMPI[2][0]][:_PAGES]
    print("| note values | solos | " + " | ".join(HUMAN) + " | ties | distance |")
    print("|---|---|" + "---|" * (len(HUMAN) + 2))
    shares = " | ".join(f"{one:.3f}" for one in HUMAN.values())
    print(f"| pages by people | | {shares} | {HUMAN_TIES:.3f} | |")
    for name, chosen in ((f"{options.part} players", solos), ("of them, 160 bpm and more", fast),
                         ("spread over all players", spread)):  # fmt: skip
        _print_values(name, chosen, with_peer=not options.no_peer)
    _print_spelling(solos)
    _print_time(everyone)


def _print_places(solos: Sequence[AnnotatedSolo]) -> None:
    print(
        "| tempo, bpm | solos | place, as played | place, as written | nearest place | duration |"
    )
    print("|---|---|---|---|---|---|")
    rows = [(f"{low} to {high}", [one for one in solos if low <= one.tempo_bpm < high])
            for low, high in _TEMPI]  # fmt: skip
    for name, chosen in (*rows, ("all", solos)):
        one = measure_places(chosen)
        print(
            f"| {name} | {len(chosen)} | {one.played:.3f} | {one.written:.3f} "
            f"| {one.nearest:.3f} | {one.duration:.3f} |"
        )
    print()


def _print_values(name: str, solos: Sequence[AnnotatedSolo], *, with_peer: bool) -> None:
    shares, ties = count_values([arrange(one.transcription) for one in solos])
    _print_row(f"licklab, {name}", len(solos), shares, ties)
    if with_peer and musescore.is_there():
        counts: Counter[str] = Counter()
        n_ties = 0
        for one in solos:
            mine, tied = musescore.count_values(one.transcription)
            counts += mine
            n_ties += tied
        total = sum(counts.values())
        theirs = {key: counts[key] / total for key in HUMAN}
        _print_row(f"MuseScore 3, {name}", len(solos), theirs, n_ties / total)


def _print_row(name: str, n_solos: int, shares: dict[str, float], ties: float) -> None:
    told = " | ".join(f"{shares[key]:.3f}" for key in HUMAN)
    print(f"| {name} | {n_solos} | {told} | {ties:.3f} | {total_variation(shares):.3f} |")


def _print_spelling(solos: Sequence[AnnotatedSolo]) -> None:
    print("\n| part | chord tones | on another letter | double signs |\n|---|---|---|---|")
    for part in ("concert", "tenor_sax", "alto_sax"):
        one = measure_spelling(solos, part)
        print(f"| {part} | {one.n_tones} | {one.n_wrong} | {one.n_double} |")


def _print_time(solos: Sequence[AnnotatedSolo]) -> None:
    """Time the solo nearest to five minutes; the whole program's memory besides."""
    solo = min(solos, key=lambda one: abs(one.notes[-1].offset_sec - one.notes[0].onset_sec - 300))
    length = solo.notes[-1].offset_sec - solo.notes[0].onset_sec
    best = {"score and MusicXML": 9e9, "PDF": 9e9}
    for _ in range(3):
        begun = time.process_time()
        score = arrange(solo.transcription)
        write_musicxml(score)
        best["score and MusicXML"] = min(best["score and MusicXML"], time.process_time() - begun)
        begun = time.process_time()
        write_pdf(score)
        best["PDF"] = min(best["PDF"], time.process_time() - begun)
    told = ", ".join(f"{name} {seconds:.2f} CPU-s" for name, seconds in best.items())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n{solo.sid}: {length:.0f} s, {len(solo.notes)} notes: {told}; peak {peak:.0f} MB")


if __name__ == "__main__":
    main()
