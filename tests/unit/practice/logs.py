"""Sessions and licks for tests, made by hand and by hypothesis."""

import uuid
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from licklab.domain.key import Key, KeyMode
from licklab.domain.practice_log import (
    KeyOrder,
    PracticeLog,
    PracticeSession,
    PracticeSettings,
    PracticeSource,
    PractisedLick,
)
from licklab.practice.key_orders import order_keys

LICK_ID = uuid.UUID(int=7)
ZONES = (
    "UTC", "Europe/Vienna", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago",
    "Australia/Lord_Howe", "Asia/Kathmandu", "America/Sao_Paulo",
)  # fmt: skip
"""From 14 hours before Greenwich to 11 after it, with quarters of hours, and clocks that change."""
BEGIN = datetime(2026, 3, 1, 12, tzinfo=UTC)


def session(
    moment: datetime = BEGIN,
    *,
    key: str = "F:major",
    tempo_bpm: float = 100.0,
    is_clean: bool = True,
    accuracy: float | None = None,
    passes: int = 1,
    zone: str = "UTC",
    session_id: int | None = None,
) -> PracticeSession:
    return PracticeSession(
        id=uuid.uuid4() if session_id is None else uuid.UUID(int=session_id),
        lick_id=LICK_ID,
        lick_name="Home",
        key=Key.parse(key),
        played_at=moment,
        time_zone=zone,
        tempo_bpm=tempo_bpm,
        original_bpm=100.0,
        is_clean=is_clean,
        accuracy=accuracy,
        passes=passes,
    )


def lick(number: int = 7, home: str = "F:major", target_bpm: float | None = 100.0) -> PractisedLick:
    lick_id = uuid.UUID(int=number)
    return PractisedLick(
        id=lick_id,
        name=f"Lick {number}",
        home_key=Key.parse(home),
        keys=order_keys(Key.parse(home), KeyOrder.FOURTHS, lick_id),
        order=KeyOrder.FOURTHS,
        added_at=BEGIN + timedelta(hours=number),
        original_bpm=target_bpm,
        target_bpm=target_bpm,
    )


_MINUTES_OF_TWO_YEARS = 2 * 365 * 24 * 60
moments = st.integers(0, _MINUTES_OF_TWO_YEARS).map(lambda k: BEGIN + timedelta(minutes=k))
# Around the ends of summer time in Europe, America and Australia, where a day has 23, 24.5 or 25 h.
changes_of_clocks = st.sampled_from(
    [datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC),
     datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 11, 1, 6, tzinfo=UTC),
     datetime(2026, 4, 4, 15, tzinfo=UTC), datetime(2026, 10, 3, 15, 30, tzinfo=UTC)]
)  # fmt: skip
near_changes = st.builds(
    lambda moment, minutes: moment + timedelta(minutes=minutes),
    changes_of_clocks,
    st.integers(-3 * 24 * 60, 3 * 24 * 60),
)
keys = st.builds(Key.of_pitch_class, st.integers(0, 11), st.sampled_from(KeyMode))
zones = st.sampled_from(ZONES)
tempos = st.floats(10, 1000)
names = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=200)
sessions = st.builds(
    PracticeSession,
    id=st.uuids(),
    lick_id=st.just(LICK_ID),
    lick_name=names,
    key=keys,
    played_at=moments | near_changes,
    time_zone=zones,
    tempo_bpm=tempos,
    original_bpm=st.none() | tempos,
    is_clean=st.booleans(),
    accuracy=st.none() | st.floats(0, 1),
    passes=st.integers(1, 10_000),
    duration_sec=st.none() | st.floats(0, 86_400),
    source=st.sampled_from(PracticeSource),
)
# Of one card; less is drawn for each.
plays = st.builds(
    session,
    moments | near_changes,
    tempo_bpm=st.integers(20, 200),
    is_clean=st.booleans(),
    accuracy=st.none() | st.floats(0, 1),
    passes=st.integers(1, 9),
    zone=zones,
    session_id=st.integers(0, 2**64),
)
histories = st.lists(plays, min_size=1, max_size=15, unique_by=lambda one: one.id)
licks = st.builds(
    PractisedLick,
    id=st.uuids(),
    name=names,
    home_key=keys,
    keys=st.lists(keys, unique=True, max_size=12).map(tuple),
    order=st.sampled_from(KeyOrder),
    added_at=moments,
    original_bpm=st.none() | tempos,
    target_bpm=st.none() | tempos,
    job_id=st.none() | st.uuids(),
    job_title=st.just("") | names,
    bars=st.just(()) | st.tuples(st.integers(-9, 99), st.integers(100, 999)),
)
logs = st.builds(
    PracticeLog,
    licks=st.lists(licks, max_size=5).map(tuple),
    sessions=st.lists(sessions, max_size=8).map(tuple),
    settings=st.builds(
        PracticeSettings,
        time_zone=zones,
        new_keys_a_day=st.integers(0, 12),
        order=st.sampled_from(KeyOrder),
    ),
)
