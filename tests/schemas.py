"""Whether documents are as their schemas have them."""

from collections.abc import Callable
from functools import cache
from typing import Any

import jsonschema


def check(document: object, make_schema: Callable[[], dict[str, Any]]) -> None:
    """Raise a ValidationError for a document that a schema refuses.

    A schema is itself looked at once, not again with every document.
    """
    _validator(make_schema).validate(document)


@cache
def _validator(make_schema: Callable[[], dict[str, Any]]) -> jsonschema.Draft202012Validator:
    schema = make_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)
