"""Parameters in addresses: those that an operation does not have are refused.

A misspelled one that is passed over changes the answer without a word: the whole solo in place of
two bars of it.
"""

from fastapi import Request

from licklab.errors import InputError


async def refuse_unknown_parameters(request: Request) -> None:
    """Refuse a request with a parameter that its operation does not have.

    Parameters
    ----------
    request : Request
        The request.

    Raises
    ------
    InputError
        If it has one.
    """
    if not request.query_params:
        return
    # The API's document knows them all, also those that come together in one model.
    paths = request.app.openapi()["paths"]
    operation = paths.get(request.scope["route"].path, {}).get(request.method.lower(), {})
    known = [one["name"] for one in operation.get("parameters", []) if one["in"] == "query"]
    for name in request.query_params:
        if name not in known:
            hint = f"there are {', '.join(known)}" if known else "there are none"
            raise InputError(f"want no parameter {name[:80]}, got one; {hint}")
