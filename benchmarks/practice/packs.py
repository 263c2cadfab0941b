"""Packs of Weimar licks: every key of every instrument, and how long a pack takes.

    python -m benchmarks.practice.packs [--licks 200] [--seed 1] [--packs 5]

First all twelve keys of the licks for every instrument of the list: whether all notes are in
range, whether moving back gives the original, how many heads have a double accidental, and whether
MusicXML is valid (a key of each lick and instrument, drawn at random, by the W3C's schema). Then
packs, with and without sound, in processor seconds. Nothing was fitted to these licks.
"""

import argparse
import datetime
import random
import time
import uuid
from collections import Counter

from lxml import etree
from tests.musicxml_schema import load_schema

from benchmarks.practice.exercises import draw_licks
from licklab.domain.instrument import INSTRUMENTS
from licklab.domain.passage import Passage
from licklab.domain.practice_log import KeyOrder
from licklab.domain.score import Score
from licklab.formats.score_musicxml import write_musicxml
from licklab.notation.passage_scores import PassageLook, arrange_passage
from licklab.packing.lick_files import PackLick
from licklab.packing.pack import make_pack
from licklab.packing.wishes import PackWishes
from licklab.practice.key_orders import order_keys
from licklab.practice.keys import key_of, put_in_key

_ANY_LICK = uuid.UUID(int=1)


def main() -> None:
    """Measure and print tables."""
    parser = argparse.ArgumentParser(description="Packs of Weimar licks.")
    parser.add_argument("--licks", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--packs", type=int, default=5)
    options = parser.parse_args()
    licks = list(draw_licks(options.licks, options.seed))
    today = datetime.datetime.now(tz=datetime.UTC).date()
    print(f"{today}: {len(licks)} licks, {len(INSTRUMENTS)} instruments, 12 keys")
    _count_keys([one.passage for one in licks], random.Random(options.seed))  # noqa: S311
    _time_packs([(one.passage, one.instrument) for one in licks[: options.packs]])


def _count_keys(passages: list[Passage], chance: random.Random) -> None:
    schema = load_schema()
    seen: Counter[str] = Counter()
    for passage in passages:
        home = key_of(passage)
        for instrument, one in INSTRUMENTS.items():
            keys = order_keys(home, KeyOrder.FOURTHS, _ANY_LICK)
            checked = chance.choice(keys)
            for key in keys:
                keyed = put_in_key(passage, key, instrument)
                pitches = keyed.passage.pitches_midi
                seen["keys"] += 1
                seen["out of range"] += not all(
                    one.lowest_midi <= pitch <= one.highest_midi for pitch in pitches
                )
                seen["folded: the lick is wider than the instrument"] += keyed.n_folded > 0
                back = keyed.passage.moved(-keyed.semitones, passage.key)
                seen["not the original when moved back"] += (
                    keyed.n_folded == 0 and back.notes != passage.notes
                )
                score = arrange_passage(keyed.passage, PassageLook(instrument))
                seen["heads"] += len(_alterations(score))
                seen["heads with a double accidental"] += sum(
                    abs(alter) > 1 for alter in _alterations(score)
                )
                if key == checked:
                    seen["documents of MusicXML"] += 1
                    document = etree.fromstring(write_musicxml(score))
                    seen["invalid documents"] += not schema.validate(document)
    print("| what | count |\n|---|---|")
    for what, count in seen.items():
        print(f"| {what} | {count:,} |")


def _alterations(score: Score) -> list[int]:
    return [
        head.pitch.alter
        for bar in score.bars
        for voice in bar.voices
        for event in voice.events
        for head in event.heads
    ]


def _time_packs(licks: list[tuple[Passage, str]]) -> None:
    print("| pack | bars | processor s | files | MB |\n|---|---|---|---|---|")
    for has_audio in (False, True):
        for number, (passage, instrument) in enumerate(licks, 1):
            begun = time.process_time()
            pack = make_pack(
                [PackLick(f"Lick {number}", "", passage)],
                PackWishes(instrument, has_audio=has_audio),
            )
            spent = time.process_time() - begun
            kind = "with sound at three speeds" if has_audio else "without sound"
            print(
                f"| {kind} | {passage.n_bars} | {spent:.1f} | {len(pack.manifest['files'])} "
                f"| {len(pack.archive) / 1e6:.1f} |"
            )


if __name__ == "__main__":
    main()
