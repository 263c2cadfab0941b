"""The tag in the first frame of an MP3 file: Xing's or Info, with LAME's extension.

A custom of encoders that no standard describes; its behaviour was measured with libsndfile 1.2.
"""

from dataclasses import dataclass

from licklab.engine.audio.mpeg_frames import FrameHeader

_HAS_COUNT, _HAS_BYTES, _HAS_INDEX, _HAS_QUALITY = 1, 2, 4, 8
_INDEX_BYTES = 100
# LAME's extension: the encoder's name first, the two paddings of 12 bits each in the middle.
_DELAYS_AT = 21
_EXTENSION_BYTES = 36


@dataclass(frozen=True, slots=True)
class Mp3Tag:
    """What a Xing or Info tag tells.

    Attributes
    ----------
    is_whole : bool
        Whether it tells the number of frames and the padding, so that decoders skip the padding.
    n_bytes : int
        Length of the recording with this frame; 0 when it does not say.
    """

    is_whole: bool
    n_bytes: int


def read_tag(frame: bytes, header: FrameHeader) -> Mp3Tag | None:
    """Read the tag in a frame.

    Parameters
    ----------
    frame : bytes
        The first of a file.
    header : FrameHeader
        Of the frame.

    Returns
    -------
    Mp3Tag or None
        None when the frame is sound.
    """
    # Some encoders count the checksum in front of the side information, some do not.
    for at in (4 + header.side_bytes, 6 + header.side_bytes):
        if frame[at : at + 4] in (b"Xing", b"Info"):
            break
    else:
        return None
    flags = int.from_bytes(frame[at + 4 : at + 8], "big")
    at += 8
    count = int.from_bytes(frame[at : at + 4], "big") if flags & _HAS_COUNT else 0
    at += 4 if flags & _HAS_COUNT else 0
    n_bytes = int.from_bytes(frame[at : at + 4], "big") if flags & _HAS_BYTES else 0
    at += 4 if flags & _HAS_BYTES else 0
    at += _INDEX_BYTES if flags & _HAS_INDEX else 0
    at += 4 if flags & _HAS_QUALITY else 0
    delays = frame[at + _DELAYS_AT : at + _DELAYS_AT + 3]
    return Mp3Tag(is_whole=count > 0 and any(delays), n_bytes=n_bytes)


def make_tag(first: FrameHeader, count: int) -> bytes:
    """Make a tag that tells the number of frames and nothing of the encoder's delay.

    Parameters
    ----------
    first : FrameHeader
        Of the sound.
    count : int
        Number of frames.

    Returns
    -------
    bytes
        A frame to put in front of the sound.
    """
    tag = b"Info" + _HAS_COUNT.to_bytes(4, "big") + count.to_bytes(4, "big")
    header, n_bytes = first.tag_header(4 + first.side_bytes + len(tag) + _EXTENSION_BYTES)
    return (header + bytes(first.side_bytes) + tag).ljust(n_bytes, b"\0")
