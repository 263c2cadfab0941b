"""Names of players and styles as people write them."""

from collections.abc import Iterable
from difflib import get_close_matches

from licklab.corpus.filtering import fold
from licklab.errors import UnknownPlayerError

_NEAREST = 3
# Half of the letters in common: a name with two slips of the pen, or without the first name.
_LEAST_LIKENESS = 0.5


def choose_name(given: str, names: Iterable[str], what: str) -> str:
    """Find a name in any case.

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
    by_fold = {fold(name): name for name in names if name}
    wanted = fold(given)
    if wanted in by_fold:
        return by_fold[wanted]
    near = [one for one in by_fold if wanted and wanted in one]
    near += get_close_matches(wanted, by_fold, _NEAREST, _LEAST_LIKENESS)
    nearest = [by_fold[one] for one in dict.fromkeys(near)][:_NEAREST]
    if not by_fold:
        hint = "there are no solos; import some"
    elif nearest:
        hint = f"the nearest are {', '.join(nearest)}"
    else:
        hint = f"there are {', '.join(sorted(by_fold.values())[:20])}"
        hint += " and others" if len(by_fold) > 20 else ""
    raise UnknownPlayerError(f"want {what} of the corpus, got {given[:80]!r}; {hint}")
