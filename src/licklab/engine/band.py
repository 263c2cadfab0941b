"""What is heard of the band: where the pulse falls and how the harmony moves."""

import numpy as np
import numpy.typing as npt

from licklab.domain.evidence import ChordEvidence, RhythmEvidence
from licklab.domain.transcription import ModelInfo
from licklab.engine.activations import Posteriors
from licklab.engine.beats.network import BeatListener, BeatNetwork
from licklab.engine.chords.features import N_FEATURES, POOLED_FRAMES, ChordFeatures
from licklab.engine.chords.network import ChordListener, ChordNetwork
from licklab.engine.lead.features import N_SHORT_BANDS, level_of
from licklab.engine.models import BEATS, CHORDS, find_model


class BandNetworks:
    """The two networks, loaded.

    Parameters
    ----------
    threads : int
        Of the ONNX runtime.

    Raises
    ------
    ModelError
        If a model is missing.
    """

    def __init__(self, threads: int = 1) -> None:
        beats, chords = find_model(BEATS), find_model(CHORDS)
        self.beats = BeatNetwork(beats, threads)
        self.chords = ChordNetwork(chords, threads)
        self.models: tuple[ModelInfo, ...] = (beats.info, chords.info)


class BandListener:
    """Both networks over one recording that arrives in chunks.

    Parameters
    ----------
    networks : BandNetworks
        That are run.
    """

    def __init__(self, networks: BandNetworks) -> None:
        self._features = ChordFeatures()
        self._levels = np.zeros((0, N_SHORT_BANDS), np.float16)
        self._beats = BeatListener(networks.beats, N_SHORT_BANDS, N_FEATURES)
        self._chords = ChordListener(networks.chords)

    def add(self, posteriors: Posteriors, short: npt.NDArray[np.float32]) -> None:
        """Take the next frames.

        Parameters
        ----------
        posteriors : Posteriors
            Of consecutive frames.
        short : shape=(n_frames, 105), amplitude
            The short spectrum of the same frames.
        """
        self._features.add(posteriors)
        levels = level_of(short).astype(np.float16)
        self._levels = np.concatenate([self._levels, levels])
        self._listen(self._features.take())

    def finish(self, speed: float = 1.0) -> tuple[RhythmEvidence, ChordEvidence]:
        """Give what both say of the whole.

        Parameters
        ----------
        speed : float
            How much slower the recording was played to them.

        Returns
        -------
        rhythm : RhythmEvidence
            In seconds of what was read.
        chords : ChordEvidence
            Likewise.
        """
        rows = self._features.finish()
        missing = POOLED_FRAMES * len(rows) - len(self._levels)
        self._levels = np.pad(self._levels, ((0, max(0, missing)), (0, 0)), mode="edge")
        self._listen(rows)
        return self._beats.finish(speed), self._chords.finish(speed)

    def _listen(self, rows: npt.NDArray[np.float16]) -> None:
        if not len(rows):
            return
        n_frames = POOLED_FRAMES * len(rows)
        levels, self._levels = self._levels[:n_frames], self._levels[n_frames:]
        self._beats.add(levels, rows)
        self._chords.add(rows)
