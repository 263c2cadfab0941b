"""Every sentence of a coach read against the notes, the changes and the matches.

In: a text, the line that it is about, its analysis, the lick, and what was found elsewhere. Out:
what is not borne out. Each kind of sentence has a form here that was written beside the rule for
it; chords, notes, degrees, bars, numbers, times, names, cadences and figures are taken from the
words and looked for among the notes that the sentence names by their ids. Words that do not fit the
form are not borne out.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from licklab.domain.coaching import CoachMatch, CoachSentence, CoachText
from licklab.domain.harmony_function import CadenceKind
from licklab.domain.instrument import Instrument, find_instrument
from licklab.domain.line_analysis import LineAnalysis
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.errors import InputError
from licklab.practice.coach.checking import (
    change_claims,
    colour_claims,
    figure_claims,
    listening_claims,
    playing_claims,
    practice_claims,
    reason_claims,
    shape_claims,
)
from licklab.practice.coach.checking.claim import Claim, NotBorneOutError
from licklab.practice.coach.rephrasing.guard import refuse_rephrasing

_CHECKS: Mapping[str, Callable[[Claim], None]] = MappingProxyType(
    {
        **{one.value: change_claims.check_cadence for one in CadenceKind},
        "chords": change_claims.check_cadence,
        "guess": change_claims.check_guess,
        "resolution": change_claims.check_resolution,
        "delayed resolution": change_claims.check_delay,
        "ending": change_claims.check_ending,
        "guide-tone line": change_claims.check_guide_line,
        "guide tone": change_claims.check_guide_tones,
        "enclosure": figure_claims.check_enclosure,
        "arpeggio": figure_claims.check_arpeggio,
        "arpeggio from the 3rd": figure_claims.check_arpeggio,
        "digital pattern": figure_claims.check_digital,
        "bebop scale": figure_claims.check_bebop,
        "chromatic run": figure_claims.check_run,
        "scale run": figure_claims.check_run,
        "upper structure": figure_claims.check_upper_structure,
        "side-slipping": figure_claims.check_side_slip,
        "anticipation": figure_claims.check_anticipation,
        "chromatic passing note": figure_claims.check_chromatic_passing,
        "approach note": figure_claims.check_approach,
        "scale": colour_claims.check_scale,
        "tension": colour_claims.check_tension,
        "shape": colour_claims.check_shape,
        "release": reason_claims.check_release,
        "near goal": reason_claims.check_near_goal,
        "delay": reason_claims.check_late,
        "guide tones": reason_claims.check_guide_tones,
        "circled": reason_claims.check_circled,
        "outside": reason_claims.check_outside,
        "way": reason_claims.check_way,
        "clear": reason_claims.check_clear,
        "clear note": reason_claims.check_clear_note,
        "extra note": reason_claims.check_extra_note,
        "colour": reason_claims.check_colour,
        "end": reason_claims.check_end,
        "cell": shape_claims.check_cell,
        "leap": shape_claims.check_leap,
        "arch": shape_claims.check_arch,
        "slope": shape_claims.check_slope,
        "placement": shape_claims.check_placement,
        "motion": shape_claims.check_motion,
        "targets": practice_claims.check_targets,
        "pairs": practice_claims.check_pairs,
        "from the end": practice_claims.check_from_the_end,
        "leap alone": practice_claims.check_leap_alone,
        "quick": practice_claims.check_quick,
        "tempo": practice_claims.check_tempo,
        "keys": practice_claims.check_keys,
        "other end": practice_claims.check_other_end,
        "shift": practice_claims.check_shift,
        "written": playing_claims.check_written,
        "range": playing_claims.check_range,
        "break": playing_claims.check_break,
        "high": playing_claims.check_high,
        "breath": playing_claims.check_breath,
        "position": playing_claims.check_position,
        "left hand": playing_claims.check_left_hand,
        "first position": playing_claims.check_first_position,
        "mallets": playing_claims.check_mallets,
        "roots": playing_claims.check_roots,
        "sing roots": playing_claims.check_roots,
        "sing": listening_claims.check_sing,
        "arrival": listening_claims.check_arrival,
        "top": listening_claims.check_top,
        "doubt": listening_claims.check_doubt,
        "again": listening_claims.check_again,
        "match": listening_claims.check_match,
    }
)


def unsupported(
    text: CoachText,
    line: SoloLine,
    analysis: LineAnalysis,
    span: NoteSpan,
    matches: Sequence[CoachMatch] = (),
) -> tuple[str, ...]:
    """Tell what a text says that is not borne out.

    Parameters
    ----------
    text : CoachText
        Of a coach, in the words of the rules or in others.
    line : SoloLine
        The solo.
    analysis : LineAnalysis
        Of the whole line.
    span : NoteSpan
        The lick.
    matches : sequence of CoachMatch
        What was found elsewhere.

    Returns
    -------
    tuple of str
        One for each sentence that is not borne out, with its id and why; empty if all are.
    """
    instrument = find_instrument(text.instrument)
    found = []
    for one in text.sentences:
        reason = _refuse(one, line, analysis, span, matches, instrument)
        if reason is None and one.rephrased is not None:
            reason = refuse_rephrasing(one, one.rephrased)
        if reason is not None:
            found.append(f"{one.id}: {reason} ({one.shown})")
    return tuple(found)


def _refuse(
    sentence: CoachSentence,
    line: SoloLine,
    analysis: LineAnalysis,
    span: NoteSpan,
    matches: Sequence[CoachMatch],
    instrument: Instrument,
) -> str | None:
    check = _CHECKS.get(sentence.kind)
    if check is None:
        return f"want a kind of sentence that is known, got {sentence.kind!r}"
    try:
        check(Claim(sentence, line, analysis, span, matches, instrument))
    except NotBorneOutError as error:
        return f"not borne out: {error}"
    except (InputError, LookupError, ValueError) as error:
        # Names that are none, and too few or too many notes for what is said of them.
        return f"not borne out: {error}"
    return None
