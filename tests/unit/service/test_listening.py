import math

import pytest

from licklab.domain.instrument import INSTRUMENTS
from licklab.domain.mode import Mode
from licklab.domain.region import Region
from licklab.errors import InputError
from licklab.service.listening import Listening
from licklab.service.tables import Job

_GUITAR = Listening(INSTRUMENTS["guitar"], Mode.LINE, Region(10.0, 20.0))


@pytest.mark.parametrize(
    ("fields", "changed"),
    [
        ({}, _GUITAR),
        ({"instrument": "ts"}, Listening(INSTRUMENTS["tenor_sax"], Mode.LINE, Region(10.0, 20.0))),
        ({"mode": "AUTO"}, Listening(INSTRUMENTS["guitar"], Mode.AUTO, Region(10.0, 20.0))),
        ({"end_sec": 15}, Listening(INSTRUMENTS["guitar"], Mode.LINE, Region(10.0, 15.0))),
        ({"start_sec": "12.5"}, Listening(INSTRUMENTS["guitar"], Mode.LINE, Region(12.5, 20.0))),
        ({"start_sec": None, "end_sec": ""}, Listening(INSTRUMENTS["guitar"], Mode.LINE)),
    ],
)
def test_what_is_named_changes_and_the_rest_stays(
    fields: dict[str, object], changed: Listening
) -> None:
    assert _GUITAR.changed(fields) == changed


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"start": 3}, "want no fields but instrument, mode, start_sec, end_sec; got 'start'"),
        ({"instrument": None}, "want instrument as text, got None"),
        ({"instrument": "kazoo"}, "want an instrument"),
        ({"mode": 1}, "want mode as text, got 1"),
        ({"mode": ""}, "want a mode, one of auto, line, polyphonic; got ''"),
        ({"start_sec": "0:15"}, "want start_sec as seconds, such as 12.5; got '0:15'"),
        ({"start_sec": True}, "want start_sec as seconds"),
        ({"end_sec": [3]}, "want end_sec as seconds"),
        ({"end_sec": 10**400}, "want end_sec as seconds"),
        ({"end_sec": math.nan}, "got nan"),
        ({"start_sec": "nan"}, "got nan"),
        ({"start_sec": -1}, "0 or more; got -1.0"),
        ({"start_sec": 30}, "start is before its end, got start_sec=30.0, end_sec=20.0"),
    ],
)
def test_a_change_that_cannot_be_is_refused(fields: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        _GUITAR.changed(fields)


def test_a_row_keeps_it() -> None:
    job = Job()
    _GUITAR.write_to(job)
    assert Listening.of(job) == _GUITAR
