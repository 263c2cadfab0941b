"""Signs before heads: those that the key does not give, and those that remind."""

from collections.abc import Sequence
from dataclasses import replace

from licklab.domain.key import Key
from licklab.domain.score import Accidental, ScoreBar, ScoreEvent, ScoreHead
from licklab.domain.signature import key_fifths, signature_alters

_SIGNS = {
    -2: Accidental.DOUBLE_FLAT,
    -1: Accidental.FLAT,
    0: Accidental.NATURAL,
    1: Accidental.SHARP,
    2: Accidental.DOUBLE_SHARP,
}


def mark_accidentals(bars: Sequence[ScoreBar], key: Key | None) -> tuple[ScoreBar, ...]:
    """Decide which heads carry a sign.

    Parameters
    ----------
    bars : sequence of ScoreBar
        In order.
    key : Key or None
        Of the signature.

    Returns
    -------
    tuple of ScoreBar
        The same with signs. A sign lasts to the end of the bar, on its own line or space; one that
        reminds stands where the letter had another sign in the bar before, or at another octave
        in the same bar.
    """
    signature = signature_alters(key_fifths(key))
    before: dict[int, dict[tuple[str, int], int]] = {}
    marked = []
    for bar in bars:
        now: dict[int, dict[tuple[str, int], int]] = {}
        found: dict[tuple[int, int], ScoreEvent] = {}
        places = sorted(
            (event.onset_quarter, not event.is_grace, v, e)
            for v, voice in enumerate(bar.voices)
            for e, event in enumerate(voice.events)
        )
        for _, _, v, e in places:
            voice = bar.voices[v]
            state = now.setdefault(voice.staff, {})
            last = before.get(voice.staff, {})
            heads = [_mark(head, signature, state, last) for head in voice.events[e].heads]
            found[v, e] = replace(voice.events[e], heads=tuple(heads))
        voices = tuple(
            replace(voice, events=tuple(found[v, e] for e in range(len(voice.events))))
            for v, voice in enumerate(bar.voices)
        )
        marked.append(replace(bar, voices=voices))
        before = now
    return tuple(marked)


def _mark(
    head: ScoreHead,
    signature: dict[str, int],
    state: dict[tuple[str, int], int],
    last: dict[tuple[str, int], int],
) -> ScoreHead:
    pitch = head.pitch
    place = (pitch.letter, pitch.octave)
    in_force = state.get(place, signature[pitch.letter])
    if head.tie_from and place not in state:
        # The sign came over the barline with the tie, and ends with it.
        return head
    if pitch.alter != in_force:
        state[place] = pitch.alter
        return replace(head, accidental=_SIGNS[pitch.alter])
    reminds = place not in state and (
        last.get(place, pitch.alter) != pitch.alter
        or any(
            letter == pitch.letter and alter != pitch.alter for (letter, _), alter in state.items()
        )
    )
    state[place] = pitch.alter
    return replace(head, accidental=_SIGNS[pitch.alter], is_courtesy=True) if reminds else head
