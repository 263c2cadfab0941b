"""A practice pack: everything that one needs to own a lick, in one archive.

The only file that joins the steps:
passage -> keys -> scores -> files and booklet; passage -> exercises; passage, recording -> sound.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from licklab.domain.practice_log import KeyOrder
from licklab.errors import PackError
from licklab.packing.archive import PackFile, file_name, write_archive
from licklab.packing.booklet import Booklet, write_booklet
from licklab.packing.lick_files import PackLick, make_chapters, make_music, write_files
from licklab.packing.wishes import MOST_LICKS, PackWishes
from licklab.version import __version__

SCHEMA = "licklab.practice-pack/1"
BOOKLET_NAME = "booklet.pdf"
MANIFEST_NAME = "manifest.json"

# Of the time that a pack takes without and with sound, the booklet's share.
_BOOKLET_SHARE, _BOOKLET_SHARE_WITH_AUDIO = 0.8, 0.2
_ORDER_WORDS = {
    KeyOrder.FOURTHS: "in fourths",
    KeyOrder.SEMITONES: "by semitones",
    KeyOrder.WHOLE_TONES: "in whole tones",
    KeyOrder.RANDOM: "in random order",
}


@dataclass(frozen=True, slots=True)
class Pack:
    """A practice pack.

    Attributes
    ----------
    booklet : bytes
        The PDF, which is in the archive too.
    archive : bytes
        The ZIP.
    manifest : dict
        Of schema `licklab.practice-pack/1`, as it is in the archive.
    """

    booklet: bytes
    archive: bytes
    manifest: dict[str, Any] = field(repr=False)


def make_pack(
    licks: Sequence[PackLick],
    wishes: PackWishes,
    *,
    title: str = "",
    report: Callable[[float], None] | None = None,
) -> Pack:
    """Make a practice pack.

    Parameters
    ----------
    licks : sequence of PackLick
        One or more; each leads into the next in the exercises.
    wishes : PackWishes
        What is wanted.
    title : str
        Of the booklet; that of the first lick if empty.
    report : callable, optional
        Is told the share that is done, 0 to 1; what it raises comes through, and nothing is left.

    Returns
    -------
    Pack
        The same bytes for the same licks and wishes.

    Raises
    ------
    PackError
        If there are no licks, too many, or one has no notes.
    UnknownInstrumentError
        If no instrument has the id.
    """
    if not 1 <= len(licks) <= MOST_LICKS:
        raise PackError(f"want 1 to {MOST_LICKS} licks in a pack, got {len(licks)}")
    for lick in licks:
        if not lick.passage.notes:
            raise PackError(f"want licks with notes, got none in {lick.title!r}")
    tell = report or (lambda _: None)
    drawn = _BOOKLET_SHARE_WITH_AUDIO if wishes.has_audio else _BOOKLET_SHARE
    followed = [*licks[1:], None]
    music = [make_music(lick, after, wishes) for lick, after in zip(licks, followed, strict=True)]
    part = music[0].original.part.name
    booklet = write_booklet(
        Booklet(
            title or licks[0].title,
            part,
            _order_words(wishes),
            tuple(make_chapters(lick, one) for lick, one in zip(licks, music, strict=True)),
        ),
        wishes.style,
        lambda share: tell(drawn * share),
    )
    files = [PackFile(BOOKLET_NAME, booklet)]
    entries = []
    width = (1 - drawn) / len(licks)
    for at, (lick, one) in enumerate(zip(licks, music, strict=True)):
        folder = f"{at + 1:02}-{file_name(lick.title, 'lick').lower()}"
        more, entry = write_files(
            lick, one, wishes, folder, _within(tell, drawn + at * width, width)
        )
        files += more
        entries.append(entry)
    manifest = {
        "schema": SCHEMA,
        "made_by": f"Jazz Lick Lab {__version__}",
        "title": title or licks[0].title,
        "instrument": wishes.instrument,
        "part": part,
        "order": wishes.order.value if not wishes.keys else "as chosen",
        "licks": entries,
        "files": [
            {
                "path": one.path,
                "size_bytes": len(one.content),
                "sha256": hashlib.sha256(one.content).hexdigest(),
            }
            for one in files
        ],
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False).encode()
    archive = write_archive([*files, PackFile(MANIFEST_NAME, text)])
    tell(1.0)
    return Pack(booklet, archive, manifest)


def _within(tell: Callable[[float], None], begun: float, width: float) -> Callable[[float], None]:
    return lambda share: tell(begun + width * share)


def _order_words(wishes: PackWishes) -> str:
    if wishes.keys:
        return f"{len(wishes.keys)} keys" if len(wishes.keys) > 1 else "One key"
    return "Twelve keys " + _ORDER_WORDS[wishes.order]
