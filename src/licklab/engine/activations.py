"""Samples to posteriorgrams: what the note network believes about each frame.

Blocks of samples at 22,050 Hz go in, chunks of posteriorgrams for consecutive frames come out. The
network looks at windows of two seconds; the 15 frames at each end of a window see too little and
are replaced by those of its neighbours. Windows step by a whole number of frames, so the chunks
join exactly and nothing depends on how the recording was cut into blocks.

Bittner et al., "A Lightweight Instrument-Agnostic Model for Polyphonic Note Transcription and
Multipitch Estimation", ICASSP 2022.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.engine.grid import HOP_LENGTH, N_PITCHES, count_frames
from licklab.engine.models import InstalledModel
from licklab.engine.onnx_outputs import add_output
from licklab.engine.sessions import open_session
from licklab.errors import ModelError, ShapeError

Samples = npt.NDArray[np.float32]

# Fixed by the network: its input, its frames, and how far its convolutions look in time.
_WINDOW_SAMPLES = 43_844
_WINDOW_FRAMES = 172
_EDGE_FRAMES = 15
_KEPT_FRAMES = _WINDOW_FRAMES - 2 * _EDGE_FRAMES
_STEP_SAMPLES = _KEPT_FRAMES * HOP_LENGTH
_INPUT = "serving_default_input_2:0"
# notes, onsets, contours
_OUTPUTS = ["StatefulPartitionedCall:1", "StatefulPartitionedCall:2", "StatefulPartitionedCall:0"]
# The constant-Q amplitudes that its first layers compute, before they are scaled to the window.
_SPECTRUM = "model_1/cq_t2010v2_1/transpose_70;model_1/cq_t2010v2_1/transpose_70"

N_SPECTRUM_BINS = 309
"""Bins of the constant-Q spectrum, three a semitone; the first is the lowest piano key's."""


def widen_to_windows(first_frame: int, end_frame: int) -> tuple[int, int]:
    """Widen a part of a recording, so that the network sees it as it does in the whole.

    What the network believes depends a little on the whole window around a frame, whose loudness it
    is scaled by, and so on where windows begin and on silence in them.

    Parameters
    ----------
    first_frame, end_frame : int
        First frame that is wanted, and the one behind the last.

    Returns
    -------
    first_frame : int
        Where a window of the whole begins: the one before that of the frame, since in front of the
        first that is heard there is silence. At least a window (1.65 s) before the frame, unless
        that is before the beginning.
    end_frame : int
        Where the last window needs no more sound.
    """
    first_window = max(0, first_frame // _KEPT_FRAMES - 1)
    end_window = -(-end_frame // _KEPT_FRAMES)
    return first_window * _KEPT_FRAMES, end_window * _KEPT_FRAMES + _EDGE_FRAMES


@dataclass(frozen=True, slots=True)
class Posteriors:
    """What the network believes about consecutive frames.

    Attributes
    ----------
    notes : shape=(n_frames, 88), probability
        That a pitch sounds.
    onsets : shape=(n_frames, 88), probability
        That a note of a pitch starts.
    contours : shape=(n_frames, 264), probability
        That a third of a semitone sounds; the middle third of each pitch is in tune.
    spectrum : shape=(n_frames, 309), amplitude
        Constant-Q, three bins a semitone from the lowest piano key's on.
    """

    notes: npt.NDArray[np.float32]
    onsets: npt.NDArray[np.float32]
    contours: npt.NDArray[np.float32]
    spectrum: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class NetworkConfig:
    """How the network is run; the result does not depend on it beyond rounding.

    Attributes
    ----------
    threads : int
        Of the ONNX runtime.
    batch_windows : int
        Windows that are run together. Four windows of a second and a half: more cost memory and
        gain no time on one thread.
    """

    threads: int = 1
    batch_windows: int = 4


class NoteNetwork:
    """The loaded network.

    Parameters
    ----------
    model : InstalledModel
        Its file.
    config : NetworkConfig, optional
        How to run it; the defaults if omitted.

    Raises
    ------
    ModelError
        If the ONNX runtime cannot load the file.
    """

    def __init__(self, model: InstalledModel, config: NetworkConfig | None = None) -> None:
        self._config = config or NetworkConfig()
        network = add_output(model.path.read_bytes(), _SPECTRUM)
        self._session = open_session(network, self._config.threads)

    def listen(self, blocks: Iterable[Samples]) -> Iterator[Posteriors]:
        """Run the network over a recording that arrives in blocks.

        Parameters
        ----------
        blocks : iterable of array, shape=(n_samples,)
            Consecutive mono samples at 22,050 Hz, of any lengths.

        Yields
        ------
        Posteriors
            Of consecutive frames; together ``ceil(n_samples / 256)`` frames.

        Raises
        ------
        ShapeError
            If a block is not mono.
        """
        step = self._config.batch_windows * _STEP_SAMPLES
        # The first window starts early by the frames that are thrown away.
        pending = [np.zeros(_EDGE_FRAMES * HOP_LENGTH, np.float32)]
        n_pending, n_samples, n_given = pending[0].size, 0, 0
        needed = step - _STEP_SAMPLES + _WINDOW_SAMPLES
        for block in blocks:
            if block.ndim != 1:
                raise ShapeError(f"want mono blocks, shape=(n_samples,), got shape={block.shape}")
            pending.append(block)
            n_pending += block.size
            n_samples += block.size
            if n_pending < needed:
                continue
            samples = np.concatenate(pending)
            while samples.size >= needed:
                yield self._run(samples, self._config.batch_windows)
                n_given += self._config.batch_windows * _KEPT_FRAMES
                samples = samples[step:]
            pending, n_pending = [samples.copy()], samples.size
        yield from self._finish(np.concatenate(pending), count_frames(n_samples) - n_given)

    def _finish(self, samples: Samples, n_frames: int) -> Iterator[Posteriors]:
        """Run the windows at the end, filled up with silence."""
        if n_frames <= 0:
            return
        n_windows = -(-n_frames // _KEPT_FRAMES)
        padded = np.zeros((n_windows - 1) * _STEP_SAMPLES + _WINDOW_SAMPLES, np.float32)
        # What is cut off lies behind the last frame that is kept.
        padded[: samples.size] = samples[: padded.size]
        last = self._run(padded, n_windows)
        yield Posteriors(
            last.notes[:n_frames],
            last.onsets[:n_frames],
            last.contours[:n_frames],
            last.spectrum[:n_frames],
        )

    def _run(self, samples: Samples, n_windows: int) -> Posteriors:
        windows = np.lib.stride_tricks.sliding_window_view(samples, _WINDOW_SAMPLES)
        batch = np.ascontiguousarray(windows[::_STEP_SAMPLES][:n_windows, :, np.newaxis])
        results = self._session.run([*_OUTPUTS, _SPECTRUM], {_INPUT: batch})
        notes, onsets, contours, spectrum = (
            one[:, _EDGE_FRAMES:-_EDGE_FRAMES].reshape(n_windows * _KEPT_FRAMES, one.shape[2])
            for one in results
        )
        if notes.shape[1] != N_PITCHES:
            raise ModelError(f"want {N_PITCHES} pitches from the model, got {notes.shape[1]}")
        return Posteriors(notes, onsets, contours, spectrum)
