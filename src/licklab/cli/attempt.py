"""`licklab attempt`: a lick played back, marked note by note."""

import json
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from licklab.cli.licks import SOLO_HELP
from licklab.cli.times import write_time
from licklab.domain.pitch import pitch_name
from licklab.errors import LickError

if TYPE_CHECKING:
    from licklab.domain.passage import Passage
    from licklab.practice.marking.marks import AttemptMarks, NoteMark, PassMarks


def attempt(
    solo: Annotated[Path, typer.Argument(metavar="SOLO", help=SOLO_HELP)],
    played: Annotated[
        Path, typer.Argument(metavar="ATTEMPT", help="You, playing the lick: a recording.")
    ],
    lick: Annotated[
        int, typer.Option("--lick", "-n", min=1, help="Number, as `licklab licks` shows it.")
    ] = 1,
    key: Annotated[
        str | None,
        typer.Option("--key", "-k", help="In which you play it; found out if omitted."),
    ] = None,
    tempo: Annotated[
        float | None,
        typer.Option("--tempo", "-t", min=20, max=500, help="To which; found out if omitted."),
    ] = None,
    instrument: Annotated[
        str | None,
        typer.Option("--instrument", "-i", help="That you play; that of the solo if omitted."),
    ] = None,
    soloist: Annotated[
        str | None,
        typer.Option("--soloist", help="Whom to hear in SOLO, where that is a recording."),
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="All there is, as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> None:
    """Hear how you play a lick back, and mark it note by note.

    Any key, any tempo within 40 % of the lick's, as often as you like: the best time counts.
    """
    # Imported here: it takes a while, and wrong usage is told before.
    from licklab.cli.solo_file import read_solo_file
    from licklab.cli.studies import study_file
    from licklab.domain.instrument import Texture
    from licklab.domain.key import Key
    from licklab.notation.passages import draw_passage
    from licklab.practice.marking.attempt import mark_attempt, semitones_to_key
    from licklab.service.attempt_marks import write_marks

    wanted = None if key is None else Key.parse(key)
    source, study = study_file(solo, instrument=soloist, part=None, quiet=quiet)
    if lick > len(study.licks):
        raise LickError(f"want a lick from 1 to {len(study.licks)} (--lick), got {lick}")
    span = study.licks[lick - 1].span
    ids = study.line.note_ids[span.start : span.stop]
    passage = draw_passage(source.transcription, ids)
    semitones = semitones_to_key(passage, wanted)
    heard = read_solo_file(
        played,
        instrument=instrument or source.transcription.instrument,
        texture=Texture.LINE,
        quiet=quiet,
    ).transcription
    onsets = study.line.onset_sec[span.start : span.stop].tolist()
    marks = mark_attempt(
        passage,
        heard.notes,
        recorded_sec=dict(zip(ids, onsets, strict=True)),
        semitones=semitones,
        tempo_bpm=tempo,
    )
    if as_json:
        typer.echo(json.dumps(write_marks(passage, marks), ensure_ascii=False, indent=1))
        return
    for row in _rows(passage, marks, f"{played.name}: lick {lick} of {solo.name}"):
        typer.echo(row)


def _rows(passage: "Passage", marks: "AttemptMarks", title: str) -> Iterator[str]:
    from licklab.cli.line_text import WIDTH
    from licklab.service.attempt_marks import NOT_RECOGNISED

    yield f"{title}; concert pitch"
    best = marks.best
    if best is None:
        yield from textwrap.wrap(NOT_RECOGNISED, WIDTH)
        return
    for one in marks.passes:
        yield _summary(passage, one, is_best=one is best and len(marks.passes) > 1)
    yield ""
    for note in best.notes:
        yield _note_row(passage, note)
    yield ""
    for said in best.sentences:
        yield from textwrap.wrap(said.text, WIDTH, subsequent_indent="  ")


def _summary(passage: "Passage", one: "PassMarks", *, is_best: bool) -> str:
    time = f"{write_time(one.onset_sec)}-{write_time(one.offset_sec)}"
    key = passage.moved(one.semitones).key
    where = f"{one.semitones:+d} semitones" if key is None else str(key).replace(":", " ")
    tempo = f"{one.tempo_bpm:.0f} bpm ({100 * one.tempo_bpm / passage.tempo_bpm:.0f} %)"
    clean = "clean" if one.is_clean else "not clean"
    best = ", the best" if is_best else ""
    return f"{time}  {where}, {tempo}: {one.accuracy:.0%} right, {clean}{best}"


def _note_row(passage: "Passage", note: "NoteMark") -> str:
    from licklab.practice.marking.words import place_text

    place = place_text(passage, passage.notes[note.index].onset_quarter)
    late = "" if note.deviation_ms is None else f"{note.deviation_ms:+5.0f} ms"
    other = note.heard_midi not in (None, note.expected_midi)
    played = f"  {pitch_name(note.heard_midi)}" if other and note.heard_midi is not None else ""
    return (
        f"  {place:22} {pitch_name(note.expected_midi):4} {note.kind:7} {late:8}{played}".rstrip()
    )
