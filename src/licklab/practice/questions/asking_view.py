"""What those who ask questions look at, and how they mix right and wrong choices."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from licklab.domain.line_analysis import Statement
from licklab.domain.solo_line import SURE_OF_CHORDS, SoloLine
from licklab.practice.questions.places import Places
from licklab.practice.questions.question import Choice, Question, QuestionKind
from licklab.theory.span_view import SpanView

_FEWEST_WRONG, _MOST_WRONG = 2, 3


@dataclass(frozen=True, slots=True)
class AskingView:
    """A lick, as those who ask about it see it.

    Attributes
    ----------
    span : SpanView
        The lick in its analyzed line.
    places : mapping of int to str
        Words for the places of its notes.
    chance : Random
        Chooses wrong answers and the order.
    """

    span: SpanView
    places: Places
    chance: random.Random

    @property
    def line(self) -> SoloLine:
        """The line."""
        return self.span.line

    def is_sure(self, note: int) -> bool:
        """Tell whether the chord under a note is known well enough to ask about it.

        Parameters
        ----------
        note : int
            Its index.

        Returns
        -------
        bool
            False without a chord.
        """
        if self.line.symbol_at(note) is None:
            return False
        return self.line.chords[int(self.line.chord[note])].confidence >= SURE_OF_CHORDS

    def note_choice(self, note: int) -> Choice:
        """Offer a note.

        Parameters
        ----------
        note : int
            Index of one with a name for its place.

        Returns
        -------
        Choice
            Its name and its place.
        """
        place = self.places[note]
        comma = "" if place.startswith(("on ", "after ")) else ","
        return Choice(f"{self.span.name(note)}{comma} {place}", (self.line.note_ids[note],))

    def bars_text(self, notes: Sequence[int]) -> str:
        """Name the bars of notes.

        Parameters
        ----------
        notes : sequence of int
            Their indices.

        Returns
        -------
        str
            Such as ``bar 3``, ``bars 3 to 4``; without beats, which notes of the lick they are.
        """
        bars = self.span.bars(notes)
        if bars:
            return f"bar {bars[0]}" if len(bars) == 1 else f"bars {bars[0]} to {bars[-1]}"
        first, last = (note + 1 - self.span.span.start for note in (min(notes), max(notes)))
        return f"notes {first} to {last} of the lick"

    def ask(
        self,
        kind: QuestionKind,
        text: str,
        right: Choice,
        wrong: Sequence[Choice],
        key: Statement,
    ) -> Question | None:
        """Make a question.

        Parameters
        ----------
        kind : QuestionKind
            What it is about.
        text : str
            The question.
        right : Choice
            The answer.
        wrong : sequence of Choice
            That are not true, the best first; more than are needed are drawn from.
        key : Statement
            Why the answer is right.

        Returns
        -------
        Question or None
            None where too few wrong choices read differently.
        """
        texts = {right.text}
        different: list[Choice] = []
        for one in wrong:
            if one.text not in texts:
                texts.add(one.text)
                different.append(one)
        if len(different) < _FEWEST_WRONG:
            return None
        choices = [right, *different[:_MOST_WRONG]]
        self.chance.shuffle(choices)
        return Question(kind, text, tuple(choices), choices.index(right), key)
