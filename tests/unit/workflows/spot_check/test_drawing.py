"""The draw: repeatable, fair to its strata, and covering what it must."""

from __future__ import annotations

from collections import Counter, defaultdict
from hashlib import sha256
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.workflows.spot_check.frames import candidate, frames, parameters
from workflows.spot_check.drawing import draw, key_of
from workflows.spot_check.frame import Candidate, by_stratum
from workflows.spot_check.parameters import Coverage, DrawParameters


@given(frames, parameters, st.binary(min_size=32, max_size=32))
def test_a_draw_has_the_size_and_minimums_it_should_and_names_nobody_twice(
    frame: list[Candidate], parameters: DrawParameters, key: bytes
) -> None:
    drawn = draw(frame, parameters, key)
    per_stratum = Counter(it.stratum for it in drawn)
    minimums = {name: min(parameters.minimum_per_stratum, len(them)) for name, them in by_stratum(frame).items()}
    assert len({it.number for it in drawn}) == len(drawn)
    assert {it.number for it in drawn} <= {it.number for it in frame}
    assert len(drawn) == max(parameters.wanted(len(frame)), sum(minimums.values()))
    assert all(per_stratum[name] >= least for name, least in minimums.items())


@given(frames, parameters, st.randoms(use_true_random=False))
def test_the_same_seed_draws_the_same_whatever_the_order_of_the_frame(
    frame: list[Candidate], parameters: DrawParameters, random: Random
) -> None:
    shuffled = random.sample(frame, len(frame))
    assert draw(shuffled, parameters, b"key") == draw(frame, parameters, b"key")


def test_another_seed_or_other_words_draw_others() -> None:
    frame = [candidate(number) for number in range(500)]
    few = DrawParameters(sample_size=20)
    drawn = [draw(frame, few, key_of(seed, words)) for seed, words in [(b"a", "x"), (b"b", "x"), (b"a", "y")]]
    assert len({tuple(it.number for it in one) for one in drawn}) == 3


def test_inside_a_stratum_the_lowest_hashes_are_drawn() -> None:
    frame = [candidate(number) for number in range(50)]
    key = key_of(b"seed", "七 十二 三")
    by_hand = sorted((sha256(key + it.number.encode()).hexdigest(), it.number) for it in frame)[:5]
    assert [it.number for it in draw(frame, DrawParameters(sample_size=5), key)] == [number for _, number in by_hand]


def test_a_share_is_rounded_up() -> None:
    assert DrawParameters(sample_permille=5).wanted(1001) == 6


@given(st.integers(1, 4), st.integers(1, 3), st.integers(1, 3), st.binary(min_size=4, max_size=4))
def test_the_coverage_reaches_so_many_counties_sectors_and_units_of_each_city(
    counties: int, sectors: int, units: int, key: bytes
) -> None:
    names = ["coal_mines", "town_gas", "road_traffic"]
    frame = [
        Candidate(f"H-{c}{k}{s}{u}", f"41{c:02}", f"41{c:02}{k:02}", names[s], "general", f"{c}{k}{s}{u}")
        for c in range(2) for k in range(4) for s in range(3) for u in range(3)
    ]  # fmt: skip
    coverage = Coverage(counties_per_city=counties, sectors_per_county=sectors, units_per_sector=units)
    drawn = {it.number for it in draw(frame, DrawParameters(sample_size=1, coverage=coverage), key)}
    reached: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for it in frame:
        if it.number in drawn:
            reached[it.county, it.sector].add(it.unit)
    assert sum(len(them) >= units for them in reached.values()) >= 2 * counties * sectors
