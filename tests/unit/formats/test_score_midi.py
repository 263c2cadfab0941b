import io
from fractions import Fraction

import mido
import pytest

from licklab.formats.score_midi import write_score_midi
from tests import scores


def played(content: bytes) -> list[tuple[Fraction, Fraction, int]]:
    """Read onset and length in quarters, and pitch."""
    file = mido.MidiFile(file=io.BytesIO(content))
    found: list[tuple[Fraction, Fraction, int]] = []
    open_notes: dict[int, list[int]] = {}
    now = 0
    for message in file.tracks[1]:
        now += message.time
        if message.type == "note_on":
            open_notes.setdefault(message.note, []).append(now)
        elif message.type == "note_off":
            on = open_notes[message.note].pop(0)
            ticks = file.ticks_per_beat
            found.append((Fraction(on, ticks), Fraction(now - on, ticks), message.note))
    return sorted(found)


@pytest.mark.parametrize("name", ["waltz", "six_eight", "piano"])
def test_straight_music_sounds_as_it_is_written(name: str) -> None:
    score = scores.ALL[name]()
    assert played(write_score_midi(score)) == scores.sounds(score)


def test_swung_eighths_are_late_and_triplets_are_not() -> None:
    score = scores.horn()
    wanted = {onset for onset, _, _ in scores.sounds(score)}
    heard = {onset for onset, _, _ in played(write_score_midi(score))}
    late = Fraction(round(Fraction(17, 27) * 960), 960)
    for onset in wanted:
        place = onset % 1
        assert (onset - place + late if place == Fraction(1, 2) else onset) in heard


def test_a_horn_sounds_in_concert_pitch() -> None:
    for part in ("tenor_sax", "concert"):
        pitches = [pitch for _, _, pitch in played(write_score_midi(scores.horn(part)))]
        assert set(pitches) >= {58, 61, 62, 70}


def test_tempo_metre_key_and_chords_are_told() -> None:
    file = mido.MidiFile(file=io.BytesIO(write_score_midi(scores.horn())))
    metas = {message.type: message for message in file.tracks[0]}
    assert round(mido.tempo2bpm(metas["set_tempo"].tempo)) == 120
    assert metas["key_signature"].key == "C"
    assert (metas["time_signature"].numerator, metas["time_signature"].denominator) == (4, 4)
    markers = [message.text for message in file.tracks[0] if message.type == "marker"]
    assert markers == ["Em7", "A7b9", "Dmaj7/F#", "B7alt", "N.C.", "C#m7b5"]
