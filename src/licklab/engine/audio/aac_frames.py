"""AAC as frames: raw frames out of ADTS streams, and ADTS headers around raw frames.

ISO/IEC 14496-3, 1.A.2 (ADTS) and 1.6.2 (AudioSpecificConfig).
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from licklab.errors import DamagedAudioError, UnsupportedAudioError

FRAME_SAMPLES = 1024
"""Samples per channel in a frame of AAC-LC."""

UNTOLD_PRIMING_SAMPLES = 1024
"""An AAC encoder's usual padding, where the file does not tell it; FFmpeg's and most others'."""

_RATES_HZ = (96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000,
             11_025, 8_000, 7_350)  # fmt: skip
# Channels by channel configuration; 0 describes itself in a way that is not read here.
_CHANNELS = (None, 1, 2, 3, 4, 5, 6, 8)
_LOW_COMPLEXITY = 2
# Low-complexity frames with extra bands (HE-AAC) or stereo (HE-AAC v2) on top.
_EXTENDED = (5, 29)
_HEADER_BYTES = 7


@dataclass(frozen=True, slots=True)
class AacConfig:
    """What a decoder has to know.

    Attributes
    ----------
    rate_index : int
        Of the sample rate, in the standard's table.
    channel_config : int
        The standard's channel configuration, 1 to 7.
    """

    rate_index: int
    channel_config: int

    @property
    def sample_rate(self) -> int:
        """Of the decoded low-complexity core, in Hz."""
        return _RATES_HZ[self.rate_index]

    @property
    def channels(self) -> int:
        """Number of channels."""
        channels = _CHANNELS[self.channel_config]
        assert channels is not None
        return channels


def _make_config(object_type: int, rate_index: int, channel_config: int) -> AacConfig:
    if object_type not in (_LOW_COMPLEXITY, *_EXTENDED):
        raise UnsupportedAudioError(
            f"want AAC of low complexity, got AAC of object type {object_type}"
        )
    if rate_index >= len(_RATES_HZ):
        raise DamagedAudioError(f"want AAC with a sample rate, got rate index {rate_index}")
    if not 0 < channel_config < len(_CHANNELS):
        raise UnsupportedAudioError(
            f"want AAC with 1 to 8 channels, got channel configuration {channel_config}"
        )
    return AacConfig(rate_index, channel_config)


def read_audio_specific_config(data: bytes) -> AacConfig:
    """Read the configuration that MP4 keeps.

    Parameters
    ----------
    data : bytes
        An AudioSpecificConfig.

    Returns
    -------
    AacConfig
        Of the low-complexity core.

    Raises
    ------
    AudioError
        If it is cut off, or not AAC of low complexity.
    """
    if len(data) < 2:
        raise DamagedAudioError("want an AAC configuration in the M4A file, got half of one")
    bits = int.from_bytes(data[:2], "big")
    return _make_config(bits >> 11, (bits >> 7) & 0xF, (bits >> 3) & 0xF)


def is_adts(data: bytes) -> bool:
    """Say whether bytes look like the header of an ADTS frame.

    Parameters
    ----------
    data : bytes
        From where a frame should start.

    Returns
    -------
    bool
        True with the sync word, layer 0 and a length.
    """
    return (
        len(data) >= _HEADER_BYTES
        and data[0] == 0xFF
        and data[1] & 0xF6 == 0xF0
        and _frame_bytes(data) > _HEADER_BYTES
    )


def read_adts_config(header: bytes) -> AacConfig:
    """Read the configuration from the header of an ADTS frame.

    Parameters
    ----------
    header : bytes
        At least 7 bytes, of which `is_adts` is true.

    Returns
    -------
    AacConfig
        Of the frame.

    Raises
    ------
    AudioError
        If it is not AAC of low complexity.
    """
    channel_config = (header[2] & 1) << 2 | header[3] >> 6
    return _make_config((header[2] >> 6) + 1, (header[2] >> 2) & 0xF, channel_config)


def write_adts_header(config: AacConfig, n_bytes: int) -> bytes:
    """Write the ADTS header of a raw frame.

    Parameters
    ----------
    config : AacConfig
        Of the stream.
    n_bytes : int
        Length of the raw frame.

    Returns
    -------
    bytes
        7 bytes.
    """
    length = n_bytes + _HEADER_BYTES
    return bytes(
        [
            0xFF,
            0xF1,  # MPEG-4, layer 0, no checksum
            (_LOW_COMPLEXITY - 1) << 6 | config.rate_index << 2 | config.channel_config >> 2,
            (config.channel_config & 3) << 6 | length >> 11,
            (length >> 3) & 0xFF,
            (length & 7) << 5 | 0x1F,
            0xFC,
        ]
    )


def read_adts_frames(file: BinaryIO) -> Iterator[bytes]:
    """Read whole frames, with their headers, from where the file stands.

    Parameters
    ----------
    file : binary file
        At the start of a frame.

    Yields
    ------
    bytes
        One frame; the iteration ends where no whole frame of the same kind follows, and the
        file stands there.
    """
    kind: bytes | None = None
    while is_adts(header := file.read(_HEADER_BYTES)):
        n_bytes = _frame_bytes(header) - _HEADER_BYTES
        rest = file.read(n_bytes)
        kind = kind or _kind(header)
        if len(rest) < n_bytes or _kind(header) != kind:
            file.seek(-len(rest), os.SEEK_CUR)
            break
        yield header + rest
    file.seek(-len(header), os.SEEK_CUR)


def _kind(header: bytes) -> bytes:
    """Take profile, sample rate and channels out of a header."""
    return bytes([header[2] & 0xFD, header[3] & 0xC0])


def _frame_bytes(header: bytes) -> int:
    return (header[3] & 3) << 11 | header[4] << 3 | header[5] >> 5
