from licklab.engine.grid import frames_to_sec
from licklab.engine.notes.candidates import Candidate, choose_among_chords
from licklab.engine.notes.evidence import DecodedNote
from licklab.engine.notes.timing import NoteTimes


def _note(start: int, pitch: int, confidence: float) -> Candidate:
    end = start + 20
    times = NoteTimes(frames_to_sec(start), frames_to_sec(end))
    return Candidate(DecodedNote(start, end, pitch), times, confidence)


def test_among_chords_the_unlikely_is_left_out() -> None:
    everything = [_note(10, 60, 0.9), _note(10, 64, 0.2), _note(10, 67, 0.6)]
    kept = choose_among_chords(everything, [_note(10, 72, 0.9)], mostly_line=False)
    assert [one.note.pitch_midi for one in kept] == [60, 67]


def test_beside_a_line_only_the_very_sure_is_kept() -> None:
    line = [_note(10, 72, 0.5), _note(40, 74, 0.9)]
    everything = [_note(11, 72, 0.95), _note(40, 66, 0.95), _note(40, 62, 0.7)]
    kept = choose_among_chords(everything, line, mostly_line=True)
    assert kept == [line[0], _note(40, 66, 0.95), line[1]]


def test_a_repetition_that_the_line_lacks_is_kept() -> None:
    line = [_note(10, 72, 0.9)]
    again = _note(60, 72, 0.9)
    assert choose_among_chords([again], line, mostly_line=True) == [*line, again]
