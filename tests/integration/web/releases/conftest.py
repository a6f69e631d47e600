"""A site with a draft of the set in effect, and what its people do with releases of it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from engine.modelling import begin_draft, newest_deployment, save_file
from engine.releasing import Release, ReleaseRules, release_of
from engine.storage.models import Deployment
from tests.diagrams import form, question
from tests.integration.web.site import Site
from workflows import releases

RULES = ReleaseRules()
FILE = "rectification.form"


def changed(label: str) -> bytes:
    """The form in which something else is asked."""
    return form("rectification", {**question("textfield", "note"), "label": label})


@dataclass
class Office:
    """The committee office of a site: its drafts and releases."""

    site: Site

    def draft(self, label: str = "说明", *, name: str = "更清楚的表单", file: str = FILE, by: str = "sheji") -> int:
        """A draft in which one form says something else."""
        return self.draft_of(changed(label), name=name, file=file, by=by)

    def draft_of(self, content: bytes, *, name: str = "草稿", file: str = FILE, by: str = "sheji") -> int:
        """A draft in which one file has this content."""
        with self.site.runtime.unit_of_work() as uow:
            newest = newest_deployment(uow.session)
            draft = begin_draft(uow, name=name, by=by, base=newest.id if newest else None).id
            save_file(uow, draft, file, content, by=by, expected_revision=0)
            return draft

    def proposed(self, label: str = "说明", *, comment: str = "表单改得更清楚") -> int:
        """A release that waits for approval, drawn and proposed by `sheji`."""
        draft = self.draft(label)
        with self.site.runtime.unit_of_work() as uow:
            return releases.propose_draft(uow, draft, RULES, by="sheji", comment=comment).id

    def approved(self, label: str = "说明") -> int:
        """A release that waits for its operator."""
        release = self.proposed(label)
        with self.site.runtime.unit_of_work() as uow:
            releases.agree(uow, release, by="liucheng")
        return release

    def deployed(self, label: str = "说明") -> int:
        """The number of the deployment that a release became."""
        release = self.approved(label)
        with self.site.runtime.unit_of_work() as uow:
            return releases.deploy_now(uow, release, by="yunwei").deployment.id

    def release(self, number: int) -> Release:
        with self.site.runtime.reading() as uow:
            return release_of(uow.session, number)

    def newest(self) -> Deployment:
        with self.site.runtime.reading() as uow:
            found = newest_deployment(uow.session)
            assert found is not None
            return found


@pytest.fixture
def office(site: Site) -> Office:
    return Office(site)
