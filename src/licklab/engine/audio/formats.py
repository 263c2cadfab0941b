"""The audio formats that are read."""

from enum import StrEnum


class AudioFormat(StrEnum):
    """A format, told by what is inside a file and never by its name."""

    MP3 = "mp3"
    WAV = "wav"
    FLAC = "flac"
    OGG = "ogg"  # Vorbis in Ogg
    OPUS = "opus"  # Opus in Ogg
    M4A = "m4a"  # AAC in MP4
    AAC = "aac"  # AAC with ADTS headers
    AIFF = "aiff"

    @property
    def suffix(self) -> str:
        """File name suffix, with its dot."""
        return f".{self.value}"

    @property
    def media_type(self) -> str:
        """Media type for HTTP."""
        return _MEDIA_TYPES[self]


# As the IANA registry has them, or as browsers know them where it has none.
_MEDIA_TYPES = {
    AudioFormat.MP3: "audio/mpeg",
    AudioFormat.WAV: "audio/wav",
    AudioFormat.FLAC: "audio/flac",
    AudioFormat.OGG: "audio/ogg",
    AudioFormat.OPUS: "audio/ogg",
    AudioFormat.M4A: "audio/mp4",
    AudioFormat.AAC: "audio/aac",
    AudioFormat.AIFF: "audio/aiff",
}

WANTED = "want MP3, WAV, FLAC, Ogg/Opus, M4A/AAC or AIFF"
"""How messages about formats begin."""
