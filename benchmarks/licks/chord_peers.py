"""Read chord symbols with music21 and pychord; run by their own environment, which has no licklab.

    build/chord-peers/bin/python benchmarks/licks/chord_peers.py < texts.json

In: a JSON list of texts. Out: a JSON object of lists, for each program and text the root and the
tones as pitch classes, or null where it refuses the text.
"""

import json
import re
import sys
import warnings
from collections.abc import Callable
from importlib import import_module

Reading = tuple[int, list[int]]


def main() -> None:
    """Read, and print."""
    warnings.simplefilter("ignore")
    texts = json.load(sys.stdin)
    readers: dict[str, Callable[[str], Reading]] = {"music21": _music21, "pychord": _pychord}
    print(json.dumps({name: [_try(one, text) for text in texts] for name, one in readers.items()}))


def _try(read: Callable[[str], Reading], text: str) -> Reading | None:
    try:
        return read(text)
    except Exception:  # noqa: BLE001 - whatever it raises, it does not read the text
        return None


def _music21(text: str) -> Reading:
    harmony = import_module("music21.harmony")
    # Its flats are minus signs; it is not to fail on every flat root for that.
    chord = harmony.ChordSymbol(re.sub(r"(^|/)([A-G])[b♭]", r"\1\2-", text))
    return chord.root().pitchClass, sorted({one.pitchClass for one in chord.pitches})


def _pychord(text: str) -> Reading:
    note_to_val = import_module("pychord.utils").note_to_val
    chord = import_module("pychord").Chord(text)
    tones = {note_to_val(one) % 12 for one in chord.components(visible=True)}
    return note_to_val(chord.root) % 12, sorted(tones)


if __name__ == "__main__":
    main()
