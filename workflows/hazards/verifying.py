"""Re-checks (复查): what inspectors found on site, the verdict on an earlier claim, and the paper that says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from engine.events import publish
from engine.runtime import UnitOfWork
from workflows.errors import InvalidRecord, Refused
from workflows.hazards.evidence import add_evidence, note_progress
from workflows.hazards.models import Hazard, Verification
from workflows.hazards.words import EvidenceKind, Verdict
from workflows.labels import LabelledEnum
from workflows.numbers import next_number
from workflows.organisations.tree import organisation
from workflows.papers import recheck_opinions
from workflows.sentences import Sentence, sentence


class Result(LabelledEnum):
    """What inspectors conclude on site."""

    PASS = "pass", "通过"
    RETURN = "return", "退回整改"
    ENFORCE = "enforce", "退回并立案查处"
    GUIDE = "guide", "指导帮扶后继续整改"


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What the first inspector wrote down on site."""

    result: Result
    opinion: str
    completed_by: str
    verdict: Verdict | None = None
    photos: list[str] = field(default_factory=list[str])

    @property
    def has_relapsed(self) -> bool:
        """Whether what was put right has come back."""
        return self.verdict is Verdict.RELAPSED

    @property
    def has_passed(self) -> bool:
        """Whether the reported rectification holds. A relapse says that it did: what came back is a new hazard."""
        return self.has_relapsed or self.result is Result.PASS

    @property
    def needs_enforcement(self) -> bool:
        """Whether a case is opened: inspectors want it, or the rectification was false."""
        return self.verdict is Verdict.FALSE_RECTIFICATION or (self.result is Result.ENFORCE and not self.has_relapsed)


def check_visit(hazard: Hazard, visit: Visit) -> None:
    """Refuse a visit whose answers contradict each other. Raises InvalidRecord by field."""
    if errors := dict(_contradictions(hazard, visit)):
        raise InvalidRecord(errors)


def record_verification(
    uow: UnitOfWork, hazard: Hazard, visit: Visit, *, verifiers: Sequence[str], expert: str | None
) -> Verification:
    """Write the verification down under the next number of the department's re-check opinions (整改复查意见书).

    Raises Refused unless two different people verified.
    """
    if len(set(verifiers)) < 2:
        raise Refused(sentence("a re-check is signed by two different people; let another inspector countersign"))
    document = next_number(uow, recheck_opinions(organisation(uow.session, hazard.department_id))).text
    verification = Verification(
        hazard_id=hazard.id,
        stage=hazard.stage,
        passed=visit.has_passed,
        verdict=visit.verdict,
        opinion=visit.opinion,
        verifiers=list(verifiers),
        expert=expert,
        document=document,
        at=uow.now,
    )
    uow.session.add(verification)
    hazard.verdict = visit.verdict or hazard.verdict
    hazard.documents = [*hazard.documents, document]
    add_evidence(uow, hazard, EvidenceKind.ON_SITE, visit.photos, by=visit.completed_by)
    note_progress(uow, hazard, f"复查{visit.result.label}（{document}）：{visit.opinion}", by=visit.completed_by)
    publish(uow, "hazard.verified", hazard.number, _told(hazard, verification))
    return verification


def _contradictions(hazard: Hazard, visit: Visit) -> Iterator[tuple[str, Sentence]]:
    if hazard.claimed_done_on is None and visit.verdict in (Verdict.GENUINE, Verdict.RELAPSED):
        yield "verdict", sentence("no earlier ledger claims anything of this hazard; leave the verdict out")
    if hazard.claimed_done_on is not None and hazard.verdict is None and visit.verdict is None:
        yield "verdict", sentence("an earlier ledger says that this hazard was put right; say whether that was so")
    if visit.result is Result.PASS and visit.verdict in (Verdict.NOT_RECTIFIED, Verdict.FALSE_RECTIFICATION):
        yield "result", sentence("what was not rectified cannot pass")
    if visit.result is not Result.PASS and visit.verdict is Verdict.GENUINE:
        yield "verdict", sentence("a genuine rectification passes")


def _told(hazard: Hazard, verification: Verification) -> dict[str, object]:
    return {
        "hazard": hazard.number,
        "passed": verification.passed,
        "verdict": verification.verdict.value if verification.verdict else None,
        "document": verification.document,
    }
