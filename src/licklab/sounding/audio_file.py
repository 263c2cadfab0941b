"""Sound as a file."""

import io

from licklab.engine.audio.clip import MEDIA_TYPES, Clip, write_clip
from licklab.errors import ClipError
from licklab.sounding.sampler import Samples
from licklab.sounding.voice import SAMPLE_RATE


def write_audio(samples: Samples, kind: str) -> bytes:
    """Write sound as a file.

    Parameters
    ----------
    samples : shape=(n_samples, n_channels)
        At `licklab.sounding.voice.SAMPLE_RATE`.
    kind : str
        ``wav``, ``mp3`` or ``flac``.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    ClipError
        If there is no such kind.
    """
    if kind not in MEDIA_TYPES:
        raise ClipError(f"want one of {', '.join(MEDIA_TYPES)}, got {kind[:20]!r}")
    file = io.BytesIO()
    write_clip(Clip(samples, SAMPLE_RATE), file, kind, 1)
    return file.getvalue()
