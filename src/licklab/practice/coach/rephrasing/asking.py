"""What a language model is asked, and what is taken from its answer.

In: sentences of the rules. Out: the two messages that it gets, and from its answer one text for
each sentence. No name that a person chose is in the messages; the answer is data, and whether any
of it is shown is up to the guard.
"""

import json
from collections.abc import Sequence
from typing import Any

from licklab.domain.coaching import CoachSentence
from licklab.practice.coach.rephrasing.masks import hide_names

VERSION = 1
"""Of the question: another one is another answer."""

ANSWER_TOKENS_PER_CHARACTER = 0.5
"""More than a model needs for English in JSON, which is about a quarter."""

_TASK = """\
You help a music teacher to write. You get a JSON object from ids to English sentences about a
jazz lick. Say each sentence again in plain, warm, short words for a musician.
Rules:
- Answer with one JSON object and nothing else: the same ids, each with your sentence as a string.
- Keep every note name, chord symbol, degree, number, beat, bar and time exactly as it is written,
  and in the same order. Leave none out and add none.
- Keep signs such as {1} and {2} exactly; they stand for names that you do not see.
- Say nothing that the sentence does not say. No new facts, names, opinions, questions or markup.
- Use simple words. End each sentence with a full stop. Do not make it much longer.
"""


def write_messages(sentences: Sequence[CoachSentence]) -> list[dict[str, str]]:
    """Write what a model is asked.

    Parameters
    ----------
    sentences : sequence of CoachSentence
        Of the rules.

    Returns
    -------
    list of dict
        Messages with a role and a content.
    """
    said = {one.id: hide_names(one.text, one.match) for one in sentences}
    return [
        {"role": "system", "content": _TASK},
        {"role": "user", "content": json.dumps(said, ensure_ascii=False)},
    ]


def read_answer(content: str, sentences: Sequence[CoachSentence]) -> dict[str, str]:
    """Take the sentences out of an answer.

    Parameters
    ----------
    content : str
        As the model wrote it.
    sentences : sequence of CoachSentence
        That it was asked about.

    Returns
    -------
    dict of str to str
        By id; only ids that were asked for, and only strings. Empty where the answer is no JSON.
        An id that comes twice is left out: nobody knows which one is meant.
    """
    text = content.strip()
    if text.startswith("```"):  # many models put a fence around it
        text = text.removeprefix("```json").removeprefix("```").removesuffix("```")
    try:
        document = json.loads(text, object_pairs_hook=_without_doubles)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(document, dict):
        return {}
    asked = {one.id for one in sentences}
    return {
        name: said for name, said in document.items() if name in asked and isinstance(said, str)
    }


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    return {name: value for name, value in pairs if names.count(name) == 1}
