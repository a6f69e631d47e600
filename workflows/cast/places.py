"""The places of the cast: which counties take part, and what each place is called in full."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, islice, zip_longest

from workflows.cast.sign_ins import DEMO_COUNTY
from workflows.geography.divisions import HENAN, Division, RegionLevel, divisions


def governed_places(counties: int | None) -> list[Division]:
    """The places with a committee and departments: the province, its cities and the chosen counties, in code order."""
    chosen = {division.code for division in islice(_spread_counties(), counties)}
    return [
        division
        for division in divisions().values()
        if division.code in chosen or division.level in (RegionLevel.PROVINCE, RegionLevel.CITY)
    ]


def lowest(places: list[Division]) -> list[Division]:
    """The places that hold no other of these: counties, and a city that is its own county."""
    holding = {place.parent_code for place in places} | _cities_with_counties()
    return [place for place in places if place.code not in holding]


def townships_of(place: Division) -> list[Division]:
    """The townships directly in a place."""
    return [it for it in divisions().values() if it.parent_code == place.code and it.level is RegionLevel.TOWNSHIP]


def full_name(place: Division) -> str:
    """A place with its city, e.g. `郑州市金水区`; a zone that names its city already is left as it is."""
    parent = divisions().get(place.parent_code or "")
    if parent is None or parent.code == HENAN or place.name.startswith(parent.name.removesuffix("市")):
        return place.name
    return full_name(parent) + place.name


def _spread_counties() -> Iterator[Division]:
    """All counties: the demo's, then one of each city in turn."""
    yield divisions()[DEMO_COUNTY]
    by_city: dict[str | None, list[Division]] = defaultdict(list)
    for division in divisions().values():
        if division.level is RegionLevel.COUNTY and division.code != DEMO_COUNTY:
            by_city[division.parent_code].append(division)
    yield from (county for county in chain.from_iterable(zip_longest(*by_city.values())) if county)


def _cities_with_counties() -> set[str | None]:
    return {division.parent_code for division in divisions().values() if division.level is RegionLevel.COUNTY}
