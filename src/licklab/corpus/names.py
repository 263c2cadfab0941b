"""Names of players, tunes and styles: as files have them, and as people write them."""

from collections.abc import Iterable
from difflib import get_close_matches

from licklab.corpus.filtering import find_names, fold
from licklab.errors import UnknownPlayerError

_NEAREST = 3
# Half of the letters in common: a name with two slips of the pen, or without the first name.
_LEAST_LIKENESS = 0.5
_LONGEST = 300  # characters


def clean_name(text: str) -> str:
    r"""Make a name of what a file says.

    Parameters
    ----------
    text : str
        It may hold bytes that are no text, or signs that move the cursor of a terminal.

    Returns
    -------
    str
        In one line, that can be stored and shown everywhere.

    Examples
    --------
    >>> clean_name("So\x1b[2J  What")
    'So [2J  What'
    """
    plain = text[:_LONGEST].encode("utf-8", "replace").decode("utf-8")
    return "".join(one if one.isprintable() else " " for one in plain)


def choose_name(given: str, names: Iterable[str], what: str) -> str:
    """Find a name in any case, or by a part that only one has.

    Parameters
    ----------
    given : str
        As a person writes it.
    names : iterable of str
        That there are.
    what : str
        They are names of, for the message.

    Returns
    -------
    str
        As the corpus writes it.

    Raises
    ------
    UnknownPlayerError
        If there is none; the message tells the nearest.
    """
    there = sorted({fold(name): name for name in names if name}.values())
    found = find_names(given, there, parts=True)
    if len(found) == 1:
        return found[0]
    raise UnknownPlayerError(tell_missing(given, there, what))


def tell_missing(given: str, names: Iterable[str], what: str) -> str:
    """Say that a name is none of those that there are.

    Parameters
    ----------
    given : str
        As a person writes it.
    names : iterable of str
        That there are; empty ones are none.
    what : str
        They are names of.

    Returns
    -------
    str
        What is wanted, what came, and the nearest names.
    """
    by_fold = {fold(name): name for name in names if name}
    wanted = fold(given)
    near = [one for one in by_fold if wanted and wanted in one]
    near += get_close_matches(wanted, by_fold, _NEAREST, _LEAST_LIKENESS)
    nearest = [by_fold[one] for one in dict.fromkeys(near)][:_NEAREST]
    if not by_fold:
        hint = "there are no solos with names; import some"
    elif nearest:
        hint = f"the nearest are {', '.join(nearest)}"
    else:
        hint = f"there are {', '.join(sorted(by_fold.values())[:20])}"
        hint += " and others" if len(by_fold) > 20 else ""
    return f"want {what} of the corpus, got {given[:80]!r}; {hint}"
