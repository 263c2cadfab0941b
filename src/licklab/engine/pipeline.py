"""A recording to its transcription: the only file that joins the stages."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from licklab.domain.instrument import UNNAMED, Instrument, Texture
from licklab.domain.note import Note
from licklab.domain.progress import Progress, ProgressCallback, Stage
from licklab.domain.region import Region
from licklab.domain.transcription import EngineInfo, ModelInfo, Source, Transcription
from licklab.engine.activations import NetworkConfig, NoteNetwork, widen_to_windows
from licklab.engine.audio.digest import hash_file
from licklab.engine.audio.probe import probe_audio
from licklab.engine.audio.reader import AudioReader
from licklab.engine.dynamics import estimate_velocities
from licklab.engine.grid import SAMPLE_RATE
from licklab.engine.lead.features import Features, ShortSpectrum, make_features
from licklab.engine.lead.network import LeadNetwork
from licklab.engine.models import BASIC_PITCH, LEAD, find_model
from licklab.engine.notes.confidence import (
    LINE_CONFIDENCE,
    POLYPHONIC_CONFIDENCE,
    ConfidenceConfig,
    estimate_confidences,
)
from licklab.engine.notes.evidence import DecodedNote, Evidence
from licklab.engine.notes.line import LineConfig, decode_line
from licklab.engine.notes.maps import OddsMap
from licklab.engine.notes.polyphonic import PolyphonicConfig, decode_polyphonic
from licklab.engine.notes.timing import refine_times
from licklab.engine.span import plan_span
from licklab.engine.spectrum import Bands, BandSpectrogram
from licklab.engine.texture import resolve_texture
from licklab.engine.tuning import TuningEstimator
from licklab.version import __version__

_NOTHING_HEARD = "No notes were heard: is there sound, and is it the right instrument?"

# Shares of the whole work, measured on a minute of music: the network takes nearly all of it.
_DECODING_SHARE = 0.02
_LISTENING_SHARE = 0.93
# What is left is for whoever writes the result.
_HEARD_SHARE = 0.98


@dataclass(frozen=True, slots=True)
class ListenerConfig:
    """Settings of all stages.

    Attributes
    ----------
    threads : int
        Of the note network.
    line : LineConfig
        Of the decoder for single lines.
    polyphonic : PolyphonicConfig
        Of the decoder for chords.
    line_confidence, polyphonic_confidence : ConfidenceConfig
        How sure it is of what either of them finds.
    """

    threads: int = 1
    line: LineConfig = field(default_factory=LineConfig)
    polyphonic: PolyphonicConfig = field(default_factory=PolyphonicConfig)
    line_confidence: ConfidenceConfig = LINE_CONFIDENCE
    polyphonic_confidence: ConfidenceConfig = POLYPHONIC_CONFIDENCE


@dataclass(frozen=True, slots=True)
class _Heard:
    """What was taken from the sound, before anything is decided."""

    line: Evidence
    everybody: Evidence
    bands: Bands
    tuning_hz: float


class Listener:
    """Transcribes recordings, with models that are loaded once.

    Parameters
    ----------
    config : ListenerConfig, optional
        The defaults if omitted.

    Raises
    ------
    ModelError
        If a model is missing.
    """

    def __init__(self, config: ListenerConfig | None = None) -> None:
        self._config = config or ListenerConfig()
        model = find_model(BASIC_PITCH)
        self._network = NoteNetwork(model, NetworkConfig(threads=self._config.threads))
        lead = find_model(LEAD)
        self._lead = LeadNetwork(lead, self._config.threads)
        self.models: tuple[ModelInfo, ...] = (model.info, lead.info)

    def transcribe(
        self,
        path: Path,
        instrument: Instrument,
        *,
        filename: str | None = None,
        texture: Texture | None = None,
        region: Region | None = None,
        progress: ProgressCallback | None = None,
    ) -> Transcription:
        """Hear the notes of one instrument in a recording.

        Parameters
        ----------
        path : Path
            The recording.
        instrument : Instrument
            Which one to follow.
        filename : str, optional
            Name to show; that of the path if omitted.
        texture : Texture, optional
            Line or polyphonic; chosen by `resolve_texture` if omitted.
        region : Region, optional
            The part to hear; the whole if omitted. Only it and one to three seconds on either side
            go through the network.
        progress : callable, optional
            Called after every chunk; what it raises ends the work and comes through.

        Returns
        -------
        Transcription
            With times in seconds of the recording.

        Raises
        ------
        AudioError
            If the recording cannot be used.
        RegionError
            If the region reaches beyond its end.
        """
        report = progress or (lambda _: None)
        report(Progress(Stage.DECODING, 0.0))
        info = probe_audio(path)
        span = plan_span(region or Region(), info.sample_rate, info.n_samples, widen_to_windows)
        reader = AudioReader(path, info, span.start_sample, span.end_sample)
        sha256 = hash_file(path)
        heard = self._listen(reader, instrument, report)
        span.require_sound(reader.read_to_sec)
        report(Progress(Stage.NOTES, _DECODING_SHARE + _LISTENING_SHARE))
        line = decode_line(heard.line, instrument, self._config.line)
        chosen = resolve_texture(texture, instrument, line, heard.everybody)
        notes = span.place_notes(
            self._to_notes(line, heard.line, self._config.line_confidence, heard, reader.read_sec)
            if chosen is Texture.LINE
            else self._hear_chords(heard, instrument, reader.read_sec)
        )
        report(Progress(Stage.NOTES, _HEARD_SHARE))
        return Transcription(
            source=Source(
                filename=filename or path.name,
                duration_sec=reader.duration_sec,
                sha256=sha256,
                sample_rate=info.sample_rate,
                channels=info.channels,
                priming_sec=info.priming_sec,
            ),
            instrument=instrument.id,
            tuning_hz=heard.tuning_hz,
            notes=notes,
            engine=EngineInfo(version=__version__, models=self.models),
            warnings=reader.warnings + (() if notes else (_NOTHING_HEARD,)),
            mode=chosen,
            region=None
            if region is None or region.is_whole
            else Region(span.kept_from_sec, min(span.kept_to_sec, reader.duration_sec)),
        )

    def _listen(
        self, reader: AudioReader, instrument: Instrument, report: ProgressCallback
    ) -> _Heard:
        spectrogram, tuning, short = BandSpectrogram(), TuningEstimator(), ShortSpectrum()
        names = ("sounds", "starts", "ends", "any_sounds", "any_starts")
        maps = {name: OddsMap() for name in names}

        def blocks() -> Iterator[npt.NDArray[np.float32]]:
            for block in reader.blocks(SAMPLE_RATE):
                spectrogram.add(block)
                tuning.add(block)
                short.add(block)
                yield block

        def features() -> Iterator[Features]:
            for posteriors in self._network.listen(blocks()):
                yield make_features(posteriors, short.take(len(posteriors.notes)))
                share = _LISTENING_SHARE * reader.share_read
                report(Progress(Stage.LISTENING, _DECODING_SHARE + share))

        known = None if instrument.id == UNNAMED else instrument
        for chunk in self._lead.listen(features(), known):
            for name in names:
                maps[name].add(getattr(chunk, name))
        return _Heard(
            Evidence(maps["sounds"], maps["starts"], maps["ends"]),
            Evidence(maps["any_sounds"], maps["any_starts"]),
            spectrogram.finish(),
            tuning.tuning_hz(),
        )

    def _hear_chords(
        self, heard: _Heard, instrument: Instrument, duration_sec: float
    ) -> tuple[Note, ...]:
        decoded = decode_polyphonic(heard.everybody, instrument, self._config.polyphonic)
        sure = self._config.polyphonic_confidence
        return self._to_notes(decoded, heard.everybody, sure, heard, duration_sec)

    def _to_notes(
        self,
        decoded: list[DecodedNote],
        evidence: Evidence,
        sure: ConfidenceConfig,
        heard: _Heard,
        duration_sec: float,
    ) -> tuple[Note, ...]:
        velocities = estimate_velocities(decoded, heard.bands)
        confidences = estimate_confidences(decoded, evidence, sure)
        times = refine_times(decoded, evidence.starts)
        notes = []
        for one, when, velocity, confidence in zip(
            decoded, times, velocities, confidences, strict=True
        ):
            # The last frame may reach a little beyond the last sample.
            onset_sec, offset_sec = max(0.0, when.onset_sec), min(when.offset_sec, duration_sec)
            if offset_sec > onset_sec:
                notes.append(Note(onset_sec, offset_sec, one.pitch_midi, velocity, confidence))
        return tuple(sorted(notes, key=lambda note: (note.onset_sec, note.pitch_midi)))
