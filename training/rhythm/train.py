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
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, nll_loss

from licklab.engine.grid import FRAME_RATE
from training.rhythm.network import (
    N_PITCHES,
    N_SEMITONES,
    N_SHORT_BANDS,
    BeatNetwork,
    ChordNetwork,
)
from training.rhythm.targets import NO_LABEL, make_beat_targets, make_chord_targets

_BATCH = 6
_ROWS = 512  # of 46 ms: 24 seconds
_RATE = 3e-3
_CLIPS_AT_ONCE = 2
_POSITIVE = torch.tensor([5.0, 10.0, 5.0])
_OF_OUTPUT = torch.tensor([1.0, 0.7, 0.4])
# What a line alone implies is worth learning, but a guess.
_LINE_WEIGHT = 0.3
# Scenes are played up to a fifth faster or slower, transposed, and through another equaliser (in
# units of 20 dB), so that few hundred of them are enough.
_STRETCH, _TRANSPOSE, _COLOUR, _HIDE = 0.2, 5, 0.25, 0.3
_VALIDATE_EVERY = 200
Batch = dict[str, np.ndarray]


@dataclass(frozen=True, slots=True)
class Clip:
    """What a shard holds."""

    levels: np.ndarray
    rows: np.ndarray
    beats: np.ndarray
    chords: np.ndarray
    bass: np.ndarray
    is_line: bool


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

    def _crop(self, clip: Clip) -> Batch:
        speed = float(np.exp(self._rng.uniform(-_STRETCH, _STRETCH)))
        n_rows = min(len(clip.rows), round(_ROWS * speed))
        first = int(self._rng.integers(0, len(clip.rows) - n_rows + 1))
        semitones = int(self._rng.integers(-_TRANSPOSE, _TRANSPOSE + 1))
        batch = cut_clip(clip, first, n_rows, _ROWS, semitones)
        colour(batch, self._rng)
        return batch


def read_clip(path: Path) -> Clip:
    """Read a shard."""
    with np.load(path) as data:
        levels, rows = data["short"].astype(np.float32), data["chord_rows"].astype(np.float32)
        levels = np.pad(levels, ((0, 4 * len(rows) - len(levels)), (0, 0)), mode="edge")
        label = str(data["label"])
        return Clip(levels, rows, data["beats"], data["chords"], data["bass"],
                    label.startswith("line"))  # fmt: skip


def cut_clip(clip: Clip, first: int, n_rows: int, n_wanted: int, semitones: int = 0) -> Batch:
    """Cut rows out of a clip, play them in another tempo and key, and make their targets.

    Parameters
    ----------
    clip : Clip
        Of which.
    first, n_rows : int
        The rows that are taken.
    n_wanted : int
        The rows that they become.
    semitones : int
        By which they are transposed.

    Returns
    -------
    dict of array
        What the networks see, and what they should say.
    """
    rows = _transpose(_stretch(clip.rows[first : first + n_rows], n_wanted), semitones)
    levels = _stretch(clip.levels[4 * first : 4 * (first + n_rows)], 4 * n_wanted)
    start_sec, rate = 4 * first / FRAME_RATE, n_wanted / n_rows

    def move(table: np.ndarray, n_times: int) -> np.ndarray:
        moved: np.ndarray = table.copy()
        moved[:, :n_times] = (moved[:, :n_times] - start_sec) * rate
        return moved

    beats, chords, bass = move(clip.beats, 1), move(clip.chords, 2), move(clip.bass, 2)
    sounding = chords[:, 2] >= 0
    chords[sounding, 2:4] = (chords[sounding, 2:4] + semitones) % 12
    if len(bass):
        bass[:, 2] += semitones
    targets, known = make_beat_targets(beats, 4 * n_wanted)
    # Behind the last beat the soloist may go on: nothing is known there.
    sure = np.ones(4 * n_wanted, np.float32)
    sure[max(0, round((float(beats[-1, 0]) + 0.1) * FRAME_RATE)) :] = 0.0
    chord, played, tensions = make_chord_targets(chords, bass, n_wanted)
    weight = np.array([_LINE_WEIGHT if clip.is_line else 1.0], np.float32)
    return {"levels": levels, "rows": rows, "beats": targets, "known": known, "sure": sure,
            "chord": chord, "bass": played, "tensions": tensions, "weight": weight}  # fmt: skip


def colour(batch: Batch, rng: np.random.Generator) -> None:
    """Draw an equaliser for both kinds of features, and hide a few bands now and then."""
    knots = rng.normal(0, _COLOUR, 8)
    curve = np.interp(np.linspace(0, 7, N_SHORT_BANDS), np.arange(8), knots).astype(np.float32)
    levels, rows = batch["levels"], batch["rows"]
    levels[:] = np.maximum(levels + curve, 0)
    rows[:, 2 * N_PITCHES :] = np.maximum(rows[:, 2 * N_PITCHES :] + curve[:N_SEMITONES], 0)
    if rng.random() < _HIDE:
        low = int(rng.integers(0, N_SHORT_BANDS - 12))
        levels[:, low : low + int(rng.integers(4, 24))] = 0


def _stretch(frames: np.ndarray, n_wanted: int) -> np.ndarray:
    if len(frames) == n_wanted:
        stretched: np.ndarray = frames.copy()
        return stretched
    place = (np.arange(n_wanted) + 0.5) * len(frames) / n_wanted - 0.5
    place = np.clip(place, 0, len(frames) - 1)
    low = np.minimum(place.astype(int), len(frames) - 2)
    part = (place - low).astype(np.float32)[:, np.newaxis]
    between: np.ndarray = frames[low] * (1 - part) + frames[low + 1] * part
    return between


def _transpose(rows: np.ndarray, semitones: int) -> np.ndarray:
    if not semitones:
        return rows
    moved = np.zeros_like(rows)
    for first, last in ((0, N_PITCHES), (N_PITCHES, 2 * N_PITCHES), (2 * N_PITCHES, rows.shape[1])):
        block = rows[:, first:last]
        if semitones > 0:
            moved[:, first + semitones : last] = block[:, :-semitones]
        else:
            moved[:, first : last + semitones] = block[:, -semitones:]
    return moved


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
            clip = cut_clip(read_clip(path), 100, _ROWS, _ROWS)
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
    parser.add_argument("--start", type=Path, help="weights to begin with")
    parser.add_argument("--rate", type=float, default=_RATE)
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
    if options.start and not state.exists():
        for one in (network, average.module):
            one.load_state_dict(torch.load(options.start, weights_only=True)["network"])
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
        rate = options.rate * min(1.0, (step + 1) / 100)
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
