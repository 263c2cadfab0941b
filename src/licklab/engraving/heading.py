"""The words of a page."""

from dataclasses import dataclass

from licklab.domain.score import Score
from licklab.formats.xml_text import clean_text

# Three lines of a title; more would push the music off its first page.
_MOST_LETTERS = 120
# Characters that turn the direction of what stands around them (Unicode's UAX 9, explicit ones).
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


@dataclass(frozen=True, slots=True)
class Heading:
    """The words of a page.

    Attributes
    ----------
    title, composer, part, tempo, foot : str
        As they are printed; empty for none.
    """

    title: str
    composer: str
    part: str
    tempo: str
    foot: str


def heading_of(score: Score) -> Heading:
    """Say what stands in the head and at the foot of a page.

    Parameters
    ----------
    score : Score
        Of the page.

    Returns
    -------
    Heading
        Its words.
    """
    feel = "Swing" if score.is_swung else ""
    beat = "\u2669." if score.bars[0].time_signature.is_compound else "\u2669"
    tempo = "" if score.tempo_bpm is None else f"{beat} = {round(score.tempo_bpm)}"
    return Heading(
        plain_words(score.title),
        plain_words(score.composer),
        score.part.name,
        "   ".join(word for word in (feel, tempo) if word),
        "Transcribed with Jazz Lick Lab",
    )


def plain_words(words: str, most_letters: int = _MOST_LETTERS) -> str:
    """Give words as they can be printed on a line.

    Parameters
    ----------
    words : str
        Of anybody.
    most_letters : int
        What is longer is cut.

    Returns
    -------
    str
        Without controls, the signs that turn the direction of others, and double spaces.
    """
    plain = " ".join(clean_text(words).translate(_TURNS).split())
    return plain if len(plain) <= most_letters else plain[: most_letters - 1].rstrip() + "\u2026"
