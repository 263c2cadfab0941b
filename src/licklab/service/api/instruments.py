"""The instruments that can be followed."""

from fastapi import APIRouter

from licklab.domain.instrument import INSTRUMENTS
from licklab.service.api.schemas import InstrumentOut

router = APIRouter(tags=["instruments"])


@router.get("/instruments", summary="List the instruments")
async def list_instruments() -> list[InstrumentOut]:
    """Give every instrument with its range, clef, transposition and aliases."""
    return [InstrumentOut.from_instrument(one) for one in INSTRUMENTS.values()]
