"""Which words may be put in place of others, and which of them claim something.

A rephrasing is made of the words of its sentence, of words that mean the same, and of plain words
that claim nothing of music. Everything else is refused, so that no list of lies has to be written.
"""

import re


def words_of(text: str) -> tuple[str, ...]:
    """Take words apart.

    Parameters
    ----------
    text : str
        With spaces or new lines between them.

    Returns
    -------
    tuple of str
        In order.
    """
    return tuple(text.split())


PLAIN = frozenset(
    words_of("""
    a an the this that it's you'll you're these those it its they them their you your yourself we
    our of to in on at by for with into onto through as and but or if when
    whenever where while because until till than which who whose what how why then
    is are was were be been being has have having had can could will would may might should must
    does let lets letting there here now just really quite very too also still even simply
    nicely gently calmly firmly smoothly together well please
    hear hears hearing heard listen listens listening ear ears play plays playing played sing sings
    singing sung practise practice practises practising learn learning try trying make makes making
    made feel feels feeling notice notices take takes taking give gives giving keep keeps keeping
    hold holds holding come comes coming go goes going gone move moves moving land lands landing
    settle settles settling arrive arrives arriving reach reaches reaching get gets getting want
    wants need needs needing find finds finding use uses using show shows tell tells telling sound
    sounds sounding think thinks remember work works working put puts bring brings stay stays
    staying wait waits waiting look looks become becomes know knows
    note notes line lines phrase phrases lick music melody tune chord chords harmony recording
    player beat beats bar bars band place places moment moments time way part step
    good nice lovely easy simple small little warm sweet soft clear own such
    """)
)
"""Words that claim nothing by themselves."""

SYNONYMS = tuple(
    frozenset(words_of(one))
    for one in (
        "resolve resolves resolving resolution resolved",
        "enclose encloses enclosing surround surrounds surrounding circle circles circled frame",
        "approach approaches approaching lead leads leading",
        "arpeggio arpeggiates broken",
        "run runs running",
        "belong belongs belonging",
        "anticipate anticipates anticipating",
        "pass passes passing",
        "end ends ending finish finishes finishing close closes",
        "start starts starting begin begins beginning open opens opening",
        "span spans spanning cover covers covering",
        "leap leaps leaping jump jumps jumping",
        "turn turns turning",
        "cross crosses crossing",
        "repeat repeats repeated again",
        "breathe breathes breathing breath air",
        "spell spells spelling outline outlines",
        "consistent fit fits fitting match matches",
        "colour colours color colors tension tensions",
        "arch curve",
        "cell figure pattern",
        "doubt unsure uncertain doubtful",
        "written write writes reads read",
        "loop looping",
        "guess guessed",
        "check",
        "exactly precisely",
        "clean cleanly",
        "slowly slow",
    )
)
"""Words that say the same of music: a sentence keeps one of those that it has, and gets no
other."""

SIDED = {
    "up": "up upward upwards rise rises rising ascend ascends ascending climb climbs climbing",
    "down": "down downward downwards fall falls falling descend descends descending drop drops",
    "higher": "higher above",
    "lower": "lower below beneath under",
    "highest": "highest top",
    "lowest": "lowest bottom",
    "before": "before earlier early previous",
    "after": "after later late next following",
    "between": "between",
    "outside": "outside",
    "all": "all every each whole entire both",
    "only": "only alone",
    "most": "most mostly mainly",
    "more": "more",
    "less": "less",
    "half": "half",
    "last": "last final",
    "widest": "widest biggest largest",
    "quickest": "quickest fastest",
    "faster": "faster",
    "back": "back",
    "from": "from",
    "same": "same",
    "different": "different",
    "not": "no not never none nothing nobody without nor neither cannot hardly barely",
}
"""Words that turn a sentence round: each stays at its place among the facts, or goes, if
the sentence does not say the opposite without it."""

SIDE_OF = {word: side for side, words in SIDED.items() for word in words_of(words)}
"""To which of `SIDED` a word belongs."""

_ENDING = re.compile(r"(?:ing|ed|es|s|ly|'s)$")


def stem(word: str) -> str:
    """Cut the ending of a word off.

    Parameters
    ----------
    word : str
        In small letters.

    Returns
    -------
    str
        What its forms have in common, roughly; short words are left as they are.

    Examples
    --------
    >>> stem("resolves"), stem("resolving"), stem("its")
    ('resolv', 'resolv', 'its')
    """
    cut = _ENDING.sub("", word) if len(word) > 4 else word
    return cut.rstrip("e") if len(cut) > 4 else cut


def group_of(word: str) -> int | None:
    """Tell which group of `SYNONYMS` a word belongs to.

    Parameters
    ----------
    word : str
        In small letters.

    Returns
    -------
    int or None
        None for a word of no group.
    """
    return next((i for i, one in enumerate(SYNONYMS) if word in one), None)
