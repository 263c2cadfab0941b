"""Sentences about a span, checked against its notes.

Nothing of the analysis is used: names, degrees, steps and chords are taken from the sentence and
looked for among the pitches of the notes that it names.
"""

import re
from collections.abc import Callable, Iterable
from itertools import pairwise

import pytest

from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.chord_writing import write_symbol
from licklab.domain.line_analysis import Statement
from licklab.domain.note_name import degree_semitones, note_pitch_class
from licklab.domain.solo_line import NoteSpan, SoloLine

_NAME = r"[A-G][b#]?"
_NAMES = rf"{_NAME}(?:(?:, | and ){_NAME})*"
_ROW = rf"{_NAME}(?: {_NAME})*"
_CHORD = r"[A-G][b#]?(?:[\w#+]|\([^()\s]*\))*(?:/[A-G][b#]?)?"
_DEGREE = r"(?:(?:major|minor|diminished) )?[#b\w]+"
_TONE = rf"(?P<name>{_NAME}), the (?P<word>{_DEGREE}) of (?P<chord>{_CHORD})"
_WHERE = r"(?: \(bars? (?P<first>-?\d+)(?:-(?P<last>-?\d+))?\))?"
_WORDS = {
    "root": 0, "2nd": 2, "4th": 5, "5th": 7, "6th": 9, "9th": 2, "11th": 5, "13th": 9,
    "major 3rd": 4, "minor 3rd": 3, "major 7th": 11, "minor 7th": 10,
    "diminished 7th": 9,
}  # fmt: skip
_SIZES = {
    "unison": 0, "minor 2nd": 1, "major 2nd": 2, "minor 3rd": 3, "major 3rd": 4, "4th": 5,
    "tritone": 6, "5th": 7, "minor 6th": 8, "major 6th": 9, "minor 7th": 10, "major 7th": 11,
    "octave": 12, "minor 9th": 13, "major 9th": 14, "minor 10th": 15, "major 10th": 16, "11th": 17,
    "12th": 19, "minor 13th": 20, "major 13th": 21, "minor 14th": 22, "major 14th": 23,
}  # fmt: skip
_BEBOP = {
    "dominant": {0, 2, 4, 5, 7, 9, 10, 11}, "major": {0, 2, 4, 5, 7, 8, 9, 11},
    "dorian": {0, 2, 3, 4, 5, 7, 9, 10}, "melodic minor": {0, 2, 3, 5, 7, 8, 9, 11},
}  # fmt: skip
# Semitones between the notes of each scale, from its tonic.
_SCALE_STEPS = {
    "major": "2212221", "lydian": "2221221", "lydian augmented": "2222121",
    "mixolydian": "2212212", "lydian dominant": "2221212", "altered": "1212222",
    "half-whole diminished": "12121212", "whole tone": "222222", "phrygian dominant": "1312122",
    "mixolydian b13": "2212122", "dorian": "2122212", "natural minor": "2122122",
    "phrygian": "1222122", "dorian b2": "1222212", "melodic minor": "2122221",
    "harmonic minor": "2122131", "locrian": "1221222", "locrian #2": "2121222",
    "locrian natural 6": "1221312", "whole-half diminished": "21212121", "blues": "321132",
    "superlocrian bb7": "1212213", "major blues": "211323",
}  # fmt: skip


class Claim:
    """A statement beside the notes that it names."""

    def __init__(self, line: SoloLine, span: NoteSpan, statement: Statement) -> None:
        """Look the notes up; they are in the span and in order, and their bars are told."""
        places = {one: i for i, one in enumerate(line.note_ids)}
        self.line, self.statement, self.text = line, statement, statement.text
        self.notes = [places[one] for one in statement.note_ids]
        assert self.notes == sorted(set(self.notes))
        assert self.notes
        assert all(span.start <= note < span.stop for note in self.notes)
        bars = sorted({int(line.bar[note]) for note in self.notes}) if line.has_beats else []
        assert list(statement.bars) == bars
        self.pitches = [int(line.pitch_midi[note]) for note in self.notes]

    def match(self, pattern: str) -> re.Match[str]:
        """Match the whole sentence; the bars that it names are bars of its notes."""
        found = re.fullmatch(pattern + r"\.", self.text)
        assert found, (pattern, self.text)
        groups = found.groupdict()
        for bar in (groups.get("first"), groups.get("last")):
            assert bar is None or int(bar) in self.statement.bars, self.text
        return found

    def symbol(self, at: int) -> ChordSymbol:
        """Give the chord under one of the notes."""
        found = self.line.symbol_at(self.notes[at])
        assert found is not None, self.text
        return found

    def is_tone(self, at: int, name: str, word: str, chord: str) -> None:
        """Check that a note has this name and is this of this chord."""
        symbol = self.symbol(at)
        assert write_symbol(symbol) == chord, self.text
        assert self.pitches[at] % 12 == note_pitch_class(name), self.text
        above = (self.pitches[at] - note_pitch_class(symbol.root)) % 12
        if word in {"3rd", "7th"}:
            degree = symbol.third if word == "3rd" else symbol.seventh
            assert degree is not None, self.text
            assert above == degree_semitones(degree) % 12, self.text
        else:
            wanted = _WORDS.get(word)
            assert above == (degree_semitones(word) % 12 if wanted is None else wanted), self.text
        is_named_by_degree(name, word, symbol.root, self.text)

    def has_names(self, names: Iterable[str], at: Iterable[int] | None = None) -> None:
        """Check that notes have these names, in order."""
        wanted = [note_pitch_class(name) for name in names]
        looked = range(len(self.notes)) if at is None else at
        assert wanted == [self.pitches[i] % 12 for i in looked], self.text

    def is_chord_tone(self, at: int) -> None:
        """Check that a note is a tone of its chord, no tension."""
        self.is_tone_of(self.pitches[at], self.symbol(at))

    def is_tone_of(self, pitch: int, symbol: ChordSymbol) -> None:
        """Check that a pitch is a tone of a chord, no tension."""
        plain = {degree_semitones(one) % 12 for one in symbol.degrees if int(one.lstrip("b#")) < 8}
        if symbol.fifth is None and not symbol.is_altered:
            plain.add(7)
        assert (pitch - note_pitch_class(symbol.root)) % 12 in plain, self.text


def check_claim(line: SoloLine, span: NoteSpan, statement: Statement) -> None:
    """Check that a sentence is true of the notes that it names."""
    claim = Claim(line, span, statement)
    _CHECKS.get(statement.kind, _check_cadence)(claim)


def is_named_by_degree(name: str, word: str, root: str, text: str) -> None:
    """Check the letter of a note that is said to be a degree, where one accidental is enough."""
    number = 1 if word == "root" else int(re.sub(r"\D", "", word))
    letter = "CDEFGAB"[("CDEFGAB".index(root[0]) + number - 1) % 7]
    alter = (note_pitch_class(name) - note_pitch_class(letter) + 6) % 12 - 6
    spelled = letter + ("b" * -alter if alter < 0 else "#" * alter)
    is_simple = abs(alter) <= 1 and spelled not in {"E#", "B#", "Cb", "Fb"}
    assert name == spelled or not is_simple, text


def _split(names: str) -> list[str]:
    return re.split(r", | and |-| ", names)


def _check_cadence(claim: Claim) -> None:
    found = claim.match(
        rf"(?:Spans (?P<whole>[\w -]+ in {_NAME} \w+): |Plays over |Begins over )"
        rf"(?P<chords>.*?)(?: of [\w -]+ in {_NAME} \w+)?{_WHERE}"
    )
    listed = re.findall(rf"(?:^|, | and )({_CHORD})(?: \([^ ]*\))?", found["chords"])
    under = [int(claim.line.chord[note]) for note in claim.notes]
    played = [write_symbol(claim.line.chords[at].symbol) for at in dict.fromkeys(under)]
    assert listed == played, claim.text


def _check_resolution(claim: Claim) -> None:
    found = claim.match(
        rf"(?:{_TONE}, resolves|Resolves) by (?P<how>half|whole) step"
        rf"(?: from (?P<side>below|above))? to (?P<goal>{_NAME}), the "
        rf"(?P<degree>{_DEGREE}) of (?P<to>{_CHORD}){_WHERE}"
    )
    if found["name"]:
        claim.is_tone(0, found["name"], found["word"], found["chord"])
    else:
        assert (claim.pitches[1] > claim.pitches[0]) == (found["side"] == "below"), claim.text
    claim.is_tone(1, found["goal"], found["degree"], found["to"])
    _check_step(claim, found["how"])
    assert claim.notes[1] == claim.notes[0] + 1


def _check_step(claim: Claim, how: str) -> None:
    assert abs(claim.pitches[1] - claim.pitches[0]) == (1 if how == "half" else 2), claim.text


def _check_delay(claim: Claim) -> None:
    found = claim.match(
        rf"(?P<late>{_NAME}) still belongs to (?P<old>{_CHORD}) and resolves late, by "
        rf"(?P<how>half|whole) step, to {_TONE}{_WHERE}"
    )
    claim.has_names([found["late"], found["name"]])
    claim.is_tone(1, found["name"], found["word"], found["chord"])
    _check_step(claim, found["how"])
    at = int(claim.line.chord[claim.notes[1]])
    old = claim.line.chords[at - 1].symbol
    assert write_symbol(old) == found["old"]
    claim.is_tone_of(claim.pitches[0], old)


def _check_ending(claim: Claim) -> None:
    found = claim.match(
        rf"Ends on {_TONE}(?:, (?P<on>on|after) beat (?P<beat>\d+) of bar (?P<first>-?\d+))?"
    )
    claim.is_tone(0, found["name"], found["word"], found["chord"])
    if claim.line.has_beats:
        note = claim.notes[0]
        assert int(found["beat"]) == claim.line.beat[note]
        assert (found["on"] == "on") == (claim.line.tatum[note] == 1)


def _check_guide_line(claim: Claim) -> None:
    found = claim.match(rf"Guide-tone line (?P<names>{_NAME}(?:-{_NAME})+): (?P<parts>.*?){_WHERE}")
    claim.has_names(found["names"].split("-"))
    parts = re.findall(rf"the (3rd|7th) of ({_CHORD})(?:, then |$)", found["parts"])
    assert len(parts) == len(claim.notes), claim.text
    for at, (word, chord) in enumerate(parts):
        claim.is_tone(at, found["names"].split("-")[at], word, chord)
    assert all(b - a in {0, -1, -2} for a, b in pairwise(claim.pitches)), claim.text


def _check_enclosure(claim: Claim) -> None:
    found = claim.match(rf"(?P<names>{_NAMES}) enclose {_TONE}{_WHERE}")
    last = len(claim.notes) - 1
    claim.has_names(_split(found["names"]), range(last))
    claim.is_tone(last, found["name"], found["word"], found["chord"])
    claim.is_chord_tone(last)
    around = [pitch - claim.pitches[last] for pitch in claim.pitches[:last]]
    assert all(0 < abs(one) <= 2 for one in around), claim.text
    assert min(around) < 0 < max(around), claim.text
    assert claim.notes == list(range(claim.notes[0], claim.notes[0] + last + 1))


def _check_arpeggio(claim: Claim) -> None:
    found = claim.match(
        rf"Arpeggio (?:from the 3rd )?of (?P<chord>{_CHORD})(?: (?P<way>up|down))?: "
        rf"(?P<names>{_ROW}) \((?P<degrees>[^()]*)\){_WHERE}"
    )
    claim.has_names(_split(found["names"]))
    _check_degrees(claim, found["degrees"].split("-"), found["chord"])
    rising = [b > a for a, b in pairwise(claim.pitches)]
    assert len(set(rising)) == 1, claim.text
    if found["way"] is None:
        assert found["degrees"].lstrip("b").startswith("3"), claim.text
    assert (found["way"] != "down") == rising[0], claim.text


def _check_degrees(claim: Claim, degrees: list[str], chord: str) -> None:
    assert len(degrees) == len(claim.notes), claim.text
    for at, degree in enumerate(degrees):
        symbol = claim.symbol(at)
        assert write_symbol(symbol) == chord, claim.text
        above = (claim.pitches[at] - note_pitch_class(symbol.root)) % 12
        assert above == degree_semitones(degree) % 12, claim.text


def _check_digital(claim: Claim) -> None:
    found = claim.match(
        rf"Digital pattern (?P<degrees>[-b#\d]+) of (?P<chord>{_CHORD}): (?P<names>{_ROW}){_WHERE}"
    )
    claim.has_names(_split(found["names"]))
    _check_degrees(claim, found["degrees"].split("-"), found["chord"])


def _check_bebop(claim: Claim) -> None:
    found = claim.match(
        rf"Runs (?P<way>up|down) the (?P<scale>[\w ]+) bebop scale of (?P<chord>{_CHORD}) from "
        rf"(?P<low>{_NAME}) to (?P<high>{_NAME})"
        rf"(?:; (?P<beats>{_NAMES}) (?:fall on the beats|falls on a beat))?{_WHERE}"
    )
    at = next(
        i for i in range(len(claim.notes) + 1)
        if i < len(claim.notes) and write_symbol(claim.symbol(i)) == found["chord"]
    )  # fmt: skip
    root = note_pitch_class(claim.symbol(at).root)
    scale = _BEBOP[found["scale"]]
    assert all((pitch - root) % 12 in scale for pitch in claim.pitches), claim.text
    moves = {b - a for a, b in pairwise(claim.pitches)}
    assert moves <= ({1, 2} if found["way"] == "up" else {-1, -2}), claim.text
    claim.has_names([found["low"], found["high"]], [0, len(claim.notes) - 1])
    if found["beats"]:
        on = [i for i, note in enumerate(claim.notes) if claim.line.tatum[note] == 1]
        claim.has_names(_split(found["beats"]), on)


def _check_run(claim: Claim) -> None:
    found = claim.match(
        rf"(?P<kind>Chromatic|Scale) run (?P<way>up|down) from (?P<low>{_NAME}) to "
        rf"(?:{_TONE}|(?P<high>{_NAME})){_WHERE}"
    )
    last = len(claim.notes) - 1
    claim.has_names([found["low"], found["name"] or found["high"]], [0, last])
    if found["name"]:
        claim.is_tone(last, found["name"], found["word"], found["chord"])
    sizes = {1} if found["kind"] == "Chromatic" else {1, 2}
    way = 1 if found["way"] == "up" else -1
    assert all((b - a) * way in sizes for a, b in pairwise(claim.pitches)), claim.text


def _check_upper_structure(claim: Claim) -> None:
    found = claim.match(
        rf"Upper structure: (?P<names>{_ROW}) spell the (?P<root>{_NAME}) major triad, "
        rf"(?P<degree>[b#]?[IV]+) of (?P<chord>{_CHORD}){_WHERE}"
    )
    claim.has_names(_split(found["names"]))
    root = note_pitch_class(found["root"])
    assert {(pitch - root) % 12 for pitch in claim.pitches} == {0, 4, 7}, claim.text
    steps = {"II": 2, "bIII": 3, "#IV": 6, "bVI": 8, "VI": 9}
    symbol = claim.symbol(0)
    assert write_symbol(symbol) == found["chord"], claim.text
    assert (root - note_pitch_class(symbol.root)) % 12 == steps[found["degree"]], claim.text


def _check_side_slip(claim: Claim) -> None:
    found = claim.match(
        rf"Side-slips: the cell (?P<cell>{_ROW}) is repeated a semitone (?P<way>up|down), outside "
        rf"the chord, and the line is back on {_TONE}{_WHERE}"
    )
    size = (len(claim.notes) - 1) // 2
    claim.has_names(_split(found["cell"]), range(size))
    shift = 1 if found["way"] == "up" else -1
    cell, moved = claim.pitches[:size], claim.pitches[size : 2 * size]
    assert [pitch + shift for pitch in cell] == moved, claim.text
    claim.is_tone(2 * size, found["name"], found["word"], found["chord"])


def _check_anticipation(claim: Claim) -> None:
    found = claim.match(
        rf"(?P<names>{_NAMES}) over (?P<old>{_CHORD}) anticipates? (?P<new>{_CHORD}){_WHERE}"
    )
    names = _split(found["names"])
    claim.has_names(names, range(len(names)))
    at = int(claim.line.chord[claim.notes[0]])
    new = claim.line.chords[at + 1].symbol
    assert write_symbol(claim.symbol(0)) == found["old"], claim.text
    assert write_symbol(new) == found["new"], claim.text
    for i in range(len(names)):
        claim.is_tone_of(claim.pitches[i], new)


def _check_chromatic_passing(claim: Claim) -> None:
    found = claim.match(
        rf"(?P<name>{_NAME}) is a chromatic passing note between (?P<low>{_NAME}) and "
        rf"(?P<high>{_NAME}){_WHERE}"
    )
    claim.has_names([found["low"], found["name"], found["high"]])
    moves = [b - a for a, b in pairwise(claim.pitches)]
    assert moves in ([1, 1], [-1, -1]), claim.text


def _check_approach(claim: Claim) -> None:
    found = claim.match(
        rf"(?P<from>{_NAME}) approaches {_TONE}, by (?P<how>half|whole) step from "
        rf"(?P<side>below|above){_WHERE}"
    )
    claim.has_names([found["from"], found["name"]])
    claim.is_tone(1, found["name"], found["word"], found["chord"])
    claim.is_chord_tone(1)
    _check_step(claim, found["how"])
    assert (claim.pitches[1] > claim.pitches[0]) == (found["side"] == "below"), claim.text


def _check_scale(claim: Claim) -> None:
    found = claim.match(
        rf"Over (?P<chord>{_CHORD}) consistent with (?P<tonic>{_NAME}) (?P<scale>[\w #-]+?)"
        rf"(?: but for (?P<outside>{_NAMES}))?"
        rf"(?:; (?P<rivals>[\w #,-]+) (?:is|are) not ruled out)?{_WHERE}"
    )
    assert {write_symbol(claim.symbol(i)) for i in range(len(claim.notes))} == {found["chord"]}
    scale = _scale(found["tonic"], found["scale"])
    outside = {note_pitch_class(one) for one in _split(found["outside"] or "") if one}
    assert {pitch % 12 for pitch in claim.pitches} - scale == outside, claim.text
    covered = {pitch % 12 for pitch in claim.pitches} & scale
    for rival in re.split(r", | and ", found["rivals"] or ""):
        assert not rival or covered <= _scale(found["tonic"], rival), claim.text


def _scale(tonic: str, name: str) -> set[int]:
    found, at = set(), note_pitch_class(tonic)
    for step in _SCALE_STEPS[name]:
        found.add(at % 12)
        at += int(step)
    assert at == note_pitch_class(tonic) + 12
    return found


def _check_tension(claim: Claim) -> None:
    found = claim.match(rf"Tensions?: (?P<parts>.*?){_WHERE}")
    parts = re.findall(rf"({_NAME}) \(({_DEGREE}) of ({_CHORD})\)", found["parts"])
    assert len(parts) == len(claim.notes), claim.text
    for at, (name, word, chord) in enumerate(parts):
        claim.is_tone(at, name, word, chord)
        symbol = claim.symbol(at)
        above = (claim.pitches[at] - note_pitch_class(symbol.root)) % 12
        plain = {degree_semitones(one) % 12 for one in symbol.degrees if int(one.lstrip("b#")) < 8}
        assert above not in plain, claim.text


def _check_guide_tones(claim: Claim) -> None:
    found = claim.match(
        rf"A 3rd or 7th falls on a beat over (?P<count>\d+) of the (?P<all>\d+) chords"
        rf"(?:, (?P<chords>.*?))?{_WHERE}"
    )
    assert int(found["count"]) == len(claim.notes) <= int(found["all"]), claim.text
    for at, note in enumerate(claim.notes):
        symbol = claim.symbol(at)
        assert claim.line.tatum[note] == 1, claim.text
        above = (claim.pitches[at] - note_pitch_class(symbol.root)) % 12
        guides = [symbol.third, symbol.seventh, symbol.suspension]
        assert above in {degree_semitones(one) % 12 for one in guides if one}, claim.text
        if found["chords"]:
            assert write_symbol(symbol) in re.split(r", | and ", found["chords"]), claim.text


def _check_shape(claim: Claim) -> None:
    found = claim.match(
        rf"(?P<count>\d+) notes?(?:, mostly (?P<value>[\w ]+?))?"
        rf"(?:, over (?P<size>[\w ]+) from (?P<low>{_NAME}) to (?P<high>{_NAME}))?{_WHERE}"
    )
    assert int(found["count"]) == len(claim.notes), claim.text
    if found["value"]:
        assert 3 * _count_in(claim, found["value"]) >= 2 * len(claim.notes), claim.text
    low, high = min(claim.pitches), max(claim.pitches)
    if found["size"] is None:
        assert low == high, claim.text
        return
    assert low % 12 == note_pitch_class(found["low"]), claim.text
    assert high % 12 == note_pitch_class(found["high"]), claim.text
    assert high - low == _size(found["size"]), claim.text


def _count_in(claim: Claim, value: str) -> int:
    """Count the notes whose beat is all of one value."""
    line = claim.line
    beats: dict[tuple[int, int], list[float]] = {}
    for note in claim.notes:
        beat = int(line.bar[note]), int(line.beat[note])
        beats.setdefault(beat, []).append((line.tatum[note] - 1) / line.division[note])
    places: dict[str, list[list[float]]] = {
        "quarter notes": [[0]],
        "eighth notes": [[0, 1 / 2], [0, 2 / 3]],
        "triplets": [[0, 1 / 3, 2 / 3]],
        "sixteenth notes": [[0, 1 / 4, 1 / 2, 3 / 4]],
    }
    return sum(
        len(one)
        for one in beats.values()
        if any(sorted(one) == pytest.approx(allowed) for allowed in places[value])
    )


def _size(words: str) -> int:
    total = 0
    for part in words.split(" and "):
        if part.endswith("octaves"):
            count = {"two": 2, "three": 3}.get(part.split()[0])
            total += 12 * (int(part.split()[0]) if count is None else count)
        else:
            total += _SIZES[re.sub(r"^an? ", "", part)]
    return total


def _check_guess(claim: Claim) -> None:
    found = claim.match(
        rf"The changes here are a guess, (?P<percent>\d+)% sure: what is said of chords holds if "
        rf"they are right{_WHERE}"
    )
    sure = [claim.line.chords[int(claim.line.chord[note])].confidence for note in claim.notes]
    assert abs(100 * sum(sure) / len(sure) - int(found["percent"])) <= 0.5 + 1e-6, claim.text
    assert sum(sure) / len(sure) < 0.5, claim.text


_CHECKS: dict[str, Callable[[Claim], None]] = {
    "guess": _check_guess,
    "resolution": _check_resolution,
    "delayed resolution": _check_delay,
    "ending": _check_ending,
    "guide-tone line": _check_guide_line,
    "enclosure": _check_enclosure,
    "arpeggio": _check_arpeggio,
    "arpeggio from the 3rd": _check_arpeggio,
    "digital pattern": _check_digital,
    "bebop scale": _check_bebop,
    "chromatic run": _check_run,
    "scale run": _check_run,
    "upper structure": _check_upper_structure,
    "side-slipping": _check_side_slip,
    "anticipation": _check_anticipation,
    "chromatic passing note": _check_chromatic_passing,
    "approach note": _check_approach,
    "scale": _check_scale,
    "tension": _check_tension,
    "guide tone": _check_guide_tones,
    "shape": _check_shape,
}
