"""What stands over the bars, as MusicXML: tempo, swing, rehearsal marks, chords."""

from xml.etree.ElementTree import Element, SubElement  # written here, never read

from licklab.domain.harte import from_harte
from licklab.domain.score import Score, ScoreBar, ScoreChord
from licklab.formats.musicxml_chords import write_kind


def write_tempo(measure: Element, score: Score) -> None:
    """Write tempo and swing over the first bar.

    Parameters
    ----------
    measure : Element
        The first bar.
    score : Score
        Of which it is.
    """
    if score.is_swung:
        direction = SubElement(measure, "direction", placement="above")
        kind = SubElement(direction, "direction-type")
        # Not as a `swing` of MusicXML 4.0 besides: programs that know 3.1 alone then call the file
        # not valid.
        SubElement(kind, "words", {"font-weight": "bold"}).text = "Swing"
    if score.tempo_bpm is None:
        return
    direction = SubElement(measure, "direction", placement="above")
    metronome = SubElement(SubElement(direction, "direction-type"), "metronome")
    SubElement(metronome, "beat-unit").text = "quarter"
    signature = score.bars[0].time_signature
    if signature.is_compound:
        SubElement(metronome, "beat-unit-dot")
    SubElement(metronome, "per-minute").text = str(round(score.tempo_bpm))
    # In quarters a minute.
    quarters = score.tempo_bpm * (1.5 if signature.is_compound else 1.0)
    SubElement(direction, "sound", tempo=f"{quarters:.2f}")


def write_marks(measure: Element, bar: ScoreBar) -> None:
    """Write marks of section and chorus over a bar.

    Parameters
    ----------
    measure : Element
        The bar.
    bar : ScoreBar
        What it is.
    """
    if bar.chorus is None and not bar.section:
        return
    text = bar.section if bar.chorus is None else f"{bar.chorus}{bar.section}"
    direction = SubElement(measure, "direction", placement="above")
    kind = SubElement(direction, "direction-type")
    SubElement(kind, "rehearsal").text = text


def write_chord(
    measure: Element, chord: ScoreChord, offset_divisions: int, *, with_degrees: bool = True
) -> None:
    """Write a chord symbol.

    Parameters
    ----------
    measure : Element
        Its bar, before its notes.
    chord : ScoreChord
        To write; programs show its symbol as players write it.
    offset_divisions : int
        From the beginning of the bar.
    with_degrees : bool
        Whether what the kind does not say is told in degrees.
    """
    harmony = SubElement(measure, "harmony")
    symbol = from_harte(chord.label)
    kind, degrees = write_kind(symbol)
    if symbol.is_none:
        # The format wants a root even of none.
        SubElement(SubElement(harmony, "root"), "root-step", text="").text = "C"
        SubElement(harmony, "kind", text="N.C.").text = kind
    else:
        _write_note(SubElement(harmony, "root"), "root", symbol.root)
        shown = chord.symbol.partition("/")[0] if symbol.bass else chord.symbol
        SubElement(harmony, "kind", text=shown[len(symbol.root) :]).text = kind
        if symbol.bass:
            _write_note(SubElement(harmony, "bass"), "bass", symbol.bass)
        for one in degrees if with_degrees else ():
            degree = SubElement(harmony, "degree", {"print-object": "no"})
            SubElement(degree, "degree-value").text = str(one.value)
            SubElement(degree, "degree-alter").text = str(one.alter)
            SubElement(degree, "degree-type").text = one.type
    if offset_divisions:
        SubElement(harmony, "offset").text = str(offset_divisions)


def _write_note(element: Element, prefix: str, name: str) -> None:
    SubElement(element, f"{prefix}-step").text = name[0]
    alter = name.count("#") - name.count("b")
    if alter:
        SubElement(element, f"{prefix}-alter").text = str(alter)
