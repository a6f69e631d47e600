from __future__ import annotations

import pytest

from engine.runtime import Runtime
from workflows.errors import UnknownRecord
from workflows.geography.divisions import divisions
from workflows.geography.names import find_by_name
from workflows.geography.regions import ancestors, children, load_divisions, region


@pytest.fixture
def henan(runtime: Runtime) -> Runtime:
    with runtime.unit_of_work() as uow:
        load_divisions(uow.session)
    return runtime


def test_loading_again_adds_nothing(henan: Runtime) -> None:
    with henan.unit_of_work() as uow:
        assert load_divisions(uow.session) == 0


def test_every_division_becomes_a_region(runtime: Runtime) -> None:
    with runtime.unit_of_work() as uow:
        assert load_divisions(uow.session) == len(divisions())


def test_ancestors_lead_down_from_the_province(henan: Runtime) -> None:
    with henan.reading() as uow:
        assert [it.name for it in ancestors(uow.session, "410105002")] == ["河南省", "郑州市", "金水区"]
        assert ancestors(uow.session, "41") == []


def test_children_come_in_code_order(henan: Runtime) -> None:
    with henan.reading() as uow:
        codes = [it.code for it in children(uow.session, "41")]
    assert codes == sorted(codes)
    assert (len(codes), codes[-1]) == (18, "419001")


def test_an_unknown_code_is_refused(henan: Runtime) -> None:
    with pytest.raises(UnknownRecord, match="110101"), henan.reading() as uow:
        region(uow.session, "110101")


def test_a_region_is_found_by_a_former_name(henan: Runtime) -> None:
    with henan.reading() as uow:
        found = find_by_name(uow.session, "洛阳市偃师市")
    assert found is not None
    assert found.name == "偃师区"
