"""Links to assignments: made, listed, revoked, opened.

Who holds a link is no user of the service: the link opens one assignment, until it expires or is
revoked, and nothing else.
"""

import hmac
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from licklab.errors import AssignmentError, UnknownAssignmentError, UnknownLinkError
from licklab.service.assignment_rows import no_such_assignment
from licklab.service.assignment_tables import AnswersRow, AssignmentRow, ShareLinkRow
from licklab.service.database import Database
from licklab.service.tokens import Token, digest_token, make_token

USUAL_DAYS, MOST_DAYS = 30, 365
"""That a link is open."""
_MOST_LINKS = 50


@dataclass(frozen=True, slots=True)
class ShareLink:
    """A link as it is stored.

    Attributes
    ----------
    id, assignment_id : UUID
        Its own, and its assignment's.
    label : str
        For whom it is; empty where nobody said.
    created_at, expires_at : datetime
        When it was made, and until when it is open.
    revoked_at : datetime or None
        When it was closed before its time.
    is_open : bool
        Whether it opens anything now.
    n_answers : int
        Times that somebody answered through it.
    """

    id: uuid.UUID
    assignment_id: uuid.UUID
    label: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    is_open: bool
    n_answers: int


class ShareLinks:
    """The use cases around links; each call is one transaction.

    Parameters
    ----------
    database : Database
        The truth, and the clock.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def make(
        self, assignment_id: uuid.UUID, label: str = "", days: int = USUAL_DAYS
    ) -> tuple[ShareLink, Token]:
        """Make a link.

        Parameters
        ----------
        assignment_id : UUID
            What it opens.
        label : str
            For whom it is.
        days : int, 1 to 365
            That it is open.

        Returns
        -------
        link : ShareLink
            That was made.
        token : Token
            Told this once.

        Raises
        ------
        UnknownAssignmentError
            If there is no such assignment.
        AssignmentError
            If it has too many links, or this one were open too long.
        """
        if not 1 <= days <= MOST_DAYS:
            raise AssignmentError(f"want a link for 1 to {MOST_DAYS} days, got {days}")
        token = make_token()
        with self._database.transaction() as session:
            # Locked, so that two at once do not make one too many.
            if session.get(AssignmentRow, assignment_id, with_for_update=True) is None:
                raise no_such_assignment(assignment_id)
            mine = ShareLinkRow.assignment_id == assignment_id
            count = session.scalar(select(func.count()).select_from(ShareLinkRow).where(mine)) or 0
            if count >= _MOST_LINKS:
                raise AssignmentError(f"want at most {_MOST_LINKS} links, got one more")
            row = ShareLinkRow(
                id=uuid.uuid4(), assignment_id=assignment_id, label=label,
                token_digest=token.digest, expires_at=func.now() + timedelta(days=days),
            )  # fmt: skip
            session.add(row)
            session.flush()
            session.refresh(row)
            return _read(session, row), token

    def list(self, assignment_id: uuid.UUID) -> list[ShareLink]:
        """List the links of an assignment, closed ones too.

        Parameters
        ----------
        assignment_id : UUID
            Which.

        Returns
        -------
        list of ShareLink
            The newest first.

        Raises
        ------
        UnknownAssignmentError
            If there is no such assignment.
        """
        with self._database.transaction() as session:
            if session.get(AssignmentRow, assignment_id) is None:
                raise no_such_assignment(assignment_id)
            mine = select(ShareLinkRow).where(ShareLinkRow.assignment_id == assignment_id)
            order = (ShareLinkRow.created_at.desc(), ShareLinkRow.id)
            return [_read(session, row) for row in session.scalars(mine.order_by(*order))]

    def revoke(self, assignment_id: uuid.UUID, link_id: uuid.UUID) -> None:
        """Close a link; what was answered through it stays.

        Parameters
        ----------
        assignment_id : UUID
            Which assignment.
        link_id : UUID
            Which of its links; one that is closed stays closed.

        Raises
        ------
        UnknownAssignmentError
            If there is no such assignment, or no such link of it.
        """
        with self._database.transaction() as session:
            row = session.get(ShareLinkRow, link_id, with_for_update=True)
            if row is None or row.assignment_id != assignment_id:
                raise UnknownAssignmentError(
                    f"want the id of a link to the assignment {assignment_id}, got {link_id}"
                )
            if row.revoked_at is None:
                row.revoked_at = func.now()


def open_link(session: Session, token: str, *, lock: bool = False) -> ShareLinkRow:
    """Open a link.

    Parameters
    ----------
    session : Session
        In a transaction.
    token : str
        Whatever came in its place.
    lock : bool
        Whether others who answer wait until the transaction ends.

    Returns
    -------
    ShareLinkRow
        Of a link that is open now.

    Raises
    ------
    UnknownLinkError
        Whether there was never one, or it has expired, or it was revoked.
    """
    digest = digest_token(token)
    query = select(ShareLinkRow).where(
        ShareLinkRow.token_digest == digest,
        ShareLinkRow.revoked_at.is_(None),
        ShareLinkRow.expires_at > func.now(),
    )
    row = session.scalar(query.with_for_update() if lock else query)
    if row is None or not hmac.compare_digest(row.token_digest, digest):
        raise no_such_link()
    return row


def no_such_link() -> UnknownLinkError:
    """Say that a link opens nothing, in the same words whatever the reason.

    Returns
    -------
    UnknownLinkError
        To be raised.
    """
    return UnknownLinkError(
        "want a link that is open, and something that it leads to; ask for a new one where you "
        "have it from"
    )


def _read(session: Session, row: ShareLinkRow) -> ShareLink:
    count = select(func.count()).select_from(AnswersRow).where(AnswersRow.link_id == row.id)
    is_open = select((ShareLinkRow.revoked_at.is_(None)) & (ShareLinkRow.expires_at > func.now()))
    return ShareLink(
        row.id, row.assignment_id, row.label, row.created_at, row.expires_at, row.revoked_at,
        bool(session.scalar(is_open.where(ShareLinkRow.id == row.id))),
        session.scalar(count) or 0,
    )  # fmt: skip
