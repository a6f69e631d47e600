"""Invented frames of candidates, for the tests of the draw and of the assignment."""

from __future__ import annotations

from hypothesis import strategies as st

from workflows.spot_check.frame import Candidate
from workflows.spot_check.parameters import DrawParameters

CITIES = ["4101", "4102", "4103"]
SECTORS = ["coal_mines", "town_gas"]
SEVERITIES = ["general", "major"]


def candidate(number: int, city: str = "4101", sector: str = "coal_mines", severity: str = "general") -> Candidate:
    return Candidate(f"H-{number:06}", city, f"{city}{number % 7:02}", sector, severity, f"{number % 11}")


frames = st.lists(
    st.tuples(st.integers(0, 400), st.sampled_from(CITIES), st.sampled_from(SECTORS), st.sampled_from(SEVERITIES)),
    min_size=1, max_size=150, unique_by=lambda row: row[0],
).map(lambda rows: [candidate(*row) for row in rows])  # fmt: skip

parameters = st.builds(
    DrawParameters,
    sample_size=st.integers(1, 200),
    minimum_per_stratum=st.integers(0, 5),
    weights=st.fixed_dictionaries({"general": st.integers(1, 9), "major": st.integers(1, 9)}),
)
