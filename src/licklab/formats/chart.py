"""Charts of every kind that is read, recognised by what is in them."""

import re

from licklab.domain.beat import TimeSignature
from licklab.domain.chart import Chart
from licklab.errors import ChordError
from licklab.formats.chart_ireal import read_first_ireal_chart
from licklab.formats.chart_musicxml import read_chart_musicxml
from licklab.formats.chart_text import read_chart_text

MOST_BYTES = 1_000_000
"""Size of the largest chart that is read; a book of 1300 songs of iReal Pro has about as much."""

_ZIP = b"PK\x03\x04"
# UTF-16 writes two bytes a letter, after its mark.
_XML = rb"(\xef\xbb\xbf)?\s*<(\?xml|!DOCTYPE score|score-)|\xff\xfe<\x00|\xfe\xff\x00<"


def read_chart(content: bytes | str, time_signature: TimeSignature | None = None) -> Chart:
    """Read a chart.

    Parameters
    ----------
    content : bytes or str
        Plain text with bars, MusicXML, or a link of iReal Pro or a page with links, of which the
        first song is read; as UTF-8, but for MusicXML, which may also be zipped.
    time_signature : TimeSignature, optional
        Of a text that names none; 4/4 if omitted.

    Returns
    -------
    Chart
        One chorus, with its repeats written out.

    Raises
    ------
    ChordError
        If it is no chart.
    MeterError, KeyNameError
        If it names a time signature or a key that does not exist.
    """
    if len(content) > MOST_BYTES:
        raise ChordError(f"want a chart of at most {MOST_BYTES} bytes, got {len(content)}")
    data = content.encode(errors="replace") if isinstance(content, str) else content
    if data.startswith(_ZIP) or re.match(_XML, data):
        return read_chart_musicxml(data)
    if isinstance(content, bytes):
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ChordError("want a chart as text, got something else") from None
    else:
        text = content
    if "irealb://" in text or "irealbook://" in text:
        return read_first_ireal_chart(text)
    return read_chart_text(text, time_signature)
