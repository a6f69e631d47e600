"""What the domain says, as a Chinese and as an English page say it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from flask import Flask, session

from web.language import CHOICE, set_up_language
from web.sentences import spoken, spoken_by_field
from web.settings import Language, WebSettings
from workflows.errors import UnknownRecord, WrongStage
from workflows.hazards.words import Severity, Stage
from workflows.organisations.sectors import Sector
from workflows.records import Record
from workflows.sentences import Sentence, sentence

LIMIT = sentence(
    "the time limit is %(limit)s; only an extension moves it", limit=datetime(2022, 11, 20, 10, tzinfo=UTC)
)
LATER = sentence("it must be later than the present limit, %(limit)s", limit=date(2022, 11, 20))
MAJOR = sentence("a plan for this grade of hazard needs it: %(severity)s", severity=Severity.MAJOR)
STAGE = WrongStage(
    Record.HAZARD, "H-1", expected=[Stage.SELF_CHECK, Stage.SPOT_CHECK], actual=Stage.SPECIAL_INSPECTION
).said
NOBODY = UnknownRecord(Record.DEPARTMENT, [Sector.TOWN_GAS, "410102"]).said
MISSING = sentence(
    "it cannot be closed without %(missing)s; return it", missing=[sentence("a photo of the rectified state")]
)


@contextmanager
def page_in(language: Language) -> Generator[None]:
    app = Flask("test")
    set_up_language(app, WebSettings(secret_key="a key for the tests only"))
    app.secret_key = "a key for the tests only"
    with app.test_request_context():
        session[CHOICE] = language.value
        yield


@pytest.mark.parametrize(
    ("said", "chinese", "english"),
    [
        (LIMIT, "已定为2022年11月20日 18:00", "is Nov 20 2022, 18:00;"),
        (LATER, "应晚于现有整改时限2022年11月20日", "limit, Nov 20 2022"),
        (MAJOR, "重大隐患的整改方案必须写明此项", "grade of hazard needs it: Major hazard"),
        (STAGE, "隐患“H-1”目前的状态是“专项检查”，只有在“自查整改、督促检查”时", "'H-1' is Special inspection"),
        (NOBODY, "没有找到行业监管部门“城镇燃气、410102”", "there is no department 'Town gas, 410102'"),
        (MISSING, "缺少整改后照片，不能销号", "without a photo of the rectified state; return it"),
        ("a plain text, 100%", "a plain text, 100%", "a plain text, 100%"),
    ],
)
def test_a_sentence_and_its_facts_are_said_in_the_language_of_the_page(said: str, chinese: str, english: str) -> None:
    with page_in(Language.CHINESE):
        assert chinese in spoken(said)
    with page_in(Language.ENGLISH):
        assert english in spoken(said)


def test_a_percent_sign_in_a_fact_stays_as_it_is() -> None:
    with page_in(Language.CHINESE):
        assert spoken(Sentence("there is no account '%(account)s'", {"account": "50%(s"})).startswith("账号“50%(s”")


def test_fields_keep_their_names() -> None:
    with page_in(Language.CHINESE):
        assert spoken_by_field({"reason": sentence("it must not be empty")}) == {"reason": "不能为空，请填写"}
