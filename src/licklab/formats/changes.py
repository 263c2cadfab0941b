"""The changes of a recording bar by bar: what charts are written from."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from licklab.domain.analysis import Analysis
from licklab.domain.chord import NO_CHORD


@dataclass(frozen=True, slots=True)
class ChangesBar:
    """One bar of changes.

    Attributes
    ----------
    number : int
        As the beats count it.
    labels : tuple of str
        Harte label of the chord on each of its beats.
    section : str
        Mark of the section that begins with it; empty for none.
    """

    number: int
    labels: tuple[str, ...]
    section: str = ""

    def changes(self, before: str | None = None) -> tuple[tuple[int, str], ...]:
        """List where chords enter.

        Parameters
        ----------
        before : str, optional
            Label in force before the bar; the first beat is always listed without one.

        Returns
        -------
        tuple of (int, str)
            Beat from 0, and label.
        """
        found = []
        last = before
        for beat, label in enumerate(self.labels):
            if label != last:
                found.append((beat, label))
                last = label
        return tuple(found)


def list_changes(analysis: Analysis) -> tuple[ChangesBar, ...]:
    """Read the changes of a recording bar by bar.

    Parameters
    ----------
    analysis : Analysis
        With beats and chords.

    Returns
    -------
    tuple of ChangesBar
        In order; a first bar that is not whole is left out. None without beats.
    """
    beats = analysis.grid.beats
    per_bar = analysis.grid.time_signature.beats_per_bar
    labels = _labels_on_beats(analysis)
    rows: dict[int, list[str]] = {}
    for beat, label in zip(beats, labels, strict=True):
        row = rows.setdefault(beat.bar, [])
        if beat.position_in_bar == len(row) + 1 <= per_bar:
            row.append(label)
    sections = {}
    if analysis.form is not None and len(analysis.form.sections) > 1:
        for chorus in analysis.form.choruses:
            for one in analysis.form.sections:
                sections[chorus.first_bar + one.first_bar - 1] = one.label
    return tuple(
        ChangesBar(number, tuple(row) + (row[-1],) * (per_bar - len(row)), sections.get(number, ""))
        for number, row in rows.items()
        if row
    )


def _labels_on_beats(analysis: Analysis) -> list[str]:
    labels = []
    at = 0
    chords = analysis.chords
    for i, beat in enumerate(analysis.grid.beats):
        following = analysis.grid.beats[i + 1 :][:1]
        # The middle of the beat: a chord enters on a beat, to the microsecond of rounding.
        middle = (beat.time_sec + following[0].time_sec) / 2 if following else beat.time_sec
        while at < len(chords) and chords[at].offset_sec <= middle:
            at += 1
        inside = at < len(chords) and chords[at].onset_sec <= middle
        labels.append(chords[at].label if inside else NO_CHORD)
    return labels


def one_chorus(analysis: Analysis) -> tuple[ChangesBar, ...]:
    """Read the changes of one chorus: in each bar what most choruses have.

    Parameters
    ----------
    analysis : Analysis
        With beats, chords and form.

    Returns
    -------
    tuple of ChangesBar
        Numbered from 1; all bars of the recording where no form is known.
    """
    bars = list_changes(analysis)
    form = analysis.form
    if form is None:
        return bars
    by_number = {bar.number: bar for bar in bars}
    found = []
    for k in range(form.n_bars):
        heard = [
            by_number[chorus.first_bar + k].labels
            for chorus in form.choruses
            if chorus.first_bar + k in by_number
        ]
        if not heard:
            return bars
        letters = {one.first_bar - 1: one.label for one in form.sections}
        section = letters.get(k, "") if len(letters) > 1 else ""
        found.append(ChangesBar(k + 1, _most_common(heard), section))
    return tuple(found)


def _most_common(rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    # Of equally many the first: `Counter` keeps the order of arrival.
    return Counter(rows).most_common(1)[0][0]
