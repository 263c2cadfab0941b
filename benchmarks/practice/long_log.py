"""A practice log of years: how long each view takes when it is long.

    python -m benchmarks.practice.long_log [--sessions 20000] [--licks 100] [--seed 1]

A player of 100 licks in 12 keys logs sessions over five years, on a PostgreSQL of its own. The log
is brought once as a file, then every view is asked for 20 times and the median is told; beside it
the same with a tenth of the sessions, for what grows with the log and what does not.
"""

import argparse
import random
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from licklab.domain.key import Key
from licklab.domain.practice_log import (
    KeyOrder,
    PracticeLog,
    PracticeSession,
    PracticeSettings,
    PractisedLick,
)
from licklab.formats.practice_log import read_log
from licklab.practice.key_orders import order_keys
from licklab.service import migrate
from licklab.service.database import Database
from licklab.service.embedded.postgres import EmbeddedPostgres
from licklab.service.practice_desk import PracticeDesk
from licklab.service.practice_wishes import NewSession, WantedKey, WantedSessions
from licklab.service.storage import LocalStorage

_DAYS = 5 * 365
_TIMES = 20


def make_log(n_sessions: int, n_licks: int, seed: int, now: datetime) -> PracticeLog:
    """Make a log: licks come one after another, each is played in keys that come one by one."""
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    begin = now - timedelta(days=_DAYS)
    licks = []
    for k in range(n_licks):
        lick_id = uuid.UUID(int=chance.getrandbits(128))
        home = Key.of_pitch_class(chance.randrange(12), Key("C").mode)
        keys = order_keys(home, KeyOrder.FOURTHS, lick_id)
        added = begin + timedelta(days=0.8 * _DAYS * k / n_licks)
        licks.append(
            PractisedLick(lick_id, f"Lick {k}", home, keys, KeyOrder.FOURTHS, added, 160.0, 160.0)
        )
    sessions = []
    for k in range(n_sessions):
        moment = begin + timedelta(days=_DAYS * (k + chance.random()) / n_sessions)
        known = [one for one in licks if one.added_at <= moment]
        lick = chance.choice(known)
        n_keys = min(12, 1 + (moment - lick.added_at).days // 30)
        sessions.append(
            PracticeSession(
                id=uuid.UUID(int=chance.getrandbits(128)),
                lick_id=lick.id,
                lick_name=lick.name,
                key=chance.choice(lick.keys[:n_keys]),
                played_at=moment,
                time_zone="Europe/Vienna",
                tempo_bpm=float(chance.randrange(80, 170)),
                original_bpm=160.0,
                is_clean=chance.random() < 0.8,
                passes=chance.randrange(1, 8),
                duration_sec=120.0,
            )
        )
    return PracticeLog(tuple(licks), tuple(sessions), PracticeSettings("Europe/Vienna"))


def median_ms(call: Callable[[], object]) -> float:
    """Time a call many times."""
    spent = []
    for _ in range(_TIMES):
        begin = time.perf_counter()
        call()
        spent.append(time.perf_counter() - begin)
    return 1000 * statistics.median(spent)


def measure(url: str, folder: Path, log: PracticeLog, now: datetime) -> None:
    """Bring a log, take it away, and ask for every view."""
    database = Database(url)
    migrate.upgrade(database)
    desk = PracticeDesk.over(database, LocalStorage(folder))
    begin = time.perf_counter()
    desk.transfer.bring(log, now)
    brought = time.perf_counter() - begin
    begin = time.perf_counter()
    content = b"".join(desk.transfer.take_json())
    taken = time.perf_counter() - begin
    begin = time.perf_counter()
    read_log(content)
    read = time.perf_counter() - begin
    begin = time.perf_counter()
    desk.transfer.bring(log, now)
    again = time.perf_counter() - begin
    print(f"{len(log.sessions)} sessions of {len(log.licks)} licks, {len(content) / 1e6:.1f} MB")
    print(f"  read {read:.2f} s, bring {brought:.1f} s, again {again:.1f} s, take {taken:.1f} s")
    most = max(log.licks, key=lambda lick: sum(one.lick_id == lick.id for one in log.sessions))
    n_most = sum(one.lick_id == most.id and one.key == most.keys[0] for one in log.sessions)
    new = NewSession(most.id, WantedKey(most.keys[0]), 100.0, is_clean=True)
    overview, zone = desk.overview, "Europe/Vienna"
    for name, call in (
        ("today", lambda: overview.today(zone, now, 100)),
        ("progress, 50 licks", lambda: overview.progress(zone, now, None, 50)),
        ("a lick", lambda: overview.lick(most.id)),
        ("calendar", lambda: overview.plan(zone, now)),
        ("50 sessions", lambda: desk.practising.sessions(WantedSessions(), None, 50)),
        # Each of the 20 adds one to the card.
        (f"log one (card of {n_most})", lambda: desk.practising.record(new, now)),
    ):
        print(f"  {name:28} {median_ms(call):7.1f} ms")
    database.close()


def main() -> None:
    """Measure a short log and a long one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=20_000)
    parser.add_argument("--licks", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    now = datetime.now(UTC)
    for n_sessions in (wanted.sessions // 10, wanted.sessions):
        log = make_log(n_sessions, wanted.licks, wanted.seed, now)
        with tempfile.TemporaryDirectory() as folder:
            server = EmbeddedPostgres(Path(folder) / "postgres")
            try:
                measure(server.start(), Path(folder), log, now)
            finally:
                server.stop()


if __name__ == "__main__":
    main()
