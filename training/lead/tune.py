"""Chooses the decoder's weights and fits the confidence, on validation players only.

    python -m training.lead.tune MODEL.onnx OUT.json [--solos 32]

Renders the validation scenes of `benchmarks.notes`, listens once, then searches one weight after
the other for the best mean of onset F1 and half the F1 with offsets. Prints what to put into
`LineConfig` and `ConfidenceConfig`, and the real recordings' scores to watch (nothing is chosen on
them).
"""

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
from benchmarks.notes.metrics import calibration
from benchmarks.notes.scenes import CONDITIONS, choose_solos, render_scene
from synthesis.weimar import find_shared_data

from licklab.domain.instrument import find_instrument
from licklab.domain.note import Note
from licklab.domain.transcription import ModelInfo
from licklab.engine.activations import NoteNetwork
from licklab.engine.audio.probe import probe_audio
from licklab.engine.audio.reader import AudioReader
from licklab.engine.grid import SAMPLE_RATE
from licklab.engine.lead.network import LeadNetwork
from licklab.engine.models import BASIC_PITCH, InstalledModel, find_model
from licklab.engine.notes.confidence import describe_notes
from licklab.engine.notes.evidence import DecodedNote, Evidence
from licklab.engine.notes.line import LineConfig, decode_line
from licklab.engine.notes.maps import OddsMap
from licklab.engine.notes.timing import refine_times
from licklab.evaluation.notes import score_notes
from training.lead.shards import make_clip_features

_GRID = {
    "note_cost": (-1.0, 0.0, 1.0, 2.0, 3.0, 4.0),
    "start_weight": (0.5, 0.75, 1.0, 1.25, 1.5, 2.0),
    "start_floor": (-2.0, -3.0, -4.0, -5.0, -6.0),
    "end_weight": (0.0, 0.15, 0.3, 0.5, 0.75, 1.0),
    "sound_weight": (0.15, 0.25, 0.4, 0.5, 0.7, 1.0),
    "sound_bias": (-1.0, -0.5, 0.0, 0.5, 1.0, 1.5),
    "min_note_frames": (2, 3, 4),
}


def to_notes(decoded: list[DecodedNote], evidence: Evidence) -> list[Note]:
    """Give decoded notes their times."""
    times = refine_times(decoded, evidence.starts)
    return [
        Note(max(0.0, when.onset_sec), when.offset_sec, one.pitch_midi, 64, 1.0)
        for one, when in zip(decoded, times, strict=True)
        if when.offset_sec > max(0.0, when.onset_sec)
    ]


def read_recording(path: Path) -> np.ndarray:
    """Read a recording at 22,050 Hz."""
    return np.concatenate(list(AudioReader(path, probe_audio(path)).blocks(SAMPLE_RATE)))


def hear(
    network: LeadNetwork, features: np.ndarray, instrument: str | None
) -> tuple[Evidence, Evidence]:
    """Evidence for the line and for all notes."""
    known = find_instrument(instrument) if instrument else None
    chunks = list(network.listen([features], known))

    def pack(name: str) -> OddsMap:
        return OddsMap.of(np.concatenate([getattr(one, name) for one in chunks]))

    line = Evidence(pack("sounds"), pack("starts"), pack("ends"))
    return line, Evidence(pack("any_sounds"), pack("any_starts"))


def main() -> None:
    """Tune and fit."""
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--solos", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    folder = Path("build/notes/validation")
    scenes = [
        scene for condition in CONDITIONS
        for number, solo in enumerate(choose_solos("validation", options.solos))
        if (scene := render_scene(solo, number, condition, folder)) is not None
    ]  # fmt: skip
    notes_network = NoteNetwork(find_model(BASIC_PITCH))
    network = LeadNetwork(InstalledModel(options.model, ModelInfo("lead", "", "")))
    heard = []
    for number, scene in enumerate(scenes):
        cache = scene.path.with_suffix(".npy")
        if cache.exists():
            features = np.load(cache)
        else:
            features = make_clip_features(notes_network, read_recording(scene.path))
            np.save(cache, features)
        # Half of them are not told the instrument, as half of the users will not tell it.
        told = scene.instrument if number % 2 else None
        heard.append((scene, hear(network, features, told)[0], find_instrument(told or "other")))

    def merit(config: LineConfig) -> tuple[float, list[float]]:
        scores = [
            score_notes(scene.notes, to_notes(decode_line(evidence, instrument, config), evidence))
            for scene, evidence, instrument in heard
        ]
        by_condition = [
            float(
                np.mean(
                    [
                        s.f1
                        for s, (scene, *_) in zip(scores, heard, strict=True)
                        if scene.condition == c.name
                    ]
                )
            )
            for c in CONDITIONS
        ]
        return float(np.mean([s.f1 + 0.5 * s.f1_with_offset for s in scores])), by_condition

    config = LineConfig()
    best, detail = merit(config)
    print(f"start: {best:.4f} {detail}", flush=True)
    for _ in range(options.rounds):
        for name, values in _GRID.items():
            for value in values:
                if value == getattr(config, name):
                    continue
                trial = replace(config, **{name: value})  # type: ignore[arg-type]
                found, found_detail = merit(trial)
                if found > best + 1e-4:
                    best, config, detail = found, trial, found_detail
            print(
                f"{name}: {best:.4f} {getattr(config, name)} {[round(one, 4) for one in detail]}",
                flush=True,
            )
    cues, right, errors = [], [], []
    from mir_eval.transcription import match_notes

    for scene, evidence, instrument in heard:
        decoded = decode_line(evidence, instrument, config)
        estimated = to_notes(decoded, evidence)
        if len(estimated) != len(decoded) or not decoded:
            continue
        spans = [
            np.array([[n.onset_sec, n.offset_sec] for n in one]) for one in (scene.notes, estimated)
        ]
        hertz = [
            np.array([440 * 2 ** ((n.pitch_midi - 69) / 12) for n in one])
            for one in (scene.notes, estimated)
        ]
        pairs = match_notes(spans[0], hertz[0], spans[1], hertz[1], offset_ratio=None)
        matched = {j for _, j in pairs}
        errors += [estimated[j].onset_sec - scene.notes[i].onset_sec for i, j in pairs]
        cues.append(describe_notes(decoded, evidence))
        right.append(np.array([j in matched for j in range(len(decoded))]))
    print(
        f"onsets: median {1000 * np.median(errors):.1f} ms, spread {1000 * np.std(errors):.1f} ms"
    )
    weights = fit_logistic(np.concatenate(cues), np.concatenate(right))
    odds = weights[0] + np.concatenate(cues) @ weights[1:]
    confidence = 1 / (1 + np.exp(-odds))
    error, area = calibration(
        list(zip(confidence.tolist(), np.concatenate(right).tolist(), strict=True))
    )
    print(f"confidence: calibration error {error:.3f}, AUC {area:.3f}")
    print(f"weights {np.round(weights, 3).tolist()}")
    settings = {name: getattr(config, name) for name in _GRID}
    options.out.write_text(json.dumps({"line": settings, "confidence": weights.tolist()}, indent=1))
    print(settings)
    watch_recordings(network, notes_network, config)


def fit_logistic(cues: np.ndarray, right: np.ndarray, penalty: float = 1.0) -> np.ndarray:
    """Fit by Newton's method; bias first."""
    x = np.hstack([np.ones((len(cues), 1)), cues]).astype(np.float64)
    weights = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (p - right) + penalty * weights
        curvature = (x * (p * (1 - p))[:, None]).T @ x + penalty * np.eye(len(weights))
        weights -= np.linalg.solve(curvature, gradient)
    return weights


def watch_recordings(network: LeadNetwork, notes_network: NoteNetwork, config: LineConfig) -> None:
    """Print the scores of the real recordings; nothing is chosen on them."""
    folder = find_shared_data() / "recordings"
    for name, instrument in (("guitarset_bn1_solo", "guitar"), ("vocadito_1", "voice")):
        truth = [
            Note(one["onset"], one["offset"], one["pitch"], 64, 1.0)
            for one in json.loads((folder / f"{name}.json").read_text())["notes"]
        ]
        features = make_clip_features(notes_network, read_recording(folder / f"{name}.flac"))
        for told in (instrument, None):
            evidence, _ = hear(network, features, told)
            decoded = decode_line(evidence, find_instrument(told or "other"), config)
            scores = score_notes(truth, to_notes(decoded, evidence))
            figures = f"precision {scores.precision:.3f} recall {scores.recall:.3f}"
            print(f"{name} {told}: F1 {scores.f1:.3f} {figures}")


if __name__ == "__main__":
    main()
