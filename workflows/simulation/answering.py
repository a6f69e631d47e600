"""What people write into forms: decisive answers by chance and element, all else as the form's schema asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from workflows.exposure.suggestion import suggested_text
from workflows.hazards.models import Hazard
from workflows.hazards.words import Severity

Answer = dict[str, Any]
WORDS: Final = "已按要求落实，情况属实，相关资料附后。"


@dataclass(frozen=True)
class Situation:
    """What somebody knows who fills in a form: the hazard, today's date and the campaign's last day.

    `photo` is the reference of a picture that was uploaded beforehand.
    """

    hazard: Hazard
    today: date
    last_day: date
    photo: str
    random: Random

    def happens(self, share: float) -> bool:
        """True for this share of all times."""
        return self.random.random() < share


def answer_form(schema: Mapping[str, Any], element_id: str, situation: Situation) -> Answer:
    """Everything the form requires, an opinion, and the decisive fields decided as this element's people do."""
    filled = {str(it["key"]): _filled(it, situation) for it in _fields(schema) if _is_wanted(it)}
    decide = DECISIONS.get(element_id)
    return filled | (decide(situation) if decide else {})


def _fields(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for component in schema.get("components", ()):
        if component.get("type") == "group":
            yield from _fields(component)
        elif component.get("key"):
            yield component


def _is_wanted(component: Mapping[str, Any]) -> bool:
    return component["key"] == "opinion" or bool(component.get("validate", {}).get("required"))


def _filled(component: Mapping[str, Any], situation: Situation) -> Any:
    match component["type"]:
        case "number":
            return max(component.get("validate", {}).get("min", 0), situation.random.randint(1, 50))
        case "checkbox":
            return True
        case "radio" | "select":
            return component["values"][0]["value"]
        case "datetime":
            return situation.today.isoformat()
        case "filepicker":
            return [situation.photo] if component.get("multiple") else situation.photo
        case "textfield":
            return "王建国"
        case _:
            return WORDS


def _confirm(it: Situation) -> Answer:
    if it.hazard.claimed_done_on is not None and it.happens(0.85):
        return {"state": "rectified", **_proof(it)}
    if it.hazard.severity is Severity.GENERAL and it.happens(0.1):
        return {"state": "fixed_on_the_spot", "before_photos": [it.photo], **_proof(it)}
    return {"state": "to_rectify"}


def _proof(it: Situation) -> Answer:
    return {"done": WORDS, "done_on": it.today.isoformat(), "after_photos": [it.photo]}


def _plan(it: Situation) -> Answer:
    days = it.random.randint(20, 45) if it.hazard.severity is Severity.MAJOR else it.random.randint(5, 20)
    return {"due_on": max(it.today, min(it.today + timedelta(days=days), it.last_day)).isoformat()}


def _visit(it: Situation) -> Answer:
    verdict = None
    if it.hazard.claimed_done_on is not None and it.hazard.verdict is None:
        verdict = _chosen(it, genuine=0.72, not_rectified=0.13, false_rectification=0.08, relapsed=0.07)
    if verdict in ("not_rectified", "false_rectification"):
        return {"verdict": verdict, "result": "return"}
    if verdict is not None:
        return {"verdict": verdict, "result": "pass"}
    return {"result": _chosen(it, **{"pass": 0.86, "return": 0.08, "enforce": 0.04, "guide": 0.02})}


def _similar(it: Situation) -> Answer:
    if not it.happens(0.15):
        return {"answer": "none"}
    return {
        "answer": "found",
        "title": it.hazard.title,
        "description": f"举一反三自查发现：{it.hazard.description}",
        "place": "生产区",
        "severity": Severity.GENERAL.value,
    }


def _progress(it: Situation) -> Answer:
    return {"request": "delist" if it.hazard.rectified_at is not None else "progress"}


def _penalty(it: Situation) -> Answer:
    penalty = _chosen(it, none=0.3, warning=0.35, fine=0.35)
    return {"penalty": penalty, **({"amount": it.random.randint(1, 10)} if penalty == "fine" else {})}


def _public_text(it: Situation) -> Answer:
    return {"public_text": suggested_text(it.hazard), "media": "省应急管理厅网站"}


def _chosen(it: Situation, **shares: float) -> str:
    return it.random.choices(list(shares), weights=list(shares.values()))[0]


def _choice(key: str, **shares: float) -> Callable[[Situation], Answer]:
    return lambda it: {key: _chosen(it, **shares)}


DECISIONS: Final[Mapping[str, Callable[[Situation], Answer]]] = {
    "confirm_hazard": _confirm,
    "make_plan": _plan,
    "make_major_plan": _plan,
    "confirm_by_leader": _choice("decision", **{"agree": 0.95, "return": 0.05}),
    "verify_on_site": _visit,
    "countersign": _choice("decision", agree=0.97, disagree=0.03),
    "team_inspection": _choice("verdict", genuine=0.91, not_rectified=0.03, false_rectification=0.03, relapsed=0.03),
    "approve_closure": _choice("decision", **{"approve": 0.96, "return": 0.04}),
    "decide_extension": _choice("decision", grant=0.8, refuse=0.2),
    "check_similar": _similar,
    "report_progress": _progress,
    "decide_penalty": _penalty,
    "draft_text": _public_text,
    "approve_text": _choice("decision", **{"approve": 0.85, "return": 0.15}),
}
"""By element id; elements that are not here answer with the first choice of each required field."""
