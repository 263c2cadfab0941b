"""A recording to its transcription: the only file that joins the stages."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypedDict, Unpack

from licklab.domain.evidence import Evidence
from licklab.domain.instrument import Instrument, Texture
from licklab.domain.note import Note
from licklab.domain.progress import Progress, ProgressCallback, Stage
from licklab.domain.quality import Quality
from licklab.domain.region import Region
from licklab.domain.transcription import EngineInfo, ModelInfo, Source, Transcription
from licklab.engine.activations import widen_to_windows
from licklab.engine.analysis import analyze, find_bass
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
from licklab.engine.notes.evidence import Evidence as NoteEvidence
from licklab.engine.notes.line import LineConfig, decode_line
from licklab.engine.notes.polyphonic import PolyphonicConfig, decode_polyphonic
from licklab.engine.piano.ear import PianoEar, require_solo_piano
from licklab.engine.piano.stitching import PianoNote
from licklab.engine.span import plan_span
from licklab.engine.texture import is_mostly_line, resolve_texture
from licklab.engine.tuning import CONCERT_HZ
from licklab.version import __version__

_NOTHING_HEARD = "No notes were heard: is there sound, and is it the right instrument?"

# Shares of the whole work, measured on a minute of music: the network takes nearly all of it.
_DECODING_SHARE = 0.02
_LISTENING_SHARE = 0.93
_NOTES_SHARE = 0.96
# What is left is for whoever writes the result.
_HEARD_SHARE = 0.98


@dataclass(frozen=True, slots=True)
class ListenerConfig:
    """Settings of all stages.

    Attributes
    ----------
    threads : int
        Of the networks.
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
class Hearing:
    """What came of listening to a recording.

    Attributes
    ----------
    transcription : Transcription
        Notes, rhythm and harmony.
    evidence : Evidence
        What was believed of rhythm and harmony, for a grid or a chart that is mended later.
    """

    transcription: Transcription
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class _Found:
    """Notes in seconds of what was read, and how they were found."""

    notes: tuple[Note, ...]
    tuning_hz: float
    mode: Texture
    models: tuple[ModelInfo, ...]
    reader: AudioReader
    evidence: Evidence
    everybody: NoteEvidence
    speed: float


class ListeningOptions(TypedDict, total=False):
    """What `Listener.hear` may be told; see there."""

    filename: str | None
    texture: Texture | None
    region: Region | None
    quality: Quality
    progress: ProgressCallback | None


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
        self._piano: PianoEar | None = None

    def require(self, quality: Quality, instrument: Instrument, texture: Texture | None) -> None:
        """Make sure that recordings can be heard in a quality, and load what that needs.

        Parameters
        ----------
        quality : Quality
            That is wanted.
        instrument : Instrument
            Which one to follow.
        texture : Texture or None
            As for `transcribe`.

        Raises
        ------
        QualityError
            If the best quality is wanted of anything but solo piano.
        ModelError
            If its model is not installed; the message says how to have it.
        """
        if quality is Quality.LIGHT:
            return
        require_solo_piano(instrument, texture)
        self._piano = self._piano or PianoEar(self._config.threads)

    def hear(
        self,
        path: Path,
        instrument: Instrument,
        *,
        filename: str | None = None,
        texture: Texture | None = None,
        region: Region | None = None,
        quality: Quality = Quality.LIGHT,
        progress: ProgressCallback | None = None,
    ) -> Hearing:
        """Hear the notes of one instrument in a recording, and the band's rhythm and harmony.

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
        quality : Quality, optional
            Best hears solo piano with a larger network, all its notes; it needs a package of its
            own and six times the work.
        progress : callable, optional
            Called after every chunk; what it raises ends the work and comes through.

        Returns
        -------
        Hearing
            With times in seconds of the recording.

        Raises
        ------
        AudioError
            If the recording cannot be used.
        RegionError
            If the region reaches beyond its end.
        QualityError
            If the best quality is wanted of anything but solo piano.
        ModelError
            If the model for it is not installed.
        """
        self.require(quality, instrument, texture)
        report = progress or (lambda _: None)
        report(Progress(Stage.DECODING, 0.0))
        info = probe_audio(path)
        span = plan_span(region or Region(), info.sample_rate, info.n_samples, widen_to_windows)
        sha256 = hash_file(path)

        def open_reader() -> AudioReader:
            return AudioReader(path, info, span.start_sample, span.end_sample)

        def on_read(share: float) -> None:
            report(Progress(Stage.LISTENING, _DECODING_SHARE + _LISTENING_SHARE * share))

        def on_heard(reader: AudioReader) -> None:
            span.require_sound(reader.read_to_sec)
            report(Progress(Stage.NOTES, _DECODING_SHARE + _LISTENING_SHARE))

        if quality is Quality.BEST:
            found = self._hear_piano(open_reader, instrument, on_read, on_heard)
        else:
            found = self._hear(open_reader, instrument, texture, on_read, on_heard)
        notes, reader = span.place_notes(found.notes), found.reader
        report(Progress(Stage.NOTES, _NOTES_SHARE))
        evidence = span.place_evidence(found.evidence)
        bass = find_bass(found.everybody, found.speed, span.origin_sec)
        analysis = span.cut_analysis(analyze(evidence, notes, bass))
        report(Progress(Stage.RHYTHM, _HEARD_SHARE))
        transcription = Transcription(
            source=Source(
                filename=filename or path.name,
                duration_sec=reader.duration_sec,
                sha256=sha256,
                sample_rate=info.sample_rate,
                channels=info.channels,
                priming_sec=info.priming_sec,
            ),
            instrument=instrument.id,
            tuning_hz=found.tuning_hz,
            notes=notes,
            engine=EngineInfo(version=__version__, models=found.models),
            warnings=reader.warnings + (() if notes else (_NOTHING_HEARD,)),
            mode=found.mode,
            region=None
            if region is None or region.is_whole
            else Region(span.kept_from_sec, min(span.kept_to_sec, reader.duration_sec)),
            analysis=analysis,
        )
        return Hearing(transcription, evidence)

    def transcribe(
        self, path: Path, instrument: Instrument, **options: Unpack[ListeningOptions]
    ) -> Transcription:
        """Hear a recording as `hear` does, and give the transcription alone.

        Parameters
        ----------
        path : Path
            The recording.
        instrument : Instrument
            Which one to follow.
        **options
            As for `hear`.

        Returns
        -------
        Transcription
            With times in seconds of the recording.
        """
        return self.hear(path, instrument, **options).transcription

    def _hear(
        self,
        open_reader: Callable[[], AudioReader],
        instrument: Instrument,
        texture: Texture | None,
        on_read: Callable[[float], None],
        on_heard: Callable[[AudioReader], None],
    ) -> _Found:
        reader = open_reader()
        heard = self._ear.listen(reader, instrument, on_read)
        tuning, speed = heard.tuning, 1.0
        if tuning.is_between_keys:
            speed = tuning.hz / CONCERT_HZ
            reader = open_reader()
            heard = self._ear.listen(reader, instrument, lambda _: on_read(1.0), speed)
        on_heard(reader)
        decoded = decode_line(heard.line, instrument, self._config.line)
        line = kept = weigh_notes(decoded, heard.line, self._config.line_confidence)
        chosen = resolve_texture(texture, instrument, line, heard.everybody)
        if chosen is Texture.POLYPHONIC:
            everything = decode_polyphonic(heard.everybody, instrument, self._config.polyphonic)
            kept = choose_among_chords(
                weigh_notes(everything, heard.everybody, self._config.polyphonic_confidence),
                line,
                mostly_line=is_mostly_line(line, heard.everybody, instrument),
            )
        velocities = estimate_velocities([one.note for one in kept], heard.bands)
        notes = _make_notes(kept, velocities, heard, speed, reader.read_sec)
        evidence = Evidence(heard.rhythm, heard.chords)
        return _Found(
            notes, tuning.hz, chosen, self.models, reader, evidence, heard.everybody, speed
        )

    def _hear_piano(
        self,
        open_reader: Callable[[], AudioReader],
        instrument: Instrument,
        on_read: Callable[[float], None],
        on_heard: Callable[[AudioReader], None],
    ) -> _Found:
        assert self._piano is not None  # by `require`
        # The light networks first: they tell the tuning, rhythm and harmony.
        band = self._ear.listen(open_reader(), instrument, lambda _: on_read(0.0))
        tuning = band.tuning
        speed = tuning.hz / CONCERT_HZ if tuning.is_between_keys else 1.0
        reader = open_reader()
        heard = self._piano.listen(reader, on_read, speed)
        on_heard(reader)
        notes = _place_piano_notes(heard, speed, reader.read_sec)
        models = self._piano.models + self.models
        evidence = Evidence(band.rhythm, band.chords)
        return _Found(
            notes, tuning.hz, Texture.POLYPHONIC, models, reader, evidence, band.everybody, 1.0
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


def _place_piano_notes(
    heard: list[PianoNote], speed: float, duration_sec: float
) -> tuple[Note, ...]:
    """Put notes into seconds of what was read."""
    notes = []
    for one in heard:
        onset_sec, offset_sec = one.onset_sec / speed, min(one.offset_sec / speed, duration_sec)
        if offset_sec > onset_sec:
            notes.append(Note(onset_sec, offset_sec, one.pitch_midi, one.velocity, one.confidence))
    return tuple(notes)
