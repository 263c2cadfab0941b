"""What a user does with the coach: read what it says of a lick, or have it said in other words."""

import logging
import math
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from anyio import to_thread

from licklab.corpus.match import Match, SearchFilter
from licklab.domain.coaching import CoachLevel, CoachMatch, CoachSentence, CoachText
from licklab.domain.lick import LickOccurrence
from licklab.domain.solo_line import NoteSpan
from licklab.errors import CorpusError, NoLanguageModelError, QueryError
from licklab.practice.coach.coach import coach
from licklab.practice.coach.rephrasing.asking import (
    ANSWER_TOKENS_PER_CHARACTER,
    VERSION,
    read_answer,
    write_messages,
)
from licklab.practice.coach.rephrasing.guard import refuse_said, rephrase
from licklab.service.coach_rows import digest, load_answer, reserve, settle, store_answer
from licklab.service.database import Database
from licklab.service.language_model import LanguageModel, LanguageModelError
from licklab.service.lick_rows import LickRecord
from licklab.service.licks import Licks
from licklab.service.searching import Searching, Wish
from licklab.service.settings import Settings
from licklab.service.tables import Job
from licklab.studying.study import Study

log = logging.getLogger(__name__)

LEAST_SIMILARITY = 0.75
"""Of a place that is told of: at most one note of four is another."""

_MOST_FOUND = 20  # some are of one player, or of the lick's own solo
_LEFT_OUT = "the model left it out"
_NO_BUDGET = "the language model's budget of today is used up"


@dataclass(frozen=True, slots=True)
class CoachedLick:
    """What a coach says of a lick.

    Attributes
    ----------
    study : Study
        Of the solo.
    span : NoteSpan
        The lick.
    matches : tuple of CoachMatch
        That may be told of.
    text : CoachText
        What it says.
    """

    study: Study
    span: NoteSpan
    matches: tuple[CoachMatch, ...]
    text: CoachText


@dataclass(frozen=True, slots=True)
class Rephrasing:
    """What a coach says, in other words where some were found.

    Attributes
    ----------
    lick : CoachedLick
        With them.
    refused : dict of str to str
        Why a sentence stays as the rules have it, by its id.
    problem : str or None
        Why there are no other words at all.
    is_kept : bool
        Whether they were answered before, and nobody was asked.
    """

    lick: CoachedLick
    refused: dict[str, str]
    problem: str | None = None
    is_kept: bool = False


class Coaching:
    """The use cases around the coach.

    Parameters
    ----------
    database : Database
        The truth.
    licks : Licks
        Where licks are.
    searching : Searching
        Who else plays them; the corpus may be away.
    settings : Settings
        How much a language model may be asked.
    model : LanguageModel or None
        None where none is set.
    """

    def __init__(
        self,
        database: Database,
        licks: Licks,
        searching: Searching,
        settings: Settings,
        model: LanguageModel | None,
    ) -> None:
        self._database = database
        self._licks = licks
        self._searching = searching
        self._settings = settings
        self._model = model

    @property
    def has_model(self) -> bool:
        """Whether a language model is set."""
        return self._model is not None

    def say(self, lick_id: uuid.UUID, level: CoachLevel, instrument: str | None) -> CoachedLick:
        """Say what the rules say.

        Parameters
        ----------
        lick_id : UUID
            The lick.
        level : CoachLevel
            Of the player.
        instrument : str or None
            That it is to be practised on; that of the recording if None.

        Returns
        -------
        CoachedLick
            In the words of the rules.

        Raises
        ------
        UnknownLickError
            If there is none, or it is no longer found.
        LickError
            If its notes are no longer there.
        UnknownInstrumentError
            If no instrument has that name.
        """
        _, record = self._licks.get(lick_id)
        job_id, study, span = self._licks.locate(lick_id)
        matches = self._find_elsewhere(lick_id, job_id)
        text = coach(
            study.line,
            study.analysis,
            span,
            instrument=instrument or self._instrument_of(job_id),
            level=level,
            again=_other_places(record, study),
            matches=matches,
        )
        return CoachedLick(study, span, matches, text)

    async def say_in_other_words(
        self, lick_id: uuid.UUID, level: CoachLevel, instrument: str | None
    ) -> Rephrasing:
        """Say what the rules say, in the words of a language model where it says nothing else.

        Parameters
        ----------
        lick_id : UUID
            The lick.
        level : CoachLevel
            Of the player.
        instrument : str or None
            That it is to be practised on; that of the recording if None.

        Returns
        -------
        Rephrasing
            Sentences that the model has wrong stay as they are; so do all when it does not answer.

        Raises
        ------
        NoLanguageModelError
            If none is set.
        UnknownLickError
            If there is no such lick, or it is no longer found.
        LickError
            If its notes are no longer there.
        UnknownInstrumentError
            If no instrument has that name.
        """
        if self._model is None:
            raise NoLanguageModelError(
                "want a language model (LANGUAGE_MODEL_URL and LANGUAGE_MODEL_NAME), got none: "
                "the coach speaks in its own words"
            )
        said = await to_thread.run_sync(self.say, lick_id, level, instrument)
        messages = write_messages(said.text.sentences)
        key = digest(f"{VERSION} {self._model.url} {self._model.name}", messages)
        kept = await to_thread.run_sync(self._load, key)
        if kept is not None:
            return _put_in(said, kept, is_kept=True)
        try:
            answers = await self._ask(self._model, said.text.sentences, messages)
        except LanguageModelError as error:
            log.warning("the coach in its own words: %s", error)
            return _give_up(said, str(error))
        if answers:
            await to_thread.run_sync(self._store, key, answers)
        return _put_in(said, answers, is_kept=False)

    async def _ask(
        self,
        model: LanguageModel,
        sentences: Sequence[CoachSentence],
        messages: list[dict[str, str]],
    ) -> dict[str, str]:
        asked = sum(len(one["content"]) for one in messages)
        said = sum(len(one.text) + len(one.id) for one in sentences)
        most = math.ceil(2 * ANSWER_TOKENS_PER_CHARACTER * said) + 100
        # A token is a character at least, so that no call can use more than is taken for it.
        room = asked + most
        settings = self._settings
        limits = settings.language_model_calls_per_day, settings.language_model_tokens_per_day
        day = await to_thread.run_sync(self._reserve, room, *limits)
        if day is None:
            raise LanguageModelError(_NO_BUDGET)
        # What is taken for a call that fails stays taken: its provider may count it.
        answer = await model.ask(messages, most)
        if answer.tokens is not None:
            await to_thread.run_sync(self._settle, day, room, answer.tokens)
        return read_answer(answer.content, sentences)

    def _find_elsewhere(self, lick_id: uuid.UUID, job_id: uuid.UUID) -> tuple[CoachMatch, ...]:
        try:
            wish = Wish(SearchFilter(), _MOST_FOUND)
            found = [one.match for one in self._searching.by_lick(lick_id, wish)]
        except QueryError:
            return ()  # too short to be looked for
        except CorpusError as error:
            log.warning("the coach without other players: %s", error)
            return ()
        return choose_matches([one for one in found if one.info.job_id != str(job_id)])

    def _instrument_of(self, job_id: uuid.UUID) -> str:
        with self._database.reading() as session:
            return session.get_one(Job, job_id).instrument

    def _load(self, key: str) -> dict[str, str] | None:
        with self._database.reading() as session:
            return load_answer(session, key)

    def _store(self, key: str, answers: dict[str, str]) -> None:
        with self._database.transaction() as session:
            store_answer(session, key, answers)

    def _reserve(self, tokens: int, calls_a_day: int, tokens_a_day: int) -> date | None:
        with self._database.transaction() as session:
            return reserve(session, tokens, calls_a_day, tokens_a_day)

    def _settle(self, day: date, reserved: int, used: int) -> None:
        with self._database.transaction() as session:
            settle(session, day, reserved, used)


def choose_matches(found: Sequence[Match]) -> tuple[CoachMatch, ...]:
    """Choose which places elsewhere are told of.

    Parameters
    ----------
    found : sequence of Match
        Of a search for the lick, the most alike first.

    Returns
    -------
    tuple of CoachMatch
        Those that are alike enough, one of each player and title.
    """
    chosen: dict[tuple[str, str], CoachMatch] = {}
    for one in found:
        similarity = max(1.0 - one.cost, 0.0)
        who = (one.info.performer, one.info.title if not one.info.performer else "")
        if similarity < LEAST_SIMILARITY or who in chosen:
            continue
        bars = (one.bar,) if one.beat else ()
        chosen[who] = CoachMatch(
            one.info.performer, one.info.title, bars, similarity, one.info.id
        )  # fmt: skip
    return tuple(chosen.values())


def _other_places(record: LickRecord, study: Study) -> tuple[LickOccurrence, ...]:
    """Give the other places of a lick, as far as their notes are still there."""
    places = {one: i for i, one in enumerate(study.line.note_ids)}
    found = []
    for one in record.body["occurrences"][1:]:
        notes = [places.get(note, -1) for note in one["note_ids"]]
        if notes and notes[0] >= 0 and notes == list(range(notes[0], notes[0] + len(notes))):
            span = NoteSpan(notes[0], notes[-1] + 1)
            found.append(LickOccurrence(span, one["transposition_semitones"], one["similarity"]))
    return tuple(found)


def _put_in(said: CoachedLick, answers: dict[str, str], *, is_kept: bool) -> Rephrasing:
    """Put other words in where they say the same."""
    sentences, refused = [], {}
    for one in said.text.sentences:
        answer = answers.get(one.id)
        reason = _LEFT_OUT if answer is None else refuse_said(one, answer)
        if reason is not None:
            refused[one.id] = reason
        words = None if answer is None else rephrase(one, answer)
        # The same words are no other ones.
        sentences.append(replace(one, rephrased=None if words == one.text else words))
    text = replace(said.text, sentences=tuple(sentences))
    return Rephrasing(replace(said, text=text), refused, is_kept=is_kept)


def _give_up(said: CoachedLick, problem: str) -> Rephrasing:
    return Rephrasing(said, {one.id: problem for one in said.text.sentences}, problem)
