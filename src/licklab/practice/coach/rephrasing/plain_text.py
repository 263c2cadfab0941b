"""Text of a stranger in plain letters: what looks alike is the same, what is odd is refused."""

import re
import unicodedata

# Signs that people write with, in the letters of the rules.
_SAME = {
    0x266D: "b", 0x266F: "#",
    0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"',
    **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212), "-"),
    **dict.fromkeys((0x00A0, 0x202F), " "),
}  # fmt: skip
_ALLOWED = re.compile(r"[A-Za-z0-9 ,.;:'()#%/+{}°ø-]*")


def to_plain(text: str) -> str | None:
    """Write a text in plain letters.

    Parameters
    ----------
    text : str
        Of anybody.

    Returns
    -------
    str or None
        In ASCII; None where something is left that no sentence of a coach needs: other alphabets,
        markup, addresses, questions, new lines.

    Examples
    --------
    >>> to_plain("E\u266d leads on – to D"), to_plain("<b>Eb</b>"), to_plain("\u0410 leads on")
    ('Eb leads on - to D', None, None)
    """
    same = unicodedata.normalize("NFKC", text.translate(_SAME)).strip()
    return same if _ALLOWED.fullmatch(same) else None
