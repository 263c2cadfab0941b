"""Text for XML: titles come from anywhere."""

import re

# XML 1.0 has no other control characters, and no halves of surrogate pairs.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean_text(text: str) -> str:
    """Take out what an XML document cannot hold.

    Parameters
    ----------
    text : str
        From anywhere.

    Returns
    -------
    str
        On one line.
    """
    return " ".join(_FORBIDDEN.sub("", text).split())
