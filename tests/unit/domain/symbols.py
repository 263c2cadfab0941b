"""Chord symbols for property tests."""

from hypothesis import strategies as st

from licklab.domain.chord_degrees import ORDER
from licklab.domain.chord_symbol import ChordSymbol

_LETTERS = st.sampled_from("ABCDEFG")
NOTES = st.builds(str.__add__, _LETTERS, st.sampled_from(["", "b", "#"]))
_DEGREES = st.lists(st.sampled_from(ORDER), unique=True).map(tuple)
SYMBOLS = st.builds(ChordSymbol, NOTES, _DEGREES, st.none() | NOTES)
"""Any chord that can be."""
