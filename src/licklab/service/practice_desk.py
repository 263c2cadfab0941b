"""All use cases of practice together, as requests use them."""

from dataclasses import dataclass

from licklab.service.database import Database
from licklab.service.practice_overview import PracticeOverview
from licklab.service.practice_transfer import PracticeTransfer
from licklab.service.practising import Practising
from licklab.service.storage import Storage


@dataclass(frozen=True, slots=True)
class PracticeDesk:
    """Where practice is logged, looked at and taken away."""

    practising: Practising
    overview: PracticeOverview
    transfer: PracticeTransfer

    @classmethod
    def over(cls, database: Database, storage: Storage) -> "PracticeDesk":
        """Put the use cases together.

        Parameters
        ----------
        database : Database
            The truth.
        storage : Storage
            The results.

        Returns
        -------
        PracticeDesk
            Ready for requests.
        """
        return cls(
            Practising(database, storage),
            PracticeOverview(database),
            PracticeTransfer(database, storage),
        )
