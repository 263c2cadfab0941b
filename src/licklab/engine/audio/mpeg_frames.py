"""Headers of MPEG layer III frames: ISO/IEC 11172-3, 2.4.1.3 and 13818-3, 2.4.1.3."""

from dataclasses import dataclass

_KBPS = {
    1: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES_HZ = (44_100, 48_000, 32_000)
# By the version's two bits: what the standard's rates are divided by. 1 is reserved; 0, MPEG-2.5,
# is a custom.
_RATE_DIVISORS = {3: 1, 2: 2, 0: 4}
_LAYER_3 = 1
_MONO = 3


@dataclass(frozen=True, slots=True)
class FrameHeader:
    """What the four bytes in front of a frame say.

    Attributes
    ----------
    word : int
        The bytes themselves.
    sample_rate : int, Hz
        Of the sound.
    channels : int
        1 or 2.
    n_bytes : int
        Length of the frame, header included.
    n_samples : int
        Per channel.
    side_bytes : int
        Length of the side information behind the header.
    """

    word: int
    sample_rate: int
    channels: int
    n_bytes: int
    n_samples: int
    side_bytes: int

    def is_like(self, other: "FrameHeader") -> bool:
        """Say whether a frame can follow in the same stream.

        Parameters
        ----------
        other : FrameHeader
            Of the frame.

        Returns
        -------
        bool
            True with the same sample rate and number of channels.
        """
        return (self.sample_rate, self.channels) == (other.sample_rate, other.channels)

    def tag_header(self, room: int) -> tuple[bytes, int]:
        """Make the header of a frame of this stream that has room for a tag.

        Parameters
        ----------
        room : int
            Bytes that have to fit, header included.

        Returns
        -------
        bytes
            The header; no checksum follows it.
        int
            Length of its frame.
        """
        for index in range(1, 15):
            # No checksum, this bit rate, no padding byte.
            word = ((self.word | 0x10000) & ~0xF200) | index << 12
            data = word.to_bytes(4, "big")
            header = read_frame_header(data)
            if header is not None and header.n_bytes >= room:
                return data, header.n_bytes
        raise AssertionError("the highest bit rate has room for any tag")


def read_frame_header(data: bytes) -> FrameHeader | None:
    """Read the header of a frame.

    Parameters
    ----------
    data : bytes
        Four bytes.

    Returns
    -------
    FrameHeader or None
        None when they are no header of layer III, or leave the bit rate open.
    """
    word = int.from_bytes(data, "big")
    rate_divisor = _RATE_DIVISORS.get(word >> 19 & 3)
    rate_index, bit_rate_index = word >> 10 & 3, word >> 12 & 0xF
    if (
        len(data) < 4
        or word >> 21 != 0x7FF
        or word >> 17 & 3 != _LAYER_3
        or rate_divisor is None
        or rate_index == 3
        or not 0 < bit_rate_index < 15
    ):
        return None
    is_first = rate_divisor == 1
    sample_rate = _RATES_HZ[rate_index] // rate_divisor
    channels = 1 if word >> 6 & 3 == _MONO else 2
    n_samples = 1152 if is_first else 576
    bits_per_sec = 1000 * _KBPS[1 if is_first else 2][bit_rate_index - 1]
    n_bytes = n_samples // 8 * bits_per_sec // sample_rate + (word >> 9 & 1)
    side_bytes = (32 if channels == 2 else 17) if is_first else (17 if channels == 2 else 9)
    return FrameHeader(word, sample_rate, channels, n_bytes, n_samples, side_bytes)
