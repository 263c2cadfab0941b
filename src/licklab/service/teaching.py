"""The use cases of teachers and students, joined once."""

from dataclasses import dataclass

from licklab.service.assigned_licks import AssignedLicks
from licklab.service.assignment_results import Results
from licklab.service.assignments import Assignments
from licklab.service.database import Database
from licklab.service.licks import Licks
from licklab.service.mending import Mending
from licklab.service.share_links import ShareLinks
from licklab.service.shared import Shared


@dataclass(frozen=True, slots=True)
class Teaching:
    """What requests about assignments use.

    Attributes
    ----------
    assignments : Assignments
        Made and changed by teachers.
    links : ShareLinks
        Made and revoked by teachers.
    licks : AssignedLicks
        Of assignments.
    shared : Shared
        What students do.
    results : Results
        What comes back from them.
    """

    assignments: Assignments
    links: ShareLinks
    licks: AssignedLicks
    shared: Shared
    results: Results


def build_teaching(database: Database, licks: Licks, mending: Mending) -> Teaching:
    """Join them.

    Parameters
    ----------
    database : Database
        The truth.
    licks : Licks
        Where licks are found.
    mending : Mending
        Where results are read.

    Returns
    -------
    Teaching
        Ready for requests.
    """
    assigned = AssignedLicks(database, licks, mending)
    return Teaching(
        Assignments(database),
        ShareLinks(database),
        assigned,
        Shared(database, assigned),
        Results(database),
    )
