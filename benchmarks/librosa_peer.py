"""What librosa hears: run by the peer's own Python, never imported by the benchmarks.

    python benchmarks/librosa_peer.py OUT.json RECORDING...

Beats and tempo by its dynamic-programming tracker with its defaults; the key by correlating the
mean constant-Q chroma with the profiles of Krumhansl and Kessler (1982), as is usual with it.
"""

import json
import sys
import time
from pathlib import Path

import librosa
import numpy as np

_MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
_MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)
_NAMES = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")


def main() -> None:
    """Listen to recordings."""
    heard = {}
    for path in sys.argv[2:]:
        samples, rate = librosa.load(path)
        started = time.process_time()
        tempo, beats = librosa.beat.beat_track(y=samples, sr=rate, units="time")
        spent = time.process_time() - started
        chroma = librosa.feature.chroma_cqt(y=samples, sr=rate).mean(axis=1)
        fits = {
            f"{_NAMES[tonic]}:{mode}": float(np.corrcoef(np.roll(profile, tonic), chroma)[0, 1])
            for mode, profile in (("major", _MAJOR), ("minor", _MINOR))
            for tonic in range(12)
        }
        heard[path] = {"beats": beats.tolist(), "tempo_bpm": float(np.atleast_1d(tempo)[0]),
                       "key": max(fits, key=lambda name: fits[name]), "cpu_sec": spent}  # fmt: skip
    Path(sys.argv[1]).write_text(json.dumps(heard))


if __name__ == "__main__":
    main()
