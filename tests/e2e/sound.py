"""Hears what a page plays, and measures when and how high it sounds."""

import base64
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from playwright.sync_api import Page

Samples = npt.NDArray[np.float64]

_RECORDER = Path(__file__).with_name("recorder.js")
_WINDOW = 512
_HOP = 64


@dataclass(frozen=True)
class Heard:
    """What was rendered, and where the page said it was.

    Moments are seconds of the audio clock: of the sound when it was rendered, of the places when
    that same moment came out of the loudspeaker. So both speak of one clock.
    """

    rate: int
    first_sec: float
    sound: Samples
    place_clock_sec: Samples
    place_sec: Samples


def attach_recorder(page: Page) -> None:
    """Let a page be heard; to be called before it is opened."""
    page.add_init_script(path=_RECORDER)


def start_recording(page: Page) -> None:
    page.wait_for_function("recorder.isReady")
    page.evaluate("recorder.start()")


def wait_recorded(page: Page, seconds: float) -> None:
    """Wait until so much of the audio clock has been rendered."""
    page.wait_for_function(
        "(seconds) => recorder.seconds >= seconds", arg=seconds, timeout=4000 * (seconds + 10)
    )


def stop_recording(page: Page) -> Heard:
    got = page.evaluate("recorder.stop()")
    sound = np.frombuffer(base64.b64decode(got["sound"]), dtype=np.float32).astype(np.float64)
    places = np.frombuffer(base64.b64decode(got["places"]), dtype=np.float64).reshape(-1, 2)
    return Heard(
        rate=got["rate"],
        first_sec=got["first"] / got["rate"],
        sound=sound,
        place_clock_sec=places[:, 0],
        place_sec=places[:, 1],
    )


def onset_strength(sound: Samples, rate: int) -> tuple[Samples, Samples]:
    """Give how much louder the spectrum becomes, and when: peaks are onsets of notes."""
    frames = np.lib.stride_tricks.sliding_window_view(sound, _WINDOW)[::_HOP]
    spectra = np.log1p(10 * np.abs(np.fft.rfft(frames * np.hanning(_WINDOW))))
    strength = np.maximum(0, np.diff(spectra, axis=0)).sum(axis=1)
    centres = (np.arange(1, len(frames)) * _HOP + _WINDOW / 2) / rate
    return centres, strength


def lateness_sec(heard: Samples, wanted: Samples, step_sec: float, most_sec: float) -> float:
    """Give by how much one curve lies behind another, at most a given time to either side."""
    most = round(most_sec / step_sec)
    heard = heard - heard.mean()
    wanted = wanted - wanted.mean()
    shifts = np.arange(-most, most + 1)
    alike = [float(np.dot(np.roll(wanted, shift), heard)) for shift in shifts]
    return float(shifts[int(np.argmax(alike))] * step_sec)


def pitch_hz(sound: Samples, rate: int) -> float:
    """Give the frequency of the strongest partial."""
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    peak = int(np.argmax(spectrum))
    below, top, above = np.log(spectrum[peak - 1 : peak + 2])
    offset = (below - above) / (2 * (below - 2 * top + above))
    return float((peak + offset) * rate / len(sound))
