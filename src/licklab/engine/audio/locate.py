"""Finds the sound that libsndfile should decode, in a file of any kind."""

import os
from typing import BinaryIO

from licklab.engine.audio.mp3 import find_mp3
from licklab.engine.audio.ogg import CAPTURE_PATTERN, find_ogg
from licklab.engine.audio.stretch import Stretch

# Files that begin so are not searched for MP3 frames.
_MAGIC = (b"RIFF", b"RIFX", b"RF64", b"FORM", b"fLaC", b"caff", b".snd")


def locate_sound(file: BinaryIO) -> Stretch:
    """Find the sound in a file.

    Parameters
    ----------
    file : binary file
        Anything but MP4 and ADTS.

    Returns
    -------
    Stretch
        The whole file where nothing better is known.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    head = file.read(4)
    if head == CAPTURE_PATTERN:
        return find_ogg(file)
    mp3 = None if head in _MAGIC else find_mp3(file)
    return mp3 or Stretch(0, size)
