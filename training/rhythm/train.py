"""Trains the beat or the chord network, in steps of minutes that go on where the last one stopped.

    python -m training.rhythm.train beats DATA RUN --minutes 20 --total 4000
    python -m training.rhythm.train chords DATA RUN --minutes 20 --total 4000

DATA holds `train/` and `validation/` from `training.rhythm.shards`; RUN gets `state.pt` (everything
needed to go on), `best.pt` and `log.csv`.
"""

import argparse
import csv
import math
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, nll_loss

from training.rhythm.network import BeatNetwork, ChordNetwork
from training.rhythm.targets import NO_LABEL, make_beat_targets, make_chord_targets

_BATCH = 6
_ROWS = 512  # of 46 ms: 24 seconds
_FRAMES = 4 * _ROWS
_RATE = 3e-3
_CLIPS_AT_ONCE = 2
_POSITIVE = torch.tensor([5.0, 10.0, 5.0])
_OF_OUTPUT = torch.tensor([1.0, 0.7, 0.4])
# What a line alone implies is worth learning, but a guess.
_LINE_WEIGHT = 0.3
_VALIDATE_EVERY = 200
Batch = dict[str, np.ndarray]


class Clips:
    """Crops of scenes, drawn at random from a folder that may still be growing."""

    def __init__(self, folder: Path, rng: np.random.Generator) -> None:
        self._folder, self._rng = folder, rng
        self._queue: list[Path] = []
        self._ready: list[Batch] = []

    def draw(self) -> Batch:
        """Draw one crop."""
        if not self._ready:
            for _ in range(12):
                if not self._queue:
                    self._queue = sorted(self._folder.glob("*.npz"))
                    self._rng.shuffle(self._queue)
                clip = read_clip(self._queue.pop())
                self._ready += [self._crop(clip) for _ in range(_CLIPS_AT_ONCE)]
        return self._ready.pop(int(self._rng.integers(len(self._ready))))

    def _crop(self, clip: Batch) -> Batch:
        first = int(self._rng.integers(0, len(clip["rows"]) - _ROWS + 1))
        return cut_clip(clip, first, first + _ROWS)


def read_clip(path: Path) -> Batch:
    """Read a shard and make its targets."""
    with np.load(path) as data:
        levels, rows = data["short"].astype(np.float32), data["chord_rows"].astype(np.float32)
        beats, chords, bass = data["beats"], data["chords"], data["bass"]
        label = str(data["label"])
    n_frames = len(rows) * 4
    levels = np.pad(levels, ((0, n_frames - len(levels)), (0, 0)), mode="edge")
    targets, known = make_beat_targets(beats, n_frames)
    # Behind the last beat the soloist may go on: nothing is known there.
    sure = np.ones(n_frames, np.float32)
    sure[round((float(beats[-1, 0]) + 0.1) * 86.13) :] = 0.0
    chord, played, tensions = make_chord_targets(chords, bass, len(rows))
    weight = np.array([_LINE_WEIGHT if label.startswith("line") else 1.0], np.float32)
    return {"levels": levels, "rows": rows, "beats": targets, "known": known, "sure": sure,
            "chord": chord, "bass": played, "tensions": tensions, "weight": weight}  # fmt: skip


def cut_clip(clip: Batch, first: int, last: int) -> Batch:
    """Cut rows out of a clip."""
    cut = {name: clip[name][first:last] for name in ("rows", "chord", "bass", "tensions")}
    cut |= {name: clip[name][4 * first : 4 * last] for name in ("levels", "beats", "sure")}
    return cut | {"known": clip["known"], "weight": clip["weight"]}


def beat_loss(network: nn.Module, batch: dict[str, Tensor]) -> Tensor:
    """Weighted cross entropy of the activations."""
    out = network(batch["levels"], batch["rows"])
    entropy = binary_cross_entropy_with_logits(
        out, batch["beats"], pos_weight=_POSITIVE, reduction="none"
    )
    weight = batch["sure"][:, :, None] * batch["known"][:, None, :] * _OF_OUTPUT
    return (entropy * weight).mean() * 4


def chord_loss(network: nn.Module, batch: dict[str, Tensor]) -> Tensor:
    """Cross entropies of chords, bass and tensions."""
    chords, bass, tensions = network(batch["rows"])
    weight = batch["weight"]
    entropy = nll_loss(
        chords.transpose(1, 2), batch["chord"], ignore_index=NO_LABEL, reduction="none"
    )
    heard = batch["chord"] != NO_LABEL
    loss = (entropy * weight).sum() / (heard * weight).sum().clamp(min=1)
    low = nll_loss(bass.transpose(1, 2), batch["bass"], ignore_index=NO_LABEL, reduction="none")
    loss = loss + 0.4 * low.sum() / (batch["bass"] != NO_LABEL).sum().clamp(min=1)
    root = batch["tensions"][:, :, 0].long()
    at_root = torch.gather(
        tensions, 2, root[:, :, None, None].expand(-1, -1, 1, tensions.shape[3])
    )[:, :, 0]
    dominant = batch["tensions"][:, :, 1:2] * weight[:, :, None]
    entropy = binary_cross_entropy_with_logits(
        at_root, batch["tensions"][:, :, 2:], reduction="none"
    )
    return loss + 0.3 * (entropy * dominant).sum() / dominant.sum().clamp(min=1)


def draw_batch(clips: Clips) -> dict[str, Tensor]:
    """Draw crops."""
    crops = [clips.draw() for _ in range(_BATCH)]
    return {name: torch.from_numpy(np.stack([one[name] for one in crops])) for name in crops[0]}


def validate(network: nn.Module, loss_of: object, folder: Path) -> float:
    """Give the mean loss over the scenes of validation players, in crops from their beginning."""
    assert callable(loss_of)
    network.eval()
    losses = []
    with torch.no_grad():
        for path in sorted(folder.glob("*.npz"))[:48]:
            clip = cut_clip(read_clip(path), 100, 100 + _ROWS)
            batch = {name: torch.from_numpy(one)[None] for name, one in clip.items()}
            losses.append(float(loss_of(network, batch)))
    network.train()
    return float(np.mean(losses))


def main() -> None:
    """Train for some minutes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("beats", "chords"))
    parser.add_argument("data", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--total", type=int, default=4000, help="steps of the whole training")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.run.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    network: nn.Module = BeatNetwork() if options.what == "beats" else ChordNetwork()
    loss_of = beat_loss if options.what == "beats" else chord_loss
    average = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.995), use_buffers=True
    )
    optimiser = torch.optim.AdamW(network.parameters(), _RATE, weight_decay=3e-3)
    step, best = 0, math.inf
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

    def save() -> None:
        parts = {"network": network, "average": average, "optimiser": optimiser}
        states = {name: one.state_dict() for name, one in parts.items()}
        torch.save({**states, "step": step, "best": best}, state)

    while step < options.total and time.time() < end:
        rate = _RATE * min(1.0, (step + 1) / 100)
        rate *= max(0.01, 0.5 * (1 + math.cos(math.pi * step / options.total)))
        for group in optimiser.param_groups:
            group["lr"] = rate
        loss = loss_of(network, draw_batch(clips))
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        average.update_parameters(network)
        step += 1
        mean_loss = 0.98 * mean_loss + 0.02 * loss.item() if step > 1 else loss.item()
        if step % 50 == 0:
            print(step, f"loss {mean_loss:.4f} {time.time() - started:.0f} s", flush=True)
        if step % _VALIDATE_EVERY == 0 or step == options.total:
            found = validate(average.module, loss_of, options.data / "validation")
            with (options.run / "log.csv").open("a") as file:
                csv.writer(file).writerow([step, f"{mean_loss:.4f}", f"{found:.4f}"])
            print(step, f"validation loss {found:.4f}", flush=True)
            if found < best:
                best = found
                torch.save({"network": average.module.state_dict(), "step": step},
                           options.run / "best.pt")  # fmt: skip
            save()
    save()


if __name__ == "__main__":
    main()
