"""Phrases as our transcriber hears them, searched for among all the Weimar solos.

    python -m benchmarks.licks.heard [--part test|validation] [--solos 12]

Half-minutes of solos are rendered alone and with a trio as for `benchmarks.notes`, and transcribed,
told the instrument. Every annotated phrase of twelve notes or more that is played whole becomes a
query: the notes that were heard from its first onset to its last. It is answered when a match lies
in the same solo and covers half of the phrase. Needs the soundfonts (`scripts/install_sounds.sh`).
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from synthesis.excerpt import Source

from benchmarks.licks.queries import KnownItem, rank_of, to_corpus_solos
from benchmarks.licks.solos import AnnotatedLine, read_lines
from benchmarks.notes.scenes import (
    CONDITIONS,
    ENSEMBLE,
    LENGTH_SEC,
    Scene,
    choose_solos,
    excerpt_start,
    render_scene,
)
from licklab.corpus.index import open_index
from licklab.corpus.query import MIN_NOTES, Query
from licklab.corpus.search import search
from licklab.corpus.store import Corpus
from licklab.domain.instrument import Texture, find_instrument
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.engine.pipeline import Listener
from licklab.notation.solo_lines import draw_line

_BUILD = Path(__file__).resolve().parents[2] / "build" / "licks-heard"
_SHORTEST = 12
_EARLY_SEC = 0.08  # onsets are heard within 50 ms; the next note of a phrase is further away
_EDGE_SEC = 0.3


def main() -> None:
    """Print recall by condition."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=("test", "validation"), default="test")
    parser.add_argument("--solos", type=int, default=12)
    asked = parser.parse_args()
    annotated = read_lines()
    sids = [one.sid for one in annotated]
    # Those that are played by sampled instruments would need more files.
    numbers = [at for at, (_, lead, _) in enumerate(ENSEMBLE) if lead.source is Source.FLUID]
    solos = choose_solos(asked.part, asked.solos)
    listener = Listener()
    ranks: dict[str, list[int]] = {}
    lost = dict.fromkeys((one.name for one in CONDITIONS), 0)
    with tempfile.TemporaryDirectory() as folder, Corpus(Path(folder)) as corpus:
        corpus.add(to_corpus_solos(annotated))
        index = open_index(corpus)
        for condition in CONDITIONS:
            found = ranks.setdefault(condition.name, [])
            for turn, solo in enumerate(solos):
                number = numbers[turn % len(numbers)]
                scene = render_scene(solo, number, condition, _BUILD / asked.part)
                if scene is None:
                    continue
                at = sids.index(solo.sid)
                items, n_lost = _cut_phrases(
                    at, annotated[at], excerpt_start(solo), _hear(listener, scene)
                )
                lost[condition.name] += n_lost
                found += [99] * n_lost
                found += [rank_of(one, search(corpus, index, one.query), sids) for one in items]
            _print_row(condition.name, found, lost[condition.name])
    _print_row("all", [one for found in ranks.values() for one in found], sum(lost.values()))


def _hear(listener: Listener, scene: Scene) -> SoloLine:
    instrument = find_instrument(scene.instrument)
    return draw_line(listener.transcribe(scene.path, instrument, texture=Texture.LINE))


def _cut_phrases(
    at: int, source: AnnotatedLine, start_sec: float, heard: SoloLine
) -> tuple[list[KnownItem], int]:
    """Cut the phrases that were played whole out of what was heard; and count those unheard."""
    items, n_lost = [], 0
    for phrase in source.phrases:
        onsets = source.line.onset_sec[phrase.start : phrase.stop] - start_sec
        is_whole = onsets[0] >= _EDGE_SEC and onsets[-1] <= LENGTH_SEC - 0.5 - _EDGE_SEC
        if len(phrase) < _SHORTEST or not is_whole:
            continue
        first, stop = np.searchsorted(
            heard.onset_sec, (onsets[0] - _EARLY_SEC, onsets[-1] + _EARLY_SEC)
        ).tolist()
        if stop - first < MIN_NOTES:
            n_lost += 1
            continue
        items.append(KnownItem(at, phrase, Query.of_span(heard, NoteSpan(first, stop))))
    return items, n_lost


def _print_row(name: str, ranks: Sequence[int], n_lost: int) -> None:
    found = np.array(ranks)
    print(
        f"{name:24} {len(found):4} queries ({n_lost} not heard)  r@1 {np.mean(found < 1):.3f}  "
        f"r@10 {np.mean(found < 10):.3f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
