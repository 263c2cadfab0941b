"""A recording of solo piano to its notes."""

from collections.abc import Callable

from licklab.domain.instrument import Instrument, Texture
from licklab.domain.transcription import ModelInfo
from licklab.engine.audio.reader import AudioReader
from licklab.engine.models import TRANSKUN, find_model
from licklab.engine.piano.layout import SAMPLE_RATE
from licklab.engine.piano.network import PianoNetwork
from licklab.engine.piano.segments import cut_segments
from licklab.engine.piano.stitching import NoteCollector, PianoNote
from licklab.errors import QualityError

_PIANO = "piano"


def require_solo_piano(instrument: Instrument, texture: Texture | None) -> None:
    """Make sure that this engine is meant for what is wanted.

    Parameters
    ----------
    instrument : Instrument
        Which one to follow.
    texture : Texture or None
        Line or polyphonic; None for either.

    Raises
    ------
    QualityError
        If it is not the piano, or only a line of it.
    """
    if instrument.id != _PIANO:
        raise QualityError(
            f"want the instrument piano for the best quality, got {instrument.id}; leave the "
            "quality at light"
        )
    if texture is Texture.LINE:
        raise QualityError(
            "want the mode polyphonic or auto for the best quality, got line; it hears all notes"
        )


class PianoEar:
    """Listens to solo piano, with a network that is loaded once.

    Parameters
    ----------
    threads : int
        Of the network.

    Raises
    ------
    ModelError
        If the model is not installed; the message says how to have it.
    """

    def __init__(self, threads: int = 1) -> None:
        model = find_model(TRANSKUN)
        self._network = PianoNetwork(model, threads)
        self.models: tuple[ModelInfo, ...] = (model.info,)

    def listen(
        self, reader: AudioReader, on_read: Callable[[float], None], speed: float = 1.0
    ) -> list[PianoNote]:
        """Listen to a recording.

        Parameters
        ----------
        reader : AudioReader
            Not read yet.
        on_read : callable
            Called after every segment with the share that has been read, 0 to 1.
        speed : float
            How much slower it is played to the network, and that much deeper.

        Returns
        -------
        list of PianoNote
            Ordered by onset, then pitch, in seconds of the slowed sound.
        """
        collector = NoteCollector()
        for segment in cut_segments(reader.blocks(SAMPLE_RATE * speed)):
            notes = self._network.listen(segment.samples, collector.starts(segment))
            collector.add(segment, notes)
            on_read(reader.share_read)
        return collector.finish()
