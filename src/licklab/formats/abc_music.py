"""The music of a tune in ABC notation, read into the bars of its voices.

Of Walshaw, "The abc music standard 2.1" (2011), section 4. What is drawn and does not sound
(decorations, slurs, beams, words) is passed over. What several chord symbols over one note leave
open is settled evenly: they share its length.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

from licklab.domain.key import Key
from licklab.errors import ScoreFileError
from licklab.formats.abc_bars import AbcVoice
from licklab.formats.abc_fields import (
    AbcKey,
    read_key,
    read_meter,
    read_shift,
    read_tempo,
    read_unit,
)
from licklab.formats.abc_file import AbcTune
from licklab.formats.abc_voice import VoiceState

_MOST_CHARACTERS = 1_000_000  # of a tune; an hour of the fastest solos has 300,000
_MOST_VOICES = 64
# Of a field in brackets: each that is not closed is searched so far for its end.
_LONGEST_FIELD = 1000
_LENGTH = r"\d{0,3}/{0,6}\d{0,3}"
_TOKEN = re.compile(
    rf"""
    \[(?P<field>[A-Za-z]):(?P<value>[^\]]{{0,{_LONGEST_FIELD}}})\]
    |"(?P<text>[^"]*)"
    |![^!|]*!|\+[^+|]*\+
    |(?P<bar>:*\[?\|[|\]]*(?:\[(?=\s*\d))?:*|::+)(?P<ending>\d[\d,.-]*)?
    |\[\s*(?P<bare_ending>\d[\d,.-]*)
    |\((?P<tuplet>\d{{1,2}})(?::(?P<normal>\d{{0,2}}))?(?::(?P<count>\d{{0,2}}))?
    |(?P<grace>\{{/?)|(?P<grace_end>\}})
    |(?P<open>\[)
    |(?P<close>\])(?P<outer>{_LENGTH})
    |(?P<sign>\^\^|\^|__|_|=)?(?P<letter>[A-Ga-g])(?P<octave>[,']{{0,9}})(?P<length>{_LENGTH})
    |(?P<rest>[zx])(?P<rest_length>{_LENGTH})
    |(?P<whole_rest>[ZX])(?P<rest_bars>\d{{0,4}})
    |(?P<broken>>{{1,3}}|<{{1,3}})
    |(?P<tie>-)
    |(?P<overlay>&+)
    |y\d*|\(|[\s).~H-Wh-w\\`$*;?@#]+
    """,
    re.VERBOSE,
)
_NAME = re.compile(r'\b(?:name|nm)="([^"]*)"')
_PROGRAM = re.compile(r"MIDI program\s+(?:\d{1,2}\s+)?(\d{1,3})\s*$")


@dataclass(frozen=True, slots=True)
class AbcMusic:
    """What is played in a tune.

    Attributes
    ----------
    voices : tuple of AbcVoice
        In the order in which they are named.
    key : Key or None
        As written at its head.
    tempo : Fraction or None
        Quarters a minute at its head.
    gm_program : int or None
        General MIDI program, from 0.
    """

    voices: tuple[AbcVoice, ...]
    key: Key | None
    tempo: Fraction | None
    gm_program: int | None


def read_music(tune: AbcTune) -> AbcMusic:
    """Read the voices of a tune.

    Parameters
    ----------
    tune : AbcTune
        As written.

    Returns
    -------
    AbcMusic
        With repeats as they are written.

    Raises
    ------
    ScoreFileError
        If something in it is not ABC.
    """
    if len(tune.music) > _MOST_CHARACTERS:
        raise ScoreFileError(
            f"want at most {_MOST_CHARACTERS} characters of music, got {len(tune.music)}"
        )
    voices = _Voices(tune)
    place = 0
    while place < len(tune.music):
        match = _TOKEN.match(tune.music, place)
        if match is None:
            seen = tune.music[max(place - 10, 0) : place + 10]
            raise ScoreFileError(f"want music in ABC notation, got {seen!r}")
        place = match.end()
        voices.take(match)
    return AbcMusic(voices.finish(), voices.key.key, voices.tempo, voices.gm_program)


class _Voices:
    """The voices of a tune; music goes to the one named last."""

    def __init__(self, tune: AbcTune) -> None:
        self._signature = read_meter(tune.text_of("M"))
        self._unit = read_unit(tune.text_of("L"), self._signature)
        self.key = read_key(tune.text_of("K")) or AbcKey(None, {})
        self._shift = read_shift(tune.text_of("K")) or 0
        self.tempo = read_tempo(tune.text_of("Q"), self._unit)
        self.gm_program: int | None = None
        self._voices: dict[str, VoiceState] = {}
        self._propagation = "pitch"
        for letter, text in tune.fields:
            if letter == "I":
                self._instruct(text)
        for letter, text in tune.fields:
            if letter == "V":
                self._name(text)
        # Music that names no voice belongs to the first.
        self._now = next(iter(self._voices.values()), None)

    def take(self, match: re.Match[str]) -> None:
        """Hand one token to the voice that it belongs to."""
        if match["field"] == "V":
            self._now = self._name(match["value"])
            return
        if self._now is None:
            self._now = self._name("1")
        if match["field"] == "I":
            self._instruct(match["value"])
            self._now.propagation = self._propagation
        else:
            self._now.take(match)

    def finish(self) -> tuple[AbcVoice, ...]:
        return tuple(one.finish() for one in self._voices.values())

    def _instruct(self, text: str) -> None:
        name, _, value = text.strip().partition(" ")
        if name == "propagate-accidentals" and value.strip() in {"not", "octave", "pitch"}:
            self._propagation = value.strip()
        program = _PROGRAM.match(text.strip())
        if program is not None and self.gm_program is None and int(program[1]) < 128:
            self.gm_program = int(program[1])

    def _name(self, text: str) -> VoiceState:
        name = text.split()[0][:80] if text.strip() else "1"
        if name not in self._voices:
            if len(self._voices) >= _MOST_VOICES:
                raise ScoreFileError(f"want at most {_MOST_VOICES} voices, got more")
            voice = AbcVoice(name, shift=self._shift)
            self._voices[name] = VoiceState(
                voice, self._unit, self._signature, self.key, self._propagation
            )
        state = self._voices[name]
        found = _NAME.search(text)
        state.voice.name = found[1].strip() if found is not None else state.voice.name
        shift = read_shift(text)
        state.voice.shift = state.voice.shift if shift is None else shift
        return state
