"""A recording to its transcription: the only file that joins the stages."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from licklab.domain.instrument import Instrument, Texture
from licklab.domain.note import Note
from licklab.domain.progress import Progress, ProgressCallback, Stage
from licklab.domain.region import Region
from licklab.domain.transcription import EngineInfo, Source, Transcription
from licklab.engine.activations import widen_to_windows
from licklab.engine.audio.digest import hash_file
from licklab.engine.audio.probe import probe_audio
from licklab.engine.audio.reader import AudioReader
from licklab.engine.dynamics import estimate_velocities
from licklab.engine.expression import describe_expression
from licklab.engine.hearing import Ear, Heard
from licklab.engine.notes.candidates import Candidate, choose_among_chords, weigh_notes
from licklab.engine.notes.confidence import (
    LINE_CONFIDENCE,
    POLYPHONIC_CONFIDENCE,
    ConfidenceConfig,
)
from licklab.engine.notes.line import LineConfig, decode_line
from licklab.engine.notes.polyphonic import PolyphonicConfig, decode_polyphonic
from licklab.engine.span import plan_span
from licklab.engine.texture import is_mostly_line, resolve_texture
from licklab.engine.tuning import CONCERT_HZ
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
        self._ear = Ear(self._config.threads)
        self.models = self._ear.models

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
        sha256 = hash_file(path)
        reader = AudioReader(path, info, span.start_sample, span.end_sample)

        def on_read(share: float) -> None:
            report(Progress(Stage.LISTENING, _DECODING_SHARE + _LISTENING_SHARE * share))

        heard = self._ear.listen(reader, instrument, on_read)
        span.require_sound(reader.read_to_sec)
        tuning, speed = heard.tuning, 1.0
        if tuning.is_between_keys:
            speed = tuning.hz / CONCERT_HZ
            reader = AudioReader(path, info, span.start_sample, span.end_sample)
            heard = self._ear.listen(reader, instrument, lambda _: on_read(1.0), speed)
        report(Progress(Stage.NOTES, _DECODING_SHARE + _LISTENING_SHARE))
        line = decode_line(heard.line, instrument, self._config.line)
        chosen = resolve_texture(texture, instrument, line, heard.everybody)
        kept = weigh_notes(line, heard.line, self._config.line_confidence)
        if chosen is Texture.POLYPHONIC:
            everything = decode_polyphonic(heard.everybody, instrument, self._config.polyphonic)
            kept = choose_among_chords(
                weigh_notes(everything, heard.everybody, self._config.polyphonic_confidence),
                kept,
                mostly_line=is_mostly_line(line, heard.everybody, instrument),
            )
        velocities = estimate_velocities([one.note for one in kept], heard.bands)
        notes = span.place_notes(_make_notes(kept, velocities, heard, speed, reader.read_sec))
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
            tuning_hz=tuning.hz,
            notes=notes,
            engine=EngineInfo(version=__version__, models=self.models),
            warnings=reader.warnings + (() if notes else (_NOTHING_HEARD,)),
            mode=chosen,
            region=None
            if region is None or region.is_whole
            else Region(span.kept_from_sec, min(span.kept_to_sec, reader.duration_sec)),
        )


def _make_notes(
    candidates: list[Candidate],
    velocities: list[int],
    heard: Heard,
    speed: float,
    duration_sec: float,
) -> tuple[Note, ...]:
    """Give notes their expression and their place in seconds of what was read."""
    notes = []
    for one, velocity in zip(candidates, velocities, strict=True):
        # The first frame may begin a little before the first sample, the last end behind the last.
        onset_sec = max(0.0, one.times.onset_sec)
        offset_sec = min(one.times.offset_sec, duration_sec * speed)
        if offset_sec > onset_sec:
            pitch = one.note.pitch_midi
            notes.append(Note(onset_sec, offset_sec, pitch, velocity, one.confidence))
    # The peaks are those of the slowed sound: times are put right last.
    described = describe_expression(notes, heard.peaks, heard.tuning.hz)
    placed = [
        replace(
            note,
            onset_sec=note.onset_sec / speed,
            offset_sec=note.offset_sec / speed,
            expression=expression,
        )
        for note, expression in zip(notes, described, strict=True)
    ]
    return tuple(sorted(placed, key=lambda note: (note.onset_sec, note.pitch_midi)))
