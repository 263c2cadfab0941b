"""The changes as ChordPro: a grid of bars."""

from licklab.domain.analysis import Analysis
from licklab.domain.harte import label_to_symbol
from licklab.domain.key import KeyMode
from licklab.domain.transcription import Transcription
from licklab.formats.changes import one_chorus
from licklab.formats.xml_text import clean_text

_BARS_A_LINE = 4


def write_chordpro(transcription: Transcription, *, title: str, composer: str) -> bytes:
    """Write the changes of one chorus as ChordPro.

    Parameters
    ----------
    transcription : Transcription
        With beats and chords.
    title, composer : str
        Of the tune.

    Returns
    -------
    bytes
        UTF-8. All bars of the recording where no form is known.
    """
    analysis = transcription.analysis or Analysis()
    shown = clean_text(title) or "Untitled"
    lines = [f"{{title: {_word(shown)}}}"]
    if composer:
        lines.append(f"{{composer: {_word(composer)}}}")
    if analysis.key is not None:
        key = analysis.key.key
        lines.append(f"{{key: {key.tonic}{'m' if key.mode is KeyMode.MINOR else ''}}}")
    if analysis.grid.tempo_bpm is not None:
        lines.append(f"{{tempo: {round(analysis.grid.tempo_bpm)}}}")
    signature = analysis.grid.time_signature
    lines.append(f"{{time: {signature}}}")
    bars = one_chorus(analysis)
    if bars:
        lines += [f'{{start_of_grid: shape="{_BARS_A_LINE}x{signature.beats_per_bar}"}}']
        row: list[str] = []
        for bar in bars:
            if row and (bar.section or len(row) == _BARS_A_LINE):
                lines.append("| " + " | ".join(row) + " |")
                row = []
            if bar.section:
                lines.append(f"# {bar.section}")
            cells = ["."] * len(bar.labels)
            for beat, label in bar.changes():
                cells[beat] = label_to_symbol(label)
            row.append(" ".join(cells))
        lines += ["| " + " | ".join(row) + " |", "{end_of_grid}"]
    return ("\n".join(lines) + "\n").encode()


def _word(text: str) -> str:
    # Braces would end the directive.
    return clean_text(text).replace("{", "(").replace("}", ")")
