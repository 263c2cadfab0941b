"""Between the language model and its rows: what is left of a day's budget, what was answered.

PostgreSQL keeps both: all processes of the API see one count, and one statement both asks whether
there is room and takes it, so that two requests at once cannot both take the last call. Redis only
carries messages here and may be emptied.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import delete, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from licklab.service.coach_tables import CoachAnswerRow, CoachUsageRow

# An answer that nobody has asked for in so long is about a lick that is long learnt or gone.
_KEPT = timedelta(days=180)
_MOST_TOKENS = 2**40  # of one call; what a provider says beyond that is no count


def reserve(session: Session, tokens: int, most_calls: int, most_tokens: int) -> date | None:
    """Take a call and some tokens out of the budget of today.

    Parameters
    ----------
    session : Session
        Of a transaction.
    tokens : int
        As many as the call can use at most.
    most_calls, most_tokens : int
        Of a day.

    Returns
    -------
    date or None
        The day that it is taken from; None where there is not so much left.
    """
    if most_calls < 1 or tokens > most_tokens:
        return None
    row = CoachUsageRow
    today = datetime.now(UTC).date()
    statement = (
        insert(row)
        .values(day=today, calls=1, tokens=tokens)
        .on_conflict_do_update(
            index_elements=[row.day],
            set_={"calls": row.calls + 1, "tokens": row.tokens + tokens},
            where=(row.calls < most_calls) & (row.tokens + tokens <= most_tokens),
        )
        .returning(row.day)
    )
    return session.scalar(statement)


def settle(session: Session, day: date, reserved: int, used: int) -> None:
    """Put right what a call has used.

    Parameters
    ----------
    session : Session
        Of a transaction.
    day : date
        That it was taken from.
    reserved, used : int
        Tokens taken, and tokens used as the provider counts.
    """
    more = min(used, _MOST_TOKENS) - reserved
    row = CoachUsageRow
    session.execute(update(row).where(row.day == day).values(tokens=row.tokens + more))


def digest(asked: str, messages: Sequence[Mapping[str, str]]) -> str:
    """Make the key of an answer.

    Parameters
    ----------
    asked : str
        Who is asked, and in which version of the question.
    messages : sequence of mapping
        What is asked.

    Returns
    -------
    str
        64 hexadecimal digits; another question has others.
    """
    text = json.dumps([asked, list(messages)], ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def load_answer(session: Session, key: str) -> dict[str, str] | None:
    """Look up what was answered.

    Parameters
    ----------
    session : Session
        To read with.
    key : str
        Of `digest`.

    Returns
    -------
    dict of str to str, or None
        By the ids of sentences; None where nothing was.
    """
    row = session.get(CoachAnswerRow, key)
    return None if row is None else dict(row.body)


def store_answer(session: Session, key: str, said: Mapping[str, str]) -> None:
    """Keep what was answered, and let go of what is old.

    Parameters
    ----------
    session : Session
        Of a transaction.
    key : str
        Of `digest`.
    said : mapping of str to str
        By the ids of sentences.
    """
    kept = {name: text for name, text in said.items() if _can_be_kept(text)}
    statement = insert(CoachAnswerRow).values(key=key, body=kept)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[CoachAnswerRow.key], set_={"body": kept, "created_at": func.now()}
        )
    )
    session.execute(delete(CoachAnswerRow).where(CoachAnswerRow.created_at < func.now() - _KEPT))


def _can_be_kept(text: str) -> bool:
    """Tell whether PostgreSQL's JSON can hold a text; what it cannot is no sentence."""
    return "\0" not in text and not any("\ud800" <= one <= "\udfff" for one in text)
