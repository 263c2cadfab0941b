"""The lead network: which of the pitches that sound is the soloist's.

A small residual network over time and pitch, shared by all pitches. Onsets need every frame, the
timbre of a soloist does not: the wide middle of the network runs on every second frame. Beside it a
path sees a whole frame and some ten seconds around it, so that a line and its register can be
followed. Written for one core without a GPU: about 40,000 multiplications a pitch and frame.
"""

import torch
from torch import Tensor, nn
from torch.nn.functional import interpolate, pad, relu

N_PITCHES = 88
N_SPECTRUM_BINS = 309
N_SHORT_BANDS = 105
# Thirds of a semitone from the fundamental to half of it, itself and its harmonics to the seventh.
_HARMONIC_BINS = (-36, 0, 36, 57, 72, 84, 93, 101)
# Semitones to the harmonics 1 to 4 and 6.
_HARMONIC_BANDS = (0, 12, 19, 24, 31)
_N_INPUTS = 2 + 3 + 3 * len(_HARMONIC_BINS) + len(_HARMONIC_BANDS) + 1

LEAD_SOUNDS, LEAD_STARTS, LEAD_ENDS, ANY_SOUNDS, ANY_STARTS, LEAD_VELOCITY = range(6)
"""Maps that come out, as log odds; the velocity in 1/127."""

N_MAPS = 6


class Block(nn.Module):
    """A convolution over time and pitch beside an identity."""

    def __init__(self, channels: int, kernel: tuple[int, int], dilation: tuple[int, int]) -> None:
        super().__init__()
        reach = (kernel[0] // 2 * dilation[0], kernel[1] // 2 * dilation[1])
        self.convolve = nn.Conv2d(channels, channels, kernel, padding=reach, dilation=dilation)
        with torch.no_grad():
            self.convolve.weight *= 0.7

    def forward(self, x: Tensor) -> Tensor:
        """Compute; the shape stays."""
        return x + relu(self.convolve(x))


class Context(nn.Module):
    """What a whole frame and its surroundings say, for every pitch alike and for each."""

    def __init__(self, channels: int, width: int = 64, squeezed: int = 4) -> None:
        super().__init__()
        self.squeezed = squeezed
        self.squeeze = nn.Conv2d(channels, squeezed, 1)
        self.enter = nn.Conv1d(squeezed * N_PITCHES + 2 * channels, width, 1)
        self.layers = nn.ModuleList(
            nn.Conv1d(width, width, 3, padding=d, dilation=d) for d in (1, 2, 4, 8, 16, 32)
        )
        self.to_all = nn.Conv1d(2 * width, channels, 1)
        self.to_each = nn.Conv1d(2 * width, 2 * N_PITCHES, 1)
        self.spread = nn.Conv2d(2, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Give what to add to x; shape=(batch, channels, time, pitch)."""
        batch, _, time, _ = x.shape
        flat = (
            relu(self.squeeze(x))
            .permute(0, 1, 3, 2)
            .reshape(batch, self.squeezed * N_PITCHES, time)
        )
        y = relu(self.enter(torch.cat([flat, x.mean(3), x.amax(3)], 1)))
        for layer in self.layers:
            y = y + relu(layer(y))
        y = torch.cat([y, y.mean(2, keepdim=True).expand(-1, -1, time)], 1)
        each = self.to_each(y).reshape(batch, 2, N_PITCHES, time).permute(0, 1, 3, 2)
        return self.to_all(y).unsqueeze(3) + self.spread(each)


class LeadNetwork(nn.Module):
    """Features of consecutive frames to maps of the lead.

    Parameters
    ----------
    narrow, wide : int
        Channels at every frame and in the middle.
    """

    def __init__(self, narrow: int = 16, wide: int = 32) -> None:
        super().__init__()
        self.enter = nn.Conv2d(_N_INPUTS, narrow, 3, padding=1)
        self.first = Block(narrow, (5, 3), (1, 1))
        self.down = nn.Conv2d(narrow, wide, (3, 1), stride=(2, 1), padding=(1, 0))
        self.early = nn.ModuleList([Block(wide, (3, 3), (1, 1)), Block(wide, (3, 3), (2, 12))])
        self.context = Context(wide)
        self.late = nn.ModuleList(
            [Block(wide, (3, 3), (4, 7)), Block(wide, (3, 3), (8, 12)), Block(wide, (3, 3), (1, 5))]
        )
        self.up = nn.Conv2d(wide, narrow, 1)
        self.last = nn.ModuleList([Block(narrow, (5, 3), (1, 1)), Block(narrow, (5, 3), (1, 1))])
        self.leave = nn.Conv2d(narrow, N_MAPS, (3, 1), padding=(1, 0))
        with torch.no_grad():
            self.leave.bias[:] = torch.tensor([-3.0, -4.0, -4.0, -2.5, -4.0, 0.6])

    def forward(self, features: Tensor, in_range: Tensor) -> Tensor:
        """Compute the maps.

        Parameters
        ----------
        features : shape=(batch, n_frames, 854), n_frames even
            From `licklab.engine.lead.features`.
        in_range : shape=(batch, 88)
            1 for the pitches of the instrument that is followed; all 1 when it is not known.

        Returns
        -------
        shape=(batch, 6, n_frames, 88)
            Log odds; of the velocity the value itself.
        """
        x = stack_inputs(features, in_range)
        x = self.first(relu(self.enter(x)))
        y = relu(self.down(x))
        for block in self.early:
            y = block(y)
        y = y + self.context(y)
        for block in self.late:
            y = block(y)
        x = x + interpolate(self.up(y), scale_factor=(2.0, 1.0))
        for block in self.last:
            x = block(x)
        return self.leave(x)


def stack_inputs(features: Tensor, in_range: Tensor) -> Tensor:
    """Put what belongs to each pitch over it; shape=(batch, channels, n_frames, 88)."""
    batch, time, _ = features.shape
    sizes = [N_PITCHES, N_PITCHES, 3 * N_PITCHES, N_SPECTRUM_BINS, N_SHORT_BANDS]
    notes, onsets, contours, spectrum, short = torch.split(features, sizes, dim=2)
    # Loudness means little: the level is taken against the mean of the window.
    spectrum = spectrum - spectrum.mean((1, 2), keepdim=True)
    short = short - short.mean((1, 2), keepdim=True)
    below, above = -_HARMONIC_BINS[0], 3 * N_PITCHES + _HARMONIC_BINS[-1] - N_SPECTRUM_BINS
    spectrum = pad(spectrum, (below, above))
    short = pad(short, (0, N_PITCHES + _HARMONIC_BANDS[-1] - N_SHORT_BANDS))
    parts = [notes.unsqueeze(1), onsets.unsqueeze(1)]
    parts.append(contours.reshape(batch, time, N_PITCHES, 3).permute(0, 3, 1, 2))
    for shift in _HARMONIC_BINS:
        piece = spectrum[:, :, below + shift : below + shift + 3 * N_PITCHES]
        parts.append(piece.reshape(batch, time, N_PITCHES, 3).permute(0, 3, 1, 2))
    parts += [short[:, :, shift : shift + N_PITCHES].unsqueeze(1) for shift in _HARMONIC_BANDS]
    parts.append(in_range[:, None, None, :].expand(batch, 1, time, N_PITCHES))
    return torch.cat(parts, 1).contiguous(memory_format=torch.channels_last)
