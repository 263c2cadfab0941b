"""Sound to evidence: everything that is taken from a recording before anything is decided."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy.typing as npt
from numpy import float32

from licklab.domain.evidence import ChordEvidence, RhythmEvidence
from licklab.domain.instrument import UNNAMED, Instrument
from licklab.domain.transcription import ModelInfo
from licklab.engine.activations import NetworkConfig, NoteNetwork
from licklab.engine.audio.reader import AudioReader
from licklab.engine.band import BandListener, BandNetworks
from licklab.engine.grid import SAMPLE_RATE
from licklab.engine.lead.features import Features, ShortSpectrum, make_features
from licklab.engine.lead.network import LeadNetwork
from licklab.engine.models import BASIC_PITCH, LEAD, find_model
from licklab.engine.notes.evidence import Evidence
from licklab.engine.notes.maps import OddsMap
from licklab.engine.peaks import PeakPicker, Peaks
from licklab.engine.spectrum import Bands, BandSpectrogram
from licklab.engine.tuning import Tuning, TuningEstimator

_MAPS = ("sounds", "starts", "ends", "any_sounds", "any_starts")


@dataclass(frozen=True, slots=True)
class Heard:
    """What was taken from the sound.

    Attributes
    ----------
    line, everybody : Evidence
        Of the soloist's notes and of all notes.
    bands : shape=(n_frames, n_bands), amplitude
        The coarse spectrogram.
    peaks : Peaks
        The strongest peaks of each frame's spectrum.
    tuning : Tuning
        Of what was listened to.
    rhythm : RhythmEvidence
        Of the pulse, in seconds of what was read.
    chords : ChordEvidence
        Of the harmony, likewise.
    """

    line: Evidence
    everybody: Evidence
    bands: Bands
    peaks: Peaks
    tuning: Tuning
    rhythm: RhythmEvidence
    chords: ChordEvidence


class Ear:
    """Listens to recordings, with networks that are loaded once.

    Parameters
    ----------
    threads : int
        Of the networks.

    Raises
    ------
    ModelError
        If a model is missing.
    """

    def __init__(self, threads: int = 1) -> None:
        notes, lead = find_model(BASIC_PITCH), find_model(LEAD)
        self._notes = NoteNetwork(notes, NetworkConfig(threads=threads))
        self._lead = LeadNetwork(lead, threads)
        self._band = BandNetworks(threads)
        self.models: tuple[ModelInfo, ...] = (notes.info, lead.info, *self._band.models)

    def listen(
        self,
        reader: AudioReader,
        instrument: Instrument,
        on_read: Callable[[float], None],
        speed: float = 1.0,
    ) -> Heard:
        """Listen to a recording.

        Parameters
        ----------
        reader : AudioReader
            Not read yet.
        instrument : Instrument
            Whose range is looked at most; the unnamed one has none.
        on_read : callable
            Called after every chunk with the share that has been read, 0 to 1.
        speed : float
            How much slower it is played to the networks, and that much deeper: 1.01 puts a
            recording right that is 17 cents sharp. Frames then are so much closer in its time.

        Returns
        -------
        Heard
            On the grid of the slowed sound.
        """
        spectrogram, tuning, short = BandSpectrogram(), TuningEstimator(), ShortSpectrum()
        peaks, band = PeakPicker(), BandListener(self._band)
        maps = {name: OddsMap() for name in _MAPS}

        def blocks() -> Iterator[npt.NDArray[float32]]:
            for block in reader.blocks(SAMPLE_RATE * speed):
                spectrogram.add(block)
                tuning.add(block)
                short.add(block)
                peaks.add(block)
                yield block

        def features() -> Iterator[Features]:
            for posteriors in self._notes.listen(blocks()):
                rows = short.take(len(posteriors.notes))
                band.add(posteriors, rows)
                yield make_features(posteriors, rows)
                on_read(reader.share_read)

        known = None if instrument.id == UNNAMED else instrument
        for chunk in self._lead.listen(features(), known):
            for name in _MAPS:
                maps[name].add(getattr(chunk, name))
        return Heard(
            Evidence(maps["sounds"], maps["starts"], maps["ends"]),
            Evidence(maps["any_sounds"], maps["any_starts"]),
            spectrogram.finish(),
            peaks.finish(),
            tuning.tuning(),
            *band.finish(speed),
        )
