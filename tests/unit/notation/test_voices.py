from hypothesis import given
from hypothesis import strategies as st

from licklab.notation.voices import split_voices

# Overlaps that are held notes, not legato.
HELD_BEATS = 0.3

Rows = list[tuple[float, float, int]]


def _split(rows: Rows) -> tuple[int, ...]:
    onsets, ends, pitches = zip(*rows, strict=True) if rows else ((), (), ())
    return split_voices(onsets, ends, pitches)


def _at_odds(rows: Rows, voices: tuple[int, ...], voice: int) -> list[tuple[int, int]]:
    """List pairs of one voice of which one is struck while the other is held."""
    members = [i for i, one in enumerate(voices) if one == voice]
    return [
        (i, j) for i in members for j in members
        if rows[i][0] < rows[j][0] < rows[i][1] - HELD_BEATS
    ]  # fmt: skip


lengths = st.sampled_from([0.5, 1.0, 1.5, 2.0, 4.0])


def _layer(low: int, high: int) -> st.SearchStrategy[Rows]:
    """Draw one layer: notes that follow one another."""
    drawn = st.lists(st.tuples(lengths, st.integers(low, high)), max_size=12)

    def lay(pairs: list[tuple[float, int]]) -> Rows:
        now, rows = 0.0, []
        for length, pitch in pairs:
            rows.append((now, now + length, pitch))
            now += length
        return rows

    return drawn.map(lay)


anything = st.lists(st.tuples(st.integers(0, 16), lengths, st.integers(40, 80)), max_size=16).map(
    lambda rows: sorted((on / 2, on / 2 + length, pitch) for on, length, pitch in rows)
)


@given(_layer(40, 80))
def test_a_line_alone_is_the_upper_voice(rows: Rows) -> None:
    assert not any(_split(rows))


@given(_layer(40, 54), _layer(55, 80))
def test_two_layers_never_overlap_inside_one_voice(low: Rows, high: Rows) -> None:
    rows = sorted(low + high)
    voices = _split(rows)
    assert not _at_odds(rows, voices, 0)
    assert not _at_odds(rows, voices, 1)
    assert all(pitch < 55 for voice, (_, _, pitch) in zip(voices, rows, strict=True) if voice)


@given(anything)
def test_notes_of_the_lower_voice_never_overlap(rows: Rows) -> None:
    assert not _at_odds(rows, _split(rows), 1)


@given(st.lists(st.tuples(lengths, st.sets(st.integers(40, 80), min_size=1)), max_size=8))
def test_chords_that_end_together_are_one_voice(chords: list[tuple[float, set[int]]]) -> None:
    now, rows = 0.0, []
    for length, pitches in chords:
        rows += [(now, now + length, pitch) for pitch in sorted(pitches)]
        now += length
    assert not any(_split(rows))


def test_a_bass_held_under_a_moving_line_is_the_lower_voice() -> None:
    assert _split([(0, 4, 45), (0, 1, 64), (1, 2, 65), (2, 4, 67)]) == (1, 0, 0, 0)


def test_a_chord_held_under_a_moving_line_is_the_lower_voice_whole() -> None:
    assert _split([(0, 4, 45), (0, 4, 52), (0, 1, 64), (1, 4, 65)]) == (1, 1, 0, 0)


def test_a_bass_that_moves_under_a_held_note_is_the_lower_voice_from_its_first_note() -> None:
    assert _split([(0, 1, 45), (0, 4, 64), (1, 2, 47), (2, 4, 48)]) == (1, 0, 1, 1)


def test_legato_makes_no_voices() -> None:
    assert not any(_split([(0, 1.2, 60), (1, 2.25, 62), (2, 3, 64)]))


def test_nothing_has_no_voices() -> None:
    assert _split([]) == ()
