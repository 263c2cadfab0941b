"""The networks for beats and for chords, both small enough for one core without a GPU.

The beat network is a temporal convolutional network (Davies and Boeck, "Temporal convolutional
networks for musical audio beat tracking", EUSIPCO 2019) over rises of a spectrum of short windows,
which also sees the pitches, so that changes of harmony can tell it of bars. The chord network
computes the same thing for each of the twelve roots: its layers turn around the circle of pitch
classes, so what it learns of one key it knows of all.
"""

import torch
from torch import Tensor, nn
from torch.nn.functional import avg_pool1d, pad, relu

from licklab.domain.chord import QUALITIES, TENSIONS

N_SHORT_BANDS, N_PITCHES, N_SEMITONES = 105, 88, 103
N_CHORD_FEATURES = 2 * N_PITCHES + N_SEMITONES
LOWEST_MIDI = 21
N_QUALITIES, N_TENSIONS = len(QUALITIES), len(TENSIONS)
N_CHORDS = 1 + 12 * N_QUALITIES

BEAT, DOWNBEAT, OFFBEAT = range(3)
"""Outputs of the beat network."""

_MEAN_FRAMES = 43  # half a second
# Centres of registers, an octave apart: bass, tenor, ...
_REGISTERS_MIDI = (30, 42, 54, 66, 78, 90, 102)


class Block(nn.Module):
    """A dilated convolution over time beside an identity."""

    def __init__(self, channels: int, kernel: int, dilation: int) -> None:
        super().__init__()
        reach = kernel // 2 * dilation
        self.convolve = nn.Conv1d(channels, channels, kernel, padding=reach, dilation=dilation)
        self.mix = nn.Conv1d(channels, channels, 1)
        self.drop = nn.Dropout1d(0.1)

    def forward(self, x: Tensor) -> Tensor:
        """Compute; the shape stays."""
        return x + self.mix(self.drop(relu(self.convolve(x))))


class BeatNetwork(nn.Module):
    """Levels and chord features to beats.

    Parameters
    ----------
    narrow, wide : int
        Channels at every frame, and in the middle at every second.
    """

    def __init__(self, narrow: int = 32, wide: int = 48) -> None:
        super().__init__()
        self.enter = nn.Conv1d(3 * N_SHORT_BANDS, narrow, 3, padding=1)
        self.first = Block(narrow, 5, 1)
        self.down = nn.Conv1d(narrow, wide, 4, stride=2, padding=1)
        self.pitches = nn.Conv1d(2 * N_CHORD_FEATURES, wide, 1)
        self.middle = nn.ModuleList(Block(wide, 5, 2**k) for k in range(9))
        self.up = nn.ConvTranspose1d(wide, narrow, 4, stride=2, padding=1)
        self.last = Block(narrow, 5, 1)
        self.leave = nn.Conv1d(narrow, 3, 1)
        with torch.no_grad():
            self.leave.bias[:] = torch.tensor([-3.0, -4.0, -3.0])

    def forward(self, levels: Tensor, rows: Tensor) -> Tensor:
        """Compute log odds.

        Parameters
        ----------
        levels : shape=(batch, n_frames, 105), n_frames a multiple of 4
            Of short windows.
        rows : shape=(batch, n_frames / 4, 279)
            Chord features.

        Returns
        -------
        shape=(batch, n_frames, 3)
            Log odds of beats, downbeats and second eighths.
        """
        x = relu(self.enter(_rises(levels)))
        x = self.first(x)
        y = self.down(x)
        # Loudness means little; what has changed since a quarter of a second says where bars are.
        rows = rows.transpose(1, 2)
        before = pad(rows, (5, 0), mode="replicate")[:, :, :-5]
        pitches = self.pitches(torch.cat([rows, rows - before], 1))
        y = y + pitches.repeat_interleave(2, dim=2)
        for block in self.middle:
            y = block(y)
        x = self.last(x + self.up(y))
        return self.leave(x).transpose(1, 2)


def _rises(levels: Tensor) -> Tensor:
    """Give rises over one and three frames and the level against its surroundings."""
    x = levels.transpose(1, 2)
    held = pad(x, (3, 0), mode="replicate")
    rise = relu(x - held[:, :, 2:-1])
    slow = relu(x - held[:, :, :-3])
    around = avg_pool1d(
        pad(x, (_MEAN_FRAMES // 2, _MEAN_FRAMES // 2), mode="replicate"), _MEAN_FRAMES, 1
    )
    return torch.cat([2 * rise, slow, x - around], 1)


class Turn(nn.Module):
    """A convolution over time, then one around the circle of pitch classes, beside an identity."""

    def __init__(self, channels: int, dilation: int) -> None:
        super().__init__()
        self.over_time = nn.Conv2d(
            channels, channels, (3, 1), padding=(dilation, 0), dilation=(dilation, 1)
        )
        self.around = nn.Conv2d(channels, channels, (1, 12))
        self.drop = nn.Dropout2d(0.1)

    def forward(self, x: Tensor) -> Tensor:
        """Compute; the shape stays."""
        y = relu(self.over_time(x))
        return x + self.drop(relu(self.around(close_circle(y))))


def close_circle(x: Tensor) -> Tensor:
    """Put the first eleven pitch classes behind the last."""
    return torch.cat([x, x[..., :11]], -1)


class ChordNetwork(nn.Module):
    """Chord features to chords, bass and tensions.

    Parameters
    ----------
    channels : int
        Of each pitch class.
    """

    def __init__(self, channels: int = 32) -> None:
        super().__init__()
        n_registers = len(_REGISTERS_MIDI)
        self.register_buffer("fold_notes", _fold(N_PITCHES))
        self.register_buffer("fold_spectrum", _fold(N_SEMITONES))
        self.enter = nn.Conv2d(4 * n_registers, channels, (1, 12))
        self.layers = nn.ModuleList(Turn(channels, d) for d in (1, 2, 4, 8, 16, 32))
        self.leave = nn.Conv2d(channels, N_QUALITIES + N_TENSIONS + 1, 1)
        self.nothing = nn.Conv1d(channels, 2, 1)

    def forward(self, rows: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Compute.

        Parameters
        ----------
        rows : shape=(batch, n_rows, 279)
            From `licklab.engine.chords.features`.

        Returns
        -------
        chords : shape=(batch, n_rows, 145)
            Log probabilities.
        bass : shape=(batch, n_rows, 13)
            Log probabilities.
        tensions : shape=(batch, n_rows, 12, 4)
            Log odds.
        """
        notes, onsets, spectrum = torch.split(rows, [N_PITCHES, N_PITCHES, N_SEMITONES], dim=2)
        # Loudness means little, and neither does a dull or bright recording.
        near = avg_pool1d(pad(spectrum, (9, 9), mode="replicate"), 19, 1)
        level = spectrum - spectrum.mean((1, 2), keepdim=True)
        parts = [notes @ self.fold_notes, onsets @ self.fold_notes,
                 (spectrum - near) @ self.fold_spectrum, level @ self.fold_spectrum]  # fmt: skip
        batch, time, _ = rows.shape
        x = torch.cat([one.reshape(batch, time, -1, 12) for one in parts], 2).transpose(1, 2)
        x = relu(self.enter(close_circle(x)))
        for layer in self.layers:
            x = layer(x)
        out = self.leave(x).permute(0, 2, 3, 1)
        nothing = self.nothing(x.mean(3)).transpose(1, 2)
        qualities = out[..., :N_QUALITIES].reshape(batch, time, 12 * N_QUALITIES)
        chords = torch.cat([nothing[..., :1], qualities], 2).log_softmax(2)
        bass = torch.cat([nothing[..., 1:], out[..., -1]], 2).log_softmax(2)
        return chords, bass, out[..., N_QUALITIES : N_QUALITIES + N_TENSIONS]


def _fold(n_semitones: int) -> Tensor:
    """Weights of each semitone in each register and pitch class; registers overlap by half."""
    weights = torch.zeros(n_semitones, len(_REGISTERS_MIDI), 12)
    for k in range(n_semitones):
        pitch = LOWEST_MIDI + k
        for register, centre in enumerate(_REGISTERS_MIDI):
            weights[k, register, pitch % 12] = max(0.0, 1 - abs(pitch - centre) / 12)
    return weights.reshape(n_semitones, -1)
