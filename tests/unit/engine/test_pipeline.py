import hashlib
from itertools import pairwise

import numpy as np
import pytest

from licklab.domain.instrument import INSTRUMENTS, Texture
from licklab.domain.progress import Progress, Stage
from licklab.engine.grid import SAMPLE_RATE
from licklab.engine.pipeline import Listener
from licklab.errors import CancelledError, NotAudioError
from tests.unit.engine.conftest import WriteWav
from tests.unit.engine.tones import SCALE, Tone, render_tones

_TENOR = INSTRUMENTS["tenor_sax"]


def test_a_scale_is_heard_note_by_note(listener: Listener, write_wav: WriteWav) -> None:
    heard = listener.transcribe(write_wav(render_tones(SCALE, 2.0)), _TENOR)
    assert [note.pitch_midi for note in heard.notes] == [tone.pitch_midi for tone in SCALE]
    for note, tone in zip(heard.notes, SCALE, strict=True):
        assert note.onset_sec == pytest.approx(tone.onset_sec, abs=0.012)
        assert note.duration_sec == pytest.approx(tone.duration_sec, abs=0.05)
        assert note.confidence > 0.6
    assert heard.tuning_hz == pytest.approx(440, abs=1)


def test_repeated_notes_are_several(listener: Listener, write_wav: WriteWav) -> None:
    tones = [Tone(0.2 + 0.15 * i, 0.14, 65) for i in range(8)]
    heard = listener.transcribe(write_wav(render_tones(tones, 2.0)), _TENOR)
    assert [note.pitch_midi for note in heard.notes] == [65] * 8


@pytest.mark.parametrize("length_sec", [0.06, 0.08])
def test_fast_notes_are_kept(listener: Listener, write_wav: WriteWav, length_sec: float) -> None:
    tones = [Tone(0.3 + length_sec * i, length_sec, 60 + 2 * (i % 6)) for i in range(12)]
    heard = listener.transcribe(write_wav(render_tones(tones, 2.0)), _TENOR)
    expected = [tone.pitch_midi for tone in tones]
    found = [note.pitch_midi for note in heard.notes]
    assert len(set(enumerate(found)) & set(enumerate(expected))) >= 9


def test_a_chord_is_heard_whole_in_polyphonic_mode(listener: Listener, write_wav: WriteWav) -> None:
    chord = [Tone(0.3, 1.0, pitch, 0.06) for pitch in (52, 59, 64, 67)]
    path = write_wav(render_tones(chord, 2.0))
    heard = listener.transcribe(path, INSTRUMENTS["guitar"], texture=Texture.POLYPHONIC)
    assert {52, 59, 64, 67} <= {note.pitch_midi for note in heard.notes}
    line = listener.transcribe(path, INSTRUMENTS["guitar"], texture=Texture.LINE)
    assert all(a.offset_sec <= b.onset_sec for a, b in pairwise(line.notes))


def test_the_named_instrument_is_followed(listener: Listener, write_wav: WriteWav) -> None:
    bass = [Tone(0.3 + 0.5 * i, 0.45, 33 + i) for i in range(4)]
    path = write_wav(render_tones([*SCALE, *bass], 3.0))
    heard = listener.transcribe(path, _TENOR)
    assert all(note.pitch_midi >= _TENOR.lowest_midi for note in heard.notes)
    assert [note.pitch_midi for note in heard.notes][:5] == [tone.pitch_midi for tone in SCALE]


@pytest.mark.parametrize("n_samples", [1, 300, 3 * SAMPLE_RATE])
@pytest.mark.parametrize("texture", list(Texture))
def test_silence_is_no_notes_and_no_error(
    listener: Listener, write_wav: WriteWav, n_samples: int, texture: Texture
) -> None:
    path = write_wav(np.zeros(n_samples, np.float32))
    heard = listener.transcribe(path, _TENOR, texture=texture)
    assert heard.notes == ()
    assert heard.tuning_hz == 440.0
    assert heard.source.duration_sec == pytest.approx(n_samples / SAMPLE_RATE)


def test_the_source_and_the_engine_are_described(listener: Listener, write_wav: WriteWav) -> None:
    path = write_wav(render_tones(SCALE, 2.0))
    heard = listener.transcribe(path, _TENOR, filename="my solo.wav")
    assert heard.source.filename == "my solo.wav"
    assert heard.source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (heard.source.sample_rate, heard.source.channels) == (SAMPLE_RATE, 1)
    assert heard.instrument == "tenor_sax"
    assert heard.engine.models == listener.models
    assert heard.warnings == ()


def test_progress_never_goes_back_and_leaves_room_for_writing(
    listener: Listener, write_wav: WriteWav
) -> None:
    reports: list[Progress] = []
    path = write_wav(np.tile(render_tones(SCALE, 2.0), 15))
    listener.transcribe(path, _TENOR, progress=reports.append)
    fractions = [one.fraction for one in reports]
    assert fractions == sorted(fractions)
    assert len([one for one in reports if one.stage is Stage.LISTENING]) >= 4
    assert reports[0].fraction == 0 < 0.9 < reports[-1].fraction < 0.99
    stages = [one.stage for one in reports]
    assert list(dict.fromkeys(stages)) == [
        Stage.DECODING,
        Stage.LISTENING,
        Stage.NOTES,
        Stage.RHYTHM,
    ]


def test_a_callback_can_stop_the_work_at_once(listener: Listener, write_wav: WriteWav) -> None:
    reports: list[Progress] = []

    def stop(progress: Progress) -> None:
        reports.append(progress)
        if progress.stage is Stage.LISTENING:
            raise CancelledError("want to go on, got a stop")

    path = write_wav(np.tile(render_tones(SCALE, 2.0), 15))
    with pytest.raises(CancelledError):
        listener.transcribe(path, _TENOR, progress=stop)
    assert [one.stage for one in reports].count(Stage.LISTENING) == 1
    # The listener is as good as new.
    assert listener.transcribe(path, _TENOR).notes


def test_what_is_no_audio_is_refused(listener: Listener, write_wav: WriteWav) -> None:
    path = write_wav(np.zeros(10, np.float32))
    path.write_bytes(b"no sound in here" * 100)
    with pytest.raises(NotAudioError, match=r"^want "):
        listener.transcribe(path, _TENOR)


@pytest.mark.parametrize("tuning_hz", [431.0, 434.0, 452.0])
def test_a_recording_between_the_keys_is_heard_at_its_own_pitch_and_time(
    listener: Listener, write_wav: WriteWav, tuning_hz: float
) -> None:
    # The same performance on a machine at another speed.
    samples = render_tones(SCALE, 2.0)
    speed = tuning_hz / 440
    at = np.arange(0, len(samples) - 1, speed)
    path = write_wav(np.interp(at, np.arange(len(samples)), samples).astype(np.float32))
    heard = listener.transcribe(path, _TENOR)
    assert heard.tuning_hz == pytest.approx(tuning_hz, abs=1.5)
    assert [note.pitch_midi for note in heard.notes] == [tone.pitch_midi for tone in SCALE]
    for note, tone in zip(heard.notes, SCALE, strict=True):
        assert note.onset_sec == pytest.approx(tone.onset_sec / speed, abs=0.015)


def test_straight_notes_are_told_as_straight(listener: Listener, write_wav: WriteWav) -> None:
    heard = listener.transcribe(write_wav(render_tones(SCALE, 2.0)), _TENOR)
    for note in heard.notes:
        assert note.expression is not None
        assert note.expression.pitch_cents == pytest.approx(0, abs=5)
        assert note.expression.scoop_cents == note.expression.fall_cents == 0
