"""Attempts at Weimar licks with known errors: those are to be marked, and nothing else.

    python -m benchmarks.practice.attempts [--part test|validation] [--attempts 120] [--peer]

Licks of players that nothing was chosen on are played by sampled and invented instruments: at 70 to
130 % of their tempo, which drifts by up to 4 %, in any key, each onset uneven by 8 ms (one standard
deviation), with notes before them in three of ten. One note in seven is wrong by one or two
semitones, missed, early or late by 40 to 200 ms (as far as it stays between its neighbours), or
followed by a note too many. They are rendered, heard by the engine, and marked. The same notes
without rendering tell errors of marking from errors of hearing.

Half of the attempts are played where the page writes the notes and half where the soloist of the
recording plays them. Needs the soundfonts (`scripts/install_sounds.sh`).
"""

import argparse
import pickle
from collections.abc import Callable, Sequence

import numpy as np

from benchmarks.practice.attempt_peer import mark_by_dtw
from benchmarks.practice.attempt_scenes import (
    BUILD,
    Attempt,
    ErrorKind,
    play_attempts,
    read_licks,
    render_attempt,
)
from benchmarks.practice.attempt_scores import Hearing, Tally, Told, tell
from licklab.domain.instrument import Texture, find_instrument
from licklab.domain.note import Note
from licklab.engine.pipeline import Listener
from licklab.practice.marking.attempt import mark_attempt

Notes = tuple[Note, ...]
_SOUNDS = ("as played", "heard, dry", "heard, room")
_ANOTHER = 37  # licks further, for attempts that are marked as those at another lick


def main() -> None:
    """Print what is heard, then what is marked, by kind of error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=("test", "validation"), default="test")
    parser.add_argument("--attempts", type=int, default=120)
    parser.add_argument("--peer", action="store_true")
    asked = parser.parse_args()
    for as_recorded in (False, True):
        where = "as the soloist plays" if as_recorded else "as written"
        attempts = play_attempts(asked.part, asked.attempts, as_recorded=as_recorded)
        heard = _hear(asked.part, attempts, as_recorded=as_recorded)
        n_errors = sum(len(one.errors) for one in attempts)
        print(f"\n{len(attempts)} attempts, played {where}; {n_errors} errors")
        for name in _SOUNDS[1:]:
            _print_hearing(name, attempts, heard[name])
        for name in _SOUNDS:
            if not as_recorded:
                _print_marks(f"{name}, by the page", attempts, heard[name], _by_page)
            _print_marks(f"{name}, by page and soloist", attempts, heard[name], _by_soloist)
            if asked.peer and not as_recorded:
                _print_marks(f"{name}, plain DTW", attempts, heard[name], mark_by_dtw)
        _print_strangers(attempts, heard[_SOUNDS[2]])
    _print_soloists(asked.part, 3 * asked.attempts)


def _by_page(attempt: Attempt, heard: Notes) -> Told:
    return tell(mark_attempt(attempt.lick.passage, heard).best)


def _by_soloist(attempt: Attempt, heard: Notes) -> Told:
    lick = attempt.lick
    return tell(mark_attempt(lick.passage, heard, recorded_sec=lick.recorded_sec).best)


def _hear(part: str, attempts: Sequence[Attempt], *, as_recorded: bool) -> dict[str, list[Notes]]:
    """Render and hear all attempts, or find them heard."""
    path = BUILD / f"heard-{part}-{len(attempts)}-{'recorded' if as_recorded else 'written'}.pickle"
    if not path.exists():
        listener = Listener()
        found: dict[str, list[Notes]] = {name: [] for name in _SOUNDS[1:]}
        for one in attempts:
            for name in found:
                sound = render_attempt(one, in_room=name == _SOUNDS[2])
                instrument = find_instrument(one.instrument)
                heard = listener.transcribe(sound, instrument, texture=Texture.LINE)
                found[name].append(heard.notes)
        path.write_bytes(pickle.dumps(found))
    kept: dict[str, list[Notes]] = pickle.loads(path.read_bytes())  # noqa: S301 - our own
    return {_SOUNDS[0]: [one.played for one in attempts], **kept}


def _print_hearing(name: str, attempts: Sequence[Attempt], heard: Sequence[Notes]) -> None:
    hearing = Hearing()
    for one, notes in zip(attempts, heard, strict=True):
        hearing.add(one.played, notes)
    off = np.abs(hearing.off_ms)
    print(
        f"{name:12} recall {hearing.n_matched / hearing.n_played:.3f}  "
        f"precision {hearing.n_matched / max(1, hearing.n_heard):.3f}  "
        f"onsets off by {np.std(hearing.off_ms):.1f} ms (standard deviation), "
        f"95 % within {np.percentile(off, 95):.0f}, {np.mean(off > 30):.2%} beyond 30; "
        f"unsure (< .8) of {np.mean(np.array(hearing.sure_right) < 0.8):.1%} of the notes there "
        f"and {np.mean(np.array(hearing.sure_wrong) < 0.8):.0%} of those not there"
    )


def _print_marks(
    name: str,
    attempts: Sequence[Attempt],
    heard: Sequence[Notes],
    mark: Callable[[Attempt, Notes], Told],
) -> None:
    tally = Tally()
    for one, notes in zip(attempts, heard, strict=True):
        tally.add(one, mark(one, notes))
    precision, recall, f1 = tally.rates()
    print(
        f"{name:32} F1 {f1:.3f} (P {precision:.3f}, R {recall:.3f})  clean notes left alone "
        f"{tally.left_alone:.2%} of {tally.n_clean}  unsure {tally.n_unsure}  "
        f"not recognised {tally.n_lost}"
    )
    kinds = []
    for kind in ErrorKind:
        precision, recall, f1 = tally.rates(kind)
        there = tally.found[kind] + tally.overlooked[kind]
        kinds.append(f"{kind} {f1:.2f} (P {precision:.2f}, R {recall:.2f}, {there})")
    print(f"    {'; '.join(kinds)}", flush=True)


def _print_strangers(attempts: Sequence[Attempt], heard: Sequence[Notes]) -> None:
    """Count attempts that are taken for attempts at another lick."""
    taken = 0
    for k, notes in enumerate(heard):
        other = attempts[(k + _ANOTHER) % len(attempts)]
        taken += mark_attempt(other.lick.passage, notes).best is not None
    print(f"marked as attempts at another lick: {taken} of {len(heard)} recognised")


def _print_soloists(part: str, count: int) -> None:
    """Mark the soloists themselves: who plays a lick as they do should be left alone."""
    totals = {"by the page": [0, 0, 0, 0], "by page and soloist": [0, 0, 0, 0]}
    licks = read_licks(part, count)
    for lick in licks:
        notes = [
            Note(lick.recorded_sec[one.id], lick.recorded_sec[one.id] + 0.1, one.pitch_midi, 80, 1)
            for one in lick.passage.notes
        ]
        notes.sort(key=lambda one: one.onset_sec)
        for name, recorded in zip(totals, ({}, lick.recorded_sec), strict=True):
            best = mark_attempt(lick.passage, notes, recorded_sec=recorded).best
            if best is not None:
                late = sum(one.kind.value in ("early", "late") for one in best.notes)
                error = sum(one.kind.is_error for one in best.notes)
                for k, more in enumerate((len(best.notes), late, error, best.is_clean)):
                    totals[name][k] += more
    for name, (count, late, error, clean) in totals.items():
        print(
            f"the soloists' own {len(licks)} licks, {name}: {late / count:.1%} of {count} notes "
            f"early or late, {error / count:.1%} any error; {clean} clean"
        )


if __name__ == "__main__":
    main()
