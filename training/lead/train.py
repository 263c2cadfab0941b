"""Trains the lead network, in steps of minutes that go on where the last one stopped.

    python -m training.lead.train DATA RUN --minutes 20 --total 4000

DATA holds `train/` and `validation/` from `training.lead.shards`; RUN gets `state.pt` (everything
needed to go on), `best.pt` and `log.csv`.
"""

import argparse
import csv
import math
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from synthesis.excerpt import BASS
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from training.lead.network import (
    LEAD_SOUNDS,
    LEAD_STARTS,
    LEAD_VELOCITY,
    N_PITCHES,
    LeadNetwork,
)
from training.lead.targets import BASS_RANGE, draw_part, draw_range, make_targets

_BATCH, _FRAMES = 4, 512
_RATE = 2e-3
_CLIPS_AT_ONCE = 3
# Onsets and offsets are rare: they weigh more than silence.
_POSITIVE = torch.tensor([1.5, 4.0, 2.0, 1.5, 4.0])
_MAP_WEIGHT = torch.tensor([1.0, 2.0, 0.5, 0.4, 0.6])
_VALIDATE_EVERY = 250
_NEAREST_FRAME = 0.67  # of the target of an onset: its nearest frame has as much or more


class Clips:
    """Crops of clips, drawn at random from a folder that may still be growing."""

    def __init__(self, folder: Path, rng: np.random.Generator) -> None:
        self._folder, self._rng = folder, rng
        self._queue: list[Path] = []
        self._ready: list[tuple[np.ndarray, ...]] = []

    def draw(self) -> tuple[np.ndarray, ...]:
        """Draw features, what is known of the range, maps and where the velocity counts."""
        if not self._ready:
            self._fill()
        return self._ready.pop(int(self._rng.integers(len(self._ready))))

    def _fill(self) -> None:
        for _ in range(8):
            if not self._queue:
                self._queue = sorted(self._folder.glob("*.npz"))
                self._rng.shuffle(self._queue)
            with np.load(self._queue.pop()) as data:
                features, notes, limits = data["features"], data["notes"], data["range_midi"]
            for _ in range(_CLIPS_AT_ONCE):
                self._ready.append(self._crop(features, notes, limits))

    def _crop(
        self, features: np.ndarray, notes: np.ndarray, limits: np.ndarray
    ) -> tuple[np.ndarray, ...]:
        rng = self._rng
        first = int(rng.integers(0, max(1, len(features) - _FRAMES)))
        part = draw_part(notes, rng)
        low, high = BASS_RANGE if part == BASS else limits
        known = draw_range(int(low), int(high), rng, 0.0 if part == BASS else 0.5)
        maps, weight = make_targets(notes, first, _FRAMES, part)
        cut = features[first : first + _FRAMES].astype(np.float32)
        return cut, known, maps, weight


def loss_of(out: Tensor, maps: Tensor, weight: Tensor) -> Tensor:
    """Weighted cross entropy of the five maps and the squared error of the velocity."""
    positive, of_map = _POSITIVE[:, None, None], _MAP_WEIGHT[None, :, None, None]
    entropy = binary_cross_entropy_with_logits(
        out[:, :5], maps[:, :5], pos_weight=positive, reduction="none"
    )
    velocity = (
        (out[:, LEAD_VELOCITY] - maps[:, LEAD_VELOCITY]) ** 2 * weight
    ).sum() / weight.sum().clamp(min=1)
    return (entropy * of_map).mean() * 20 + 0.5 * velocity


@dataclass(frozen=True, slots=True)
class Validation:
    """How well a network does on clips of validation players, told no instrument.

    Attributes
    ----------
    loss : float
        As in training.
    frame_f1 : float
        Of the pitches and frames where the soloist sounds.
    onset_f1 : float
        Of peaks of the odds of a start, two frames off at most.
    """

    loss: float
    frame_f1: float
    onset_f1: float


def validate(network: LeadNetwork, folder: Path, n_clips: int = 16) -> Validation:
    """Try a network on the first clips of a folder."""
    network.eval()
    losses, frames, peaks, begins = [], np.zeros(3), np.zeros(2), np.zeros(2)
    with torch.no_grad():
        for path in sorted(folder.glob("*.npz"))[:n_clips]:
            with np.load(path) as data:
                features, notes = data["features"][:1720].astype(np.float32), data["notes"]
            maps, weight = make_targets(notes, 0, len(features))
            out = network(torch.from_numpy(features)[None], torch.ones(1, N_PITCHES))
            truth = (torch.from_numpy(one)[None] for one in (maps, weight))
            losses.append(float(loss_of(out, *truth)))
            sounds, true_sounds = out[0, LEAD_SOUNDS].numpy() > 0, maps[LEAD_SOUNDS] > 0
            frames += (sounds & true_sounds).sum(), sounds.sum(), true_sounds.sum()
            peak = _find_peaks(out[0, LEAD_STARTS].numpy())
            true_peak = maps[LEAD_STARTS] > _NEAREST_FRAME
            peaks += (peak & _widen(true_peak)).sum(), peak.sum()
            begins += (true_peak & _widen(peak)).sum(), true_peak.sum()
    network.train()
    precision, recall = peaks[0] / max(1, peaks[1]), begins[0] / max(1, begins[1])
    return Validation(
        float(np.mean(losses)),
        float(2 * frames[0] / max(1, frames[1] + frames[2])),
        float(2 * precision * recall / max(1e-9, precision + recall)),
    )


def _find_peaks(odds: np.ndarray) -> np.ndarray:
    peak: np.ndarray = odds > 0
    peak[1:-1] &= (odds[1:-1] >= odds[:-2]) & (odds[1:-1] > odds[2:])
    return peak


def _widen(mask: np.ndarray, reach: int = 2) -> np.ndarray:
    wide = mask.copy()
    for shift in range(1, reach + 1):
        wide[shift:] |= mask[:-shift]
        wide[:-shift] |= mask[shift:]
    return wide


def main() -> None:
    """Train for some minutes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--total", type=int, default=4000, help="steps of the whole training")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.run.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    torch.set_num_threads(2)
    network = LeadNetwork().to(memory_format=torch.channels_last)
    average = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.995), use_buffers=True
    )
    optimiser = torch.optim.AdamW(network.parameters(), _RATE, weight_decay=1e-3)
    step, best = 0, 0.0
    state = options.run / "state.pt"
    if state.exists():
        saved = torch.load(state, weights_only=False)
        network.load_state_dict(saved["network"])
        average.load_state_dict(saved["average"])
        optimiser.load_state_dict(saved["optimiser"])
        step, best = saved["step"], saved["best"]
    print(f"{sum(p.numel() for p in network.parameters())} parameters, step {step}", flush=True)
    clips = Clips(options.data / "train", np.random.default_rng(options.seed + step))
    end, started, mean_loss = time.time() + 60 * options.minutes, time.time(), 0.0
    network.train()

    def save() -> None:
        parts = {"network": network, "average": average, "optimiser": optimiser}
        states = {name: one.state_dict() for name, one in parts.items()}
        torch.save({**states, "step": step, "best": best}, state)

    while step < options.total and time.time() < end:
        batch = [clips.draw() for _ in range(_BATCH)]
        features, known, maps, weight = (
            torch.from_numpy(np.stack(one)) for one in zip(*batch, strict=True)
        )
        rate = (
            _RATE
            * min(1.0, (step + 1) / 100)
            * max(0.01, 0.5 * (1 + math.cos(math.pi * step / options.total)))
        )
        for group in optimiser.param_groups:
            group["lr"] = rate
        loss = loss_of(network(features, known), maps, weight)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        average.update_parameters(network)
        step += 1
        mean_loss = 0.98 * mean_loss + 0.02 * loss.item() if step > 1 else loss.item()
        if step % 25 == 0:
            print(
                step,
                f"loss {mean_loss:.4f} rate {rate:.5f} {time.time() - started:.0f} s",
                flush=True,
            )
        if step % _VALIDATE_EVERY == 0 or step == options.total:
            found = validate(average.module, options.data / "validation")
            figures = [f"{one:.4f}" for one in (found.loss, found.frame_f1, found.onset_f1)]
            with (options.run / "log.csv").open("a") as file:
                csv.writer(file).writerow([step, f"{mean_loss:.4f}", *figures])
            print(step, "validation: loss, frames, onsets", *figures, flush=True)
            if found.onset_f1 + found.frame_f1 > best:
                best = found.onset_f1 + found.frame_f1
                states = {"network": average.module.state_dict(), "step": step}
                torch.save(states, options.run / "best.pt")
            save()
    save()


if __name__ == "__main__":
    main()
