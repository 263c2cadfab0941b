"""A lick as it is practised: its keys and exercises as music, and the files of them."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from licklab.domain.line_analysis import Statement
from licklab.domain.passage import Passage
from licklab.domain.score import Score
from licklab.formats.score_midi import write_score_midi
from licklab.formats.score_musicxml import write_musicxml
from licklab.notation.passage_scores import PassageLook, arrange_passage
from licklab.packing.archive import PackFile, file_name
from licklab.packing.booklet import BookletLick, BookletMusic
from licklab.packing.sounds import PackRecording, sound_keys
from licklab.packing.wishes import PackWishes
from licklab.practice.exercises.exercise import Exercise
from licklab.practice.exercises.for_part import exercises_for_part
from licklab.practice.key_orders import order_keys
from licklab.practice.keys import KeyedPassage, key_of, put_in_key


@dataclass(frozen=True, slots=True)
class PackLick:
    """A lick that is to be practised.

    Attributes
    ----------
    title : str
        What it is called.
    place : str
        Where it is from, in words.
    passage : Passage
        As it was played, at concert pitch.
    statements : tuple of Statement
        What happens in it.
    recording : PackRecording or None
        Where it was played; None where there is no sound of it.
    """

    title: str
    place: str
    passage: Passage
    statements: tuple[Statement, ...] = ()
    recording: PackRecording | None = None


@dataclass(frozen=True, slots=True)
class LickMusic:
    """The music of a lick for one instrument.

    Attributes
    ----------
    original : Score
        In its own key.
    keyed : tuple of KeyedPassage
        In all keys.
    scores : tuple of Score
        Of these.
    exercises : tuple of Exercise
        In order.
    exercise_scores : tuple of Score
        Of these.
    """

    original: Score
    keyed: tuple[KeyedPassage, ...]
    scores: tuple[Score, ...]
    exercises: tuple[Exercise, ...]
    exercise_scores: tuple[Score, ...]


def make_music(lick: PackLick, following: PackLick | None, wishes: PackWishes) -> LickMusic:
    """Put a lick in keys, and make its exercises.

    Parameters
    ----------
    lick : PackLick
        The lick.
    following : PackLick or None
        Into which it leads in the exercises.
    wishes : PackWishes
        What is wanted.

    Returns
    -------
    LickMusic
        For the instrument of the wishes.

    Raises
    ------
    UnknownInstrumentError
        If no instrument has the id.
    """
    home = key_of(lick.passage)
    seed = uuid.uuid5(uuid.NAMESPACE_OID, f"{lick.title} {lick.passage.pitches_midi}")
    keys = wishes.keys or order_keys(home, wishes.order, seed)
    keyed = tuple(put_in_key(lick.passage, key, wishes.instrument) for key in keys)
    at_home = put_in_key(lick.passage, home, wishes.instrument)
    look = PassageLook(wishes.instrument, wishes.tuning, title=lick.title)
    exercises: tuple[Exercise, ...] = ()
    if wishes.has_exercises:
        after = None if following is None else following.passage
        exercises = exercises_for_part(at_home.passage, wishes.instrument, after)
    return LickMusic(
        arrange_passage(at_home.passage, look),
        keyed,
        tuple(arrange_passage(one.passage, look) for one in keyed),
        exercises,
        tuple(arrange_passage(one.passage, look) for one in exercises),
    )


def make_chapters(lick: PackLick, music: LickMusic) -> BookletLick:
    """Write the chapters of a lick for the booklet.

    Parameters
    ----------
    lick : PackLick
        The lick.
    music : LickMusic
        Of it.

    Returns
    -------
    BookletLick
        With a heading for each key and exercise.
    """
    return BookletLick(
        title=lick.title,
        place=lick.place,
        original=music.original,
        statements=lick.statements,
        keys=tuple(
            BookletMusic(_sign(str(score.key or one.key)), _key_words(one, score), score)
            for one, score in zip(music.keyed, music.scores, strict=True)
        ),
        exercises=tuple(
            BookletMusic(one.title, one.sentence, score)
            for one, score in zip(music.exercises, music.exercise_scores, strict=True)
        ),
    )


def write_files(
    lick: PackLick,
    music: LickMusic,
    wishes: PackWishes,
    folder: str,
    report: Callable[[float], None],
) -> tuple[list[PackFile], dict[str, Any]]:
    """Write the files of a lick.

    Parameters
    ----------
    lick : PackLick
        The lick.
    music : LickMusic
        Of it.
    wishes : PackWishes
        What is wanted.
    folder : str
        Of the files, in the archive.
    report : callable
        Is told the share that is done.

    Returns
    -------
    files : list of PackFile
        MusicXML and MIDI of each key, MusicXML of each exercise, sound where it is wanted.
    entry : dict
        The lick in the manifest.
    """
    files: list[PackFile] = []
    keys: list[dict[str, Any]] = []
    stems = [f"{folder}/{number:02}-{_key_name(one)}" for number, one in enumerate(music.keyed, 1)]
    for stem, one, score in zip(stems, music.keyed, music.scores, strict=True):
        files.append(PackFile(f"{stem}.musicxml", write_musicxml(score)))
        files.append(PackFile(f"{stem}.mid", write_score_midi(score)))
        keys.append(
            {
                "key": str(one.key),
                "written_key": None if score.key is None else str(score.key),
                "semitones": one.semitones,
                "n_folded": one.n_folded,
                "musicxml": f"{stem}.musicxml",
                "midi": f"{stem}.mid",
                "audio": [],
            }
        )
    exercises = []
    for number, (exercise, score) in enumerate(
        zip(music.exercises, music.exercise_scores, strict=True), 1
    ):
        name = file_name(exercise.title, "exercise").lower()
        path = f"{folder}/exercises/{number:02}-{name}.musicxml"
        files.append(PackFile(path, write_musicxml(score)))
        exercises.append(
            {
                "kind": exercise.kind.value,
                "title": exercise.title,
                "sentence": exercise.sentence,
                "note_ids": list(exercise.note_ids),
                "musicxml": path,
            }
        )
    if wishes.has_audio:
        for at, sound in sound_keys(music.keyed, wishes, lick.recording, report, wishes.soundfont):
            path = f"{stems[at]}-{sound.name}.mp3"
            files.append(PackFile(path, sound.content))
            keys[at]["audio"].append(
                {
                    "path": path,
                    "source": sound.source,
                    "speed_percent": sound.speed_percent,
                    "tempo_bpm": round(sound.tempo_bpm, 1),
                }
            )
    return files, {
        "title": lick.title,
        "place": lick.place,
        "key": str(key_of(lick.passage)),
        "tempo_bpm": round(lick.passage.tempo_bpm, 1),
        "bars": [lick.passage.first_bar, lick.passage.first_bar + lick.passage.n_bars - 1],
        "note_ids": [one.id for one in lick.passage.notes],
        "keys": keys,
        "exercises": exercises,
    }


def _key_words(one: KeyedPassage, score: Score) -> str:
    words = []
    if score.key is not None and score.key.pitch_class != one.key.pitch_class:
        words.append(f"Sounds in {_sign(str(one.key))}.")
    if one.n_folded:
        words.append("Some notes are an octave away: the lick is wider than the instrument.")
    return " ".join(words)


def _sign(key: str) -> str:
    tonic, _, mode = key.partition(":")
    name = tonic[0] + tonic[1:].replace("b", "\u266d").replace("#", "\u266f")
    return f"{name} {mode}".strip()


def _key_name(one: KeyedPassage) -> str:
    return file_name(str(one.key).replace("#", "-sharp").replace(":", "-"), "key")
