"""Chooses the polyphonic decoder's thresholds and fits its confidence, on validation players only.

    python -m training.lead.tune_polyphonic MODEL.onnx

On rendered comping and solos with both hands. Prints what to put into `PolyphonicConfig` and
`ConfidenceConfig`, beside the same decoder on stock posteriors, and the real comping's score to
watch.
"""

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
from benchmarks.notes.metrics import calibration
from mir_eval.transcription import match_notes
from synthesis.excerpt import draw_recording
from synthesis.weimar import find_shared_data

from licklab.domain.instrument import find_instrument
from licklab.domain.note import Note
from licklab.domain.transcription import ModelInfo
from licklab.engine.activations import NoteNetwork
from licklab.engine.lead.network import LeadNetwork
from licklab.engine.models import BASIC_PITCH, InstalledModel, find_model
from licklab.engine.notes.confidence import describe_notes
from licklab.engine.notes.evidence import Evidence
from licklab.engine.notes.maps import OddsMap
from licklab.engine.notes.polyphonic import PolyphonicConfig, decode_polyphonic
from licklab.evaluation.notes import score_notes
from training.lead.shards import choose_solos, make_clip_features
from training.lead.tune import fit_logistic, hear, read_recording, to_notes

_GRID = {
    "onset_threshold": (0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7),
    "note_threshold": (0.15, 0.2, 0.3, 0.4, 0.5),
    "release_frames": (3, 5, 8, 11),
    "min_note_frames": (3, 5),
}
_SEED = 20_000_000


def main() -> None:
    """Tune and fit."""
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=Path)
    parser.add_argument("--clips", type=int, default=16)
    options = parser.parse_args()
    notes_network = NoteNetwork(find_model(BASIC_PITCH))
    network = LeadNetwork(InstalledModel(options.model, ModelInfo("lead", "", "")))
    solos, anything = choose_solos(validation=True), find_instrument("piano")
    clips = []
    for number in range(options.clips):
        kind = "chords" if number % 2 else "both hands"
        recording = draw_recording(solos, _SEED + number, 30.0, kind)
        if recording is None or len(recording.notes) < 20:
            continue
        features = make_clip_features(notes_network, recording.samples)
        truth = [Note(float(a), float(b), int(p), int(v), 1.0) for a, b, p, v, _ in recording.notes]
        stock = Evidence(
            *(OddsMap.of(features[:, i * 88 : i * 88 + 88].astype(np.float32)) for i in (0, 1))
        )
        clips.append((truth, hear(network, features, None)[1], stock))

    def merit(config: PolyphonicConfig, *, stock: bool) -> tuple[float, float]:
        scores = []
        for truth, ours, theirs in clips:
            evidence = theirs if stock else ours
            decoded = decode_polyphonic(evidence, anything, config)
            scores.append(score_notes(truth, to_notes(decoded, evidence)))
        return float(np.mean([s.f1 for s in scores])), float(
            np.mean([s.f1_with_offset for s in scores])
        )

    chosen = {}
    for on_stock, label in ((False, "ours"), (True, "stock posteriors")):
        config = PolyphonicConfig()
        best = merit(config, stock=on_stock)
        for _ in range(2):
            for name, values in _GRID.items():
                for value in values:
                    trial = replace(config, **{name: value})  # type: ignore[arg-type]
                    found = merit(trial, stock=on_stock)
                    if found[0] + 0.3 * found[1] > best[0] + 0.3 * best[1] + 1e-4:
                        best, config = found, trial
        print(f"{label}: onset F1 {best[0]:.3f}, with offset {best[1]:.3f}, {config}", flush=True)
        chosen[label] = config
    cues, right = [], []
    for truth, evidence, _ in clips:
        decoded = decode_polyphonic(evidence, anything, chosen["ours"])
        estimated = to_notes(decoded, evidence)
        if len(estimated) != len(decoded) or not decoded:
            continue
        spans = [np.array([[n.onset_sec, n.offset_sec] for n in one]) for one in (truth, estimated)]
        hertz = [
            np.array([440 * 2 ** ((n.pitch_midi - 69) / 12) for n in one])
            for one in (truth, estimated)
        ]
        matched = {
            j for _, j in match_notes(spans[0], hertz[0], spans[1], hertz[1], offset_ratio=None)
        }
        cues.append(describe_notes(decoded, evidence))
        right.append(np.array([j in matched for j in range(len(decoded))]))
    weights = fit_logistic(np.concatenate(cues), np.concatenate(right))
    confidence = 1 / (1 + np.exp(-(weights[0] + np.concatenate(cues) @ weights[1:])))
    error, area = calibration(
        list(zip(confidence.tolist(), np.concatenate(right).tolist(), strict=True))
    )
    print(f"confidence: calibration error {error:.3f}, AUC {area:.3f}")
    print(f"weights {np.round(weights, 3).tolist()}")
    folder = find_shared_data() / "recordings"
    for name in ("guitarset_bn1_comp", "guitarset_bn1_solo"):
        notes = [
            Note(one["onset"], one["offset"], one["pitch"], 64, 1.0)
            for one in json.loads((folder / f"{name}.json").read_text())["notes"]
        ]
        features = make_clip_features(notes_network, read_recording(folder / f"{name}.flac"))
        guitar = find_instrument("guitar")
        evidence = hear(network, features, None)[1]
        scores = score_notes(
            notes, to_notes(decode_polyphonic(evidence, guitar, chosen["ours"]), evidence)
        )
        stock = Evidence(
            *(OddsMap.of(features[:, i * 88 : i * 88 + 88].astype(np.float32)) for i in (0, 1))
        )
        beside = score_notes(
            notes, to_notes(decode_polyphonic(stock, guitar, PolyphonicConfig()), stock)
        )
        print(f"{name}: F1 {scores.f1:.3f}, on stock posteriors {beside.f1:.3f}")


if __name__ == "__main__":
    main()
