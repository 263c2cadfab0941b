"""Who listens to the bands of `benchmarks.band_scenes`: ours, and librosa beside it."""

import json
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.band_scenes import BandScene
from benchmarks.peer import PEER, install_peer
from licklab.domain.analysis import Analysis
from licklab.domain.evidence import ChordEvidence, RhythmEvidence
from licklab.domain.instrument import find_instrument
from licklab.engine.pipeline import Listener

_PEER_SCRIPT = Path(__file__).with_name("librosa_peer.py")


@dataclass(frozen=True, slots=True)
class HeardBand:
    """What ours heard of one recording.

    Attributes
    ----------
    analysis : Analysis
        Rhythm and harmony.
    rhythm, chords : evidence
        What was believed before anything was decided.
    cpu_sec : float
        Of all of listening, the notes included.
    """

    analysis: Analysis
    rhythm: RhythmEvidence
    chords: ChordEvidence
    cpu_sec: float


@dataclass(frozen=True, slots=True)
class PeerHeard:
    """What the peer heard of one recording.

    Attributes
    ----------
    beats_sec : shape=(n,)
        Its beats.
    tempo_bpm : float
        Its tempo.
    key : str
        Its key.
    """

    beats_sec: npt.NDArray[np.float64]
    tempo_bpm: float
    key: str


def hear_with_ours(scenes: Sequence[BandScene]) -> list[HeardBand]:
    """Listen to each scene, told nothing."""
    listener = Listener()
    heard = []
    for scene in scenes:
        started = time.process_time()
        found = listener.hear(scene.path, find_instrument("other"))
        assert found.transcription.analysis is not None
        assert found.evidence is not None
        heard.append(HeardBand(found.transcription.analysis, found.evidence.rhythm,
                               found.evidence.chords, time.process_time() - started))  # fmt: skip
    return heard


def hear_with_librosa(scenes: Sequence[BandScene], cache: Path) -> list[PeerHeard]:
    """Let librosa listen to all scenes, in one process; kept between runs."""
    install_peer()
    kept = json.loads(cache.read_text()) if cache.exists() else {}
    missing = [str(one.path) for one in scenes if str(one.path) not in kept]
    if missing:
        draft = cache.with_suffix(".tmp")
        command = [str(PEER / "bin" / "python"), str(_PEER_SCRIPT), str(draft), *missing]
        subprocess.run(command, check=True, capture_output=True)
        kept |= json.loads(draft.read_text())
        cache.write_text(json.dumps(kept))
    found = [kept[str(one.path)] for one in scenes]
    return [PeerHeard(np.array(one["beats"]), one["tempo_bpm"], one["key"]) for one in found]
