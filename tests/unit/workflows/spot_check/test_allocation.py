"""Allotting a sample to strata."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workflows.spot_check.allocation import Stratum, allocate

strata = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3),
    st.builds(Stratum, size=st.integers(1, 60), weight=st.integers(1, 9), minimum=st.integers(0, 6)),
    min_size=1,
    max_size=12,
)


@given(strata, st.integers(0, 800))
def test_sizes_add_up_and_no_stratum_gives_more_than_it_has_or_less_than_its_minimum(
    strata: dict[str, Stratum], wanted: int
) -> None:
    given_to = allocate(strata, wanted)
    minimums = {name: min(it.minimum, it.size) for name, it in strata.items()}
    assert sum(given_to.values()) == max(min(wanted, sum(it.size for it in strata.values())), sum(minimums.values()))
    assert all(minimums[name] <= number <= strata[name].size for name, number in given_to.items())


@given(strata, st.integers(0, 300))
def test_the_order_of_the_strata_does_not_matter(strata: dict[str, Stratum], wanted: int) -> None:
    assert allocate(dict(reversed(strata.items())), wanted) == allocate(strata, wanted)


def test_shares_follow_size_times_weight() -> None:
    assert allocate({"general": Stratum(90, 1), "major": Stratum(10, 3)}, 40) == {"general": 30, "major": 10}


def test_a_full_stratum_leaves_its_rest_to_the_others() -> None:
    assert allocate({"a": Stratum(5, 100), "b": Stratum(100, 1)}, 50) == {"a": 5, "b": 45}


def test_largest_remainders_get_what_is_left_and_equal_ones_go_by_name() -> None:
    assert allocate({"a": Stratum(10, 1), "b": Stratum(10, 1), "c": Stratum(10, 1)}, 5) == {"a": 2, "b": 2, "c": 1}
