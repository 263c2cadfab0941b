"""The notes and rests of a bar, as MusicXML."""

from fractions import Fraction
from xml.etree.ElementTree import Element, SubElement  # written here, never read

from licklab.domain.score import NoteValue, Part, ScoreBar, ScoreEvent, ScoreHead, ScoreVoice

_TYPES = {
    Fraction(8): "breve", Fraction(4): "whole", Fraction(2): "half", Fraction(1): "quarter",
    Fraction(1, 2): "eighth", Fraction(1, 4): "16th", Fraction(1, 8): "32nd",
    Fraction(1, 16): "64th",
}  # fmt: skip


def write_events(
    measure: Element,
    part: Part,
    bar: ScoreBar,
    divisions: int,
    seen: dict[str, int],
    *,
    with_frets: bool = True,
) -> None:
    """Write the voices of a bar, one after another.

    Parameters
    ----------
    measure : Element
        The bar.
    part : Part
        Of the score.
    bar : ScoreBar
        To write.
    divisions : int
        Of a quarter.
    seen : dict
        How often each heard note was written; kept from bar to bar.
    with_frets : bool
        Whether the tablature is filled; else it stays empty.
    """
    length = str(int(bar.length_quarter * divisions))
    voices = [(voice, False) for voice in bar.voices]
    if part.tuning is not None:
        whole = ScoreEvent(Fraction(0), NoteValue(bar.length_quarter))
        frets = bar.voices if with_frets else (ScoreVoice((whole,)),)
        voices += [(voice, True) for voice in frets]
    for number, (voice, is_tab) in enumerate(voices, 1):
        if number > 1:
            SubElement(SubElement(measure, "backup"), "duration").text = length
        _VoiceWriter(measure, part, bar, divisions, seen, is_tab=is_tab).write(voice, number)


class _VoiceWriter:
    def __init__(
        self,
        measure: Element,
        part: Part,
        bar: ScoreBar,
        divisions: int,
        seen: dict[str, int],
        *,
        is_tab: bool,
    ) -> None:
        self._measure, self._part, self._bar = measure, part, bar
        self._divisions, self._seen, self._is_tab = divisions, seen, is_tab
        n_voices_a_staff = max(voice.voice for voice in bar.voices)
        self._shows_stems = n_voices_a_staff > 1 and not is_tab

    def write(self, voice: ScoreVoice, number: int) -> None:
        self._staff = self._part.n_staves + 1 if self._is_tab else voice.staff
        self._voice, self._is_upper = number, voice.voice == 1
        for event in voice.events:
            if event.is_rest:
                self._write_rest(event)
            for k, head in enumerate(event.heads):
                self._write_head(event, head, is_more=k > 0)

    def _write_rest(self, event: ScoreEvent) -> None:
        note = SubElement(self._measure, "note")
        if self._is_tab:
            note.set("print-object", "no")
        is_bar = event.length_quarter == self._bar.length_quarter
        rest = SubElement(note, "rest")
        if is_bar:
            rest.set("measure", "yes")
        self._write_length(note, event)
        SubElement(note, "voice").text = str(self._voice)
        if not is_bar:
            self._write_value(note, event.value)
        self._write_staff(note)
        self._write_notations(note, event, None)

    def _write_head(self, event: ScoreEvent, head: ScoreHead, *, is_more: bool) -> None:
        note = SubElement(self._measure, "note")
        if not self._is_tab:
            count = self._seen[head.note_id] = self._seen.get(head.note_id, 0) + 1
            note.set("id", head.note_id if count == 1 else f"{head.note_id}-{count}")
        if event.is_grace:
            SubElement(note, "grace", slash="yes")
        if is_more:
            SubElement(note, "chord")
        pitch = SubElement(note, "pitch")
        SubElement(pitch, "step").text = head.pitch.letter
        if head.pitch.alter:
            SubElement(pitch, "alter").text = str(head.pitch.alter)
        SubElement(pitch, "octave").text = str(head.pitch.octave)
        if not event.is_grace:
            self._write_length(note, event)
        ties = [("stop", head.tie_from), ("start", head.tie_to)]
        for kind, is_there in ties:
            if is_there:
                SubElement(note, "tie", type=kind)
        SubElement(note, "voice").text = str(self._voice)
        self._write_value(note, event.value, head=head)
        if self._shows_stems:
            SubElement(note, "stem").text = "up" if self._is_upper else "down"
        elif self._is_tab:
            SubElement(note, "stem").text = "none"
        if head.is_doubtful and not self._is_tab:
            SubElement(note, "notehead", parentheses="yes").text = "normal"
        self._write_staff(note)
        if not self._is_tab and not is_more:
            for level, beam in enumerate(event.beams, 1):
                SubElement(note, "beam", number=str(level)).text = beam.value
        self._write_notations(note, event, head, is_more=is_more)

    def _write_length(self, note: Element, event: ScoreEvent) -> None:
        SubElement(note, "duration").text = str(int(event.length_quarter * self._divisions))

    def _write_value(
        self, note: Element, value: NoteValue, *, head: ScoreHead | None = None
    ) -> None:
        SubElement(note, "type").text = _TYPES[value.base_quarter]
        for _ in range(value.dots):
            SubElement(note, "dot")
        if head is not None and head.accidental is not None and not self._is_tab:
            accidental = SubElement(note, "accidental")
            accidental.text = head.accidental.value
            if head.is_courtesy:
                accidental.set("cautionary", "yes")
                accidental.set("parentheses", "yes")
        if value.actual != 1:
            change = SubElement(note, "time-modification")
            SubElement(change, "actual-notes").text = str(value.actual)
            SubElement(change, "normal-notes").text = str(value.normal)

    def _write_staff(self, note: Element) -> None:
        if self._part.n_staves > 1 or self._part.tuning is not None:
            SubElement(note, "staff").text = str(self._staff)

    def _write_notations(
        self, note: Element, event: ScoreEvent, head: ScoreHead | None, *, is_more: bool = False
    ) -> None:
        notations = Element("notations")
        if head is not None:
            for kind, is_there in (("stop", head.tie_from), ("start", head.tie_to)):
                if is_there:
                    SubElement(notations, "tied", type=kind)
        if not is_more:
            if event.tuplet_begins:
                tuplet = SubElement(notations, "tuplet", type="start", number="1", bracket="yes")
                if self._is_tab:  # not seen, but without it frets stand at the times of plain notes
                    tuplet.set("bracket", "no")
                    tuplet.set("show-number", "none")
            if event.tuplet_ends:
                SubElement(notations, "tuplet", type="stop", number="1")
        if head is not None and head.place is not None and self._part.tuning is not None:
            technical = SubElement(notations, "technical")
            SubElement(technical, "string").text = str(head.place.string)
            SubElement(technical, "fret").text = str(head.place.fret)
        if len(notations):
            note.append(notations)
