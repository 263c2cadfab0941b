"""What a teacher does with assignments: make, look, change, delete."""

import uuid
from dataclasses import replace

from sqlalchemy import delete, func, select

from licklab.service.assignment_rows import (
    Assignment,
    Wishes,
    load_assignment,
    no_such_assignment,
    read_row,
    write_licks,
    write_row,
)
from licklab.service.assignment_tables import AssignedLickRow, AssignmentRow
from licklab.service.database import Database


class Assignments:
    """The use cases of teachers; each call is one transaction.

    Parameters
    ----------
    database : Database
        The truth.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self) -> list[Assignment]:
        """List all assignments.

        Returns
        -------
        list of Assignment
            The newest first.
        """
        with self._database.transaction() as session:
            order = (AssignmentRow.created_at.desc(), AssignmentRow.id)
            rows = session.scalars(select(AssignmentRow).order_by(*order)).all()
            return [read_row(session, row) for row in rows]

    def make(self, wishes: Wishes) -> Assignment:
        """Make an assignment.

        Parameters
        ----------
        wishes : Wishes
            What it says.

        Returns
        -------
        Assignment
            Without links.

        Raises
        ------
        UnknownLickError
            If one of the licks is none.
        """
        row = AssignmentRow(id=uuid.uuid4())
        with self._database.transaction() as session:
            write_row(row, wishes)
            session.add(row)
            session.flush()
            write_licks(session, row.id, wishes.licks)
            session.refresh(row)
            return read_row(session, row)

    def get(self, assignment_id: uuid.UUID) -> Assignment:
        """Look an assignment up.

        Parameters
        ----------
        assignment_id : UUID
            Which.

        Returns
        -------
        Assignment
            As it is now.

        Raises
        ------
        UnknownAssignmentError
            If there is none.
        """
        with self._database.transaction() as session:
            return load_assignment(session, assignment_id)

    def change(self, assignment_id: uuid.UUID, **changes: object) -> Assignment:
        """Change an assignment.

        Parameters
        ----------
        assignment_id : UUID
            Which.
        **changes : object
            Members of `Wishes` that are different; links and answers stay.

        Returns
        -------
        Assignment
            As it is after that.

        Raises
        ------
        UnknownAssignmentError
            If there is none.
        UnknownLickError
            If one of the licks is none.
        AssignmentError
            If it cannot be so.
        """
        with self._database.transaction() as session:
            row = session.get(AssignmentRow, assignment_id, with_for_update=True)
            if row is None:
                raise no_such_assignment(assignment_id)
            before = read_row(session, row).wishes
            wishes = replace(before, **changes)  # type: ignore[arg-type] # members by name
            write_row(row, wishes)
            row.updated_at = func.now()
            if "licks" in changes:
                session.execute(
                    delete(AssignedLickRow).where(AssignedLickRow.assignment_id == row.id)
                )
                session.expire_all()
                write_licks(session, row.id, wishes.licks)
            session.flush()
            session.refresh(row)
            return read_row(session, row)

    def delete(self, assignment_id: uuid.UUID) -> None:
        """Delete an assignment with its links and answers.

        Parameters
        ----------
        assignment_id : UUID
            Which.

        Raises
        ------
        UnknownAssignmentError
            If there is none.
        """
        with self._database.transaction() as session:
            row = session.get(AssignmentRow, assignment_id)
            if row is None:
                raise no_such_assignment(assignment_id)
            session.delete(row)
