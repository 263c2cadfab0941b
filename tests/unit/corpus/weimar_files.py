"""Small files in the layout of the Weimar Jazz Database, for tests."""

import sqlite3
from contextlib import closing
from pathlib import Path


def write_weimar(path: Path, statements: tuple[str, ...] = (), *, n_solos: int = 2) -> None:
    """Write a file of a few solos, each of eight eighths over Dm7 and G7, and change it."""
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            "CREATE TABLE solo_info (melid INTEGER PRIMARY KEY, trackid, recordid, performer TEXT,"
            " title TEXT, titleaddon TEXT, instrument TEXT, style TEXT, avgtempo REAL, key TEXT);"
            "CREATE TABLE record_info (recordid INTEGER PRIMARY KEY, releasedate TEXT);"
            "CREATE TABLE transcription_info (melid INTEGER PRIMARY KEY, filename_sv TEXT);"
            "CREATE TABLE melody "
            "(melid, eventid, onset, duration, pitch, bar, beat, division, tatum);"
            "CREATE TABLE beats (melid, beatid, onset, bar, beat, signature, chord);"
            "CREATE TABLE sections (melid, type, start, end, value);"
            "CREATE TABLE db_info (version TEXT);"
            "INSERT INTO db_info VALUES ('2.1');"
        )
        for melid in range(1, n_solos + 1):
            _write_solo(database, melid)
        for statement in statements:
            database.execute(statement)
        database.commit()


def _write_solo(database: sqlite3.Connection, melid: int) -> None:
    database.execute(
        "INSERT INTO solo_info VALUES (?, 1, ?, 'Anna', ?, '', 'ts-c', 'COOL', 120.0, 'C-maj')",
        (melid, melid, f"Tune {melid}"),
    )
    database.execute("INSERT INTO record_info VALUES (?, '15.11.1957')", (melid,))
    database.execute(
        "INSERT INTO transcription_info VALUES (?, ?)", (melid, f"Anna_Tune{melid}_FINAL.sv")
    )
    for i, pitch in enumerate((62, 65, 69, 72, 71, 67, 65, 62)):
        values = (
            melid, 8 * melid + i, 1 + 0.25 * i, 0.2, float(pitch), 1, i // 2 + 1, 2, i % 2 + 1,
        )  # fmt: skip
        database.execute("INSERT INTO melody VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    for i, chord in enumerate(("D-7", "", "G7", "", "", "Cj7", "", "")):
        beat = (melid, i, 1 + 0.5 * i, i // 4 + 1, i % 4 + 1, "4/4" if i == 0 else "", chord)
        database.execute("INSERT INTO beats VALUES (?, ?, ?, ?, ?, ?, ?)", beat)
    database.execute("INSERT INTO sections VALUES (?, 'PHRASE', 0, 3, '1')", (melid,))
    database.execute("INSERT INTO sections VALUES (?, 'IDEA', 0, 7, 'lick')", (melid,))
    database.execute("INSERT INTO sections VALUES (?, 'PHRASE', 4, 7, '2')", (melid,))
