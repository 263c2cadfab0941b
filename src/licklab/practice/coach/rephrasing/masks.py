"""Names that people chose are hidden behind signs: no model reads them, none can change them."""

import re

from licklab.domain.coaching import CoachMatch

_SIGN = re.compile(r"\{\d+\}")


def hide_names(text: str, match: CoachMatch | None) -> str:
    """Put signs in place of the names of a player and a title.

    Parameters
    ----------
    text : str
        A sentence.
    match : CoachMatch or None
        What it tells of; None where it names nobody.

    Returns
    -------
    str
        With ``{1}`` for the player and ``{2}`` for the title in its quotes.

    Examples
    --------
    >>> hide_names('Ann plays it in "Bar 9".', CoachMatch("Ann", "Bar 9", (), 1.0))
    '{1} plays it in {2}.'
    """
    if match is None:
        return text
    # In one go: a name that looks like a sign, or holds the other name, is not read again.
    names = {name: sign for sign, name in _names(match).items()}
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    if not pattern:
        return text
    whole = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")
    return whole.sub(lambda found: names[found[0]], text)


def show_names(text: str, match: CoachMatch | None) -> str:
    """Put the names in place of the signs.

    Parameters
    ----------
    text : str
        With signs.
    match : CoachMatch or None
        What the sentence tells of.

    Returns
    -------
    str
        With names. A sign that stands for nothing stays.
    """
    names = {} if match is None else _names(match)
    return _SIGN.sub(lambda found: names.get(found[0], found[0]), text)


def _names(match: CoachMatch) -> dict[str, str]:
    found = {}
    if match.performer:
        found["{1}"] = match.performer
    if match.title:
        found["{2}"] = f'"{match.title}"'
    return found
