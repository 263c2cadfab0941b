"""Who listens to the bands of `benchmarks.band_scenes`: ours, and librosa beside it."""

import hashlib
import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.band_scenes import BandScene
from benchmarks.peer import PEER, install_peer
from licklab.domain.analysis import Analysis
from licklab.domain.evidence import ChordEvidence, Evidence, RhythmEvidence
from licklab.domain.instrument import find_instrument
from licklab.domain.note import Note
from licklab.engine.analysis import analyze
from licklab.engine.pipeline import Listener
from licklab.formats.evidence_npz import (
    read_chord_evidence,
    read_rhythm_evidence,
    write_evidence,
)
from licklab.formats.transcription_json import read_transcription, write_transcription

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
    notes : tuple of Note
        Of the soloist.
    """

    analysis: Analysis
    rhythm: RhythmEvidence
    chords: ChordEvidence
    notes: tuple[Note, ...]


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
    """Listen to each scene, told nothing.

    What the networks believe is kept beside the recording, by the networks' hashes, so that a
    change of what decides needs no listening.
    """
    listener = Listener()
    made_by = hashlib.sha256("".join(one.sha256 for one in listener.models).encode()).hexdigest()
    heard = []
    for scene in scenes:
        kept = scene.path.with_suffix(f".{made_by[:8]}.npz")
        told = kept.with_suffix(".json")
        if not told.exists():
            found = listener.hear(scene.path, find_instrument("other"))
            kept.write_bytes(write_evidence(found.evidence))
            told.write_bytes(write_transcription(found.transcription))
        rhythm, chords = read_rhythm_evidence(kept), read_chord_evidence(kept)
        assert rhythm is not None
        assert chords is not None
        notes = read_transcription(told.read_bytes()).notes
        analysis = analyze(Evidence(rhythm, chords), notes)
        heard.append(HeardBand(analysis, rhythm, chords, notes))
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
