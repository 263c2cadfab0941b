"""Links to assignments, and what comes back through them, as teachers get them."""

import uuid
from datetime import datetime

from pydantic import BaseModel, Field

from licklab.service.assignment_results import Result
from licklab.service.share_links import ShareLink
from licklab.service.tokens import Token


class LinkOut(BaseModel):
    """A link to an assignment, without its secret."""

    id: uuid.UUID
    label: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    is_open: bool
    n_answers: int

    @classmethod
    def from_link(cls, one: ShareLink) -> "LinkOut":
        """Show a link.

        Parameters
        ----------
        one : ShareLink
            As it is stored.

        Returns
        -------
        LinkOut
            The same as JSON.
        """
        return cls(
            id=one.id,
            label=one.label,
            created_at=one.created_at,
            expires_at=one.expires_at,
            revoked_at=one.revoked_at,
            is_open=one.is_open,
            n_answers=one.n_answers,
        )


class MadeLinkOut(LinkOut):
    """A link that was just made: its secret is told this once."""

    token: str
    page: str = Field(description="Path of the page for students, below this service's address.")

    @classmethod
    def from_made(cls, one: ShareLink, token: Token) -> "MadeLinkOut":
        """Show a link that was just made.

        Parameters
        ----------
        one : ShareLink
            As it is stored.
        token : Token
            Of it.

        Returns
        -------
        MadeLinkOut
            The same as JSON.
        """
        plain = LinkOut.from_link(one)
        return cls(**dict(plain), token=token.text, page=f"/shared/{token.text}")


class LinkList(BaseModel):
    """The links of an assignment, closed ones too, the newest first."""

    items: list[LinkOut]


class AnsweredOut(BaseModel):
    """A question as a student answered it."""

    lick: int
    title: str
    question: str
    choice: str | None = Field(description="Null where nothing was chosen.")
    right: str
    is_right: bool


class ResultOut(BaseModel):
    """What one student answered at one time."""

    id: uuid.UUID
    student: str
    link_id: uuid.UUID
    link_label: str
    sent_at: datetime
    took_sec: float | None
    n_right: int
    n_asked: int
    answers: list[AnsweredOut]

    @classmethod
    def from_result(cls, one: Result) -> "ResultOut":
        """Show a result.

        Parameters
        ----------
        one : Result
            Of a student.

        Returns
        -------
        ResultOut
            The same as JSON.
        """
        return cls(
            id=one.id,
            student=one.student,
            link_id=one.link_id,
            link_label=one.link_label,
            sent_at=one.sent_at,
            took_sec=one.took_sec,
            n_right=one.n_right,
            n_asked=one.n_asked,
            answers=[
                AnsweredOut(
                    lick=each.lick,
                    title=each.title,
                    question=each.question,
                    choice=each.choice,
                    right=each.right,
                    is_right=each.is_right,
                )
                for each in one.answers
            ],
        )


class ResultList(BaseModel):
    """What students answered, the newest first."""

    items: list[ResultOut]
