"""The shapes of releases for programs."""

from __future__ import annotations

from marshmallow import Schema, validate
from marshmallow.fields import AwareDateTime, Boolean, Integer, List, Nested, String

from engine.comparing import Change
from engine.releasing import ReleaseKind, ReleaseState, Verdict
from engine.storage.models import ResourceKind
from web.api.schemas import PageQuery, by_value

LONGEST = 2000


class ReleaseDecisionSchema(Schema):
    """What one approver said."""

    by = String()
    verdict = by_value(Verdict)
    words = String()
    at = AwareDateTime()


class ReleaseSchema(Schema):
    """A set of files on its way into effect."""

    id = Integer()
    kind = by_value(ReleaseKind)
    state = by_value(ReleaseState)
    comment = String()
    content_hash = String()
    draft_id = Integer(allow_none=True)
    base_id = Integer(allow_none=True, metadata={"description": "The deployment that its authors started from"})
    restores_id = Integer(allow_none=True, metadata={"description": "The deployment that a rollback brings back"})
    deployment_id = Integer(allow_none=True, metadata={"description": "What it became"})
    warnings = Integer()
    approvals_needed = Integer()
    emergency = Boolean()
    proposed_by = String()
    proposed_at = AwareDateTime()
    wanted_at = AwareDateTime(allow_none=True)
    effective_at = AwareDateTime(allow_none=True)
    ended_at = AwareDateTime(allow_none=True)


class ReleaseDetailSchema(ReleaseSchema):
    """One release with what was decided on it, and the deployment that is in effect."""

    editors = List(String())
    decisions = List(Nested(ReleaseDecisionSchema))
    newest_deployment_id = Integer(allow_none=True)
    is_outdated = Boolean(metadata={"description": "Others deployed since; `seen` must name the newest deployment"})


class PropertyChangeSchema(Schema):
    """A property that differs; null where it was or is absent."""

    name = String()
    before = String(allow_none=True)
    after = String(allow_none=True)


class PartChangeSchema(Schema):
    """An element, or a field of a form, that differs."""

    kind = String()
    id = String()
    name = String()
    change = by_value(Change)
    properties = List(Nested(PropertyChangeSchema))


class CellPairSchema(Schema):
    """A cell of a decision table before and after."""

    before = String(allow_none=True)
    after = String(allow_none=True)


class RowChangeSchema(Schema):
    """A rule of a decision table."""

    id = String()
    change = by_value(Change)
    number_before = Integer(allow_none=True)
    number_after = Integer(allow_none=True)
    cells = List(Nested(CellPairSchema))


class ColumnChangeSchema(Schema):
    """A column of a decision table."""

    role = String()
    name = String()
    change = by_value(Change)
    properties = List(Nested(PropertyChangeSchema))


class TableChangeSchema(Schema):
    """A decision table that differs."""

    id = String()
    name = String()
    change = by_value(Change)
    columns = List(Nested(ColumnChangeSchema))
    rows = List(Nested(RowChangeSchema))
    properties = List(Nested(PropertyChangeSchema))


class FileComparisonSchema(Schema):
    """A file that differs."""

    file = String()
    kind = by_value(ResourceKind)
    change = by_value(Change)
    title = String()
    was_called = String(allow_none=True)
    unreadable = Boolean()
    parts = List(Nested(PartChangeSchema))
    tables = List(Nested(TableChangeSchema))


class ComparisonSchema(Schema):
    """What differs between two sets of files."""

    files = List(Nested(FileComparisonSchema))
    same = Integer(metadata={"description": "How many files are the same"})


class ReleasesQuery(PageQuery):
    """Which releases, and which page of them."""

    over = Boolean(load_default=False, metadata={"description": "Those that are over instead of those under way"})


class ProposalSchema(Schema):
    """Why files are proposed, and when they should take effect."""

    comment = String(required=True, validate=validate.Length(1, LONGEST))
    wanted_at = AwareDateTime(load_default=None)


class WordsSchema(Schema):
    """What is said to a decision; needed to decline."""

    words = String(load_default="", validate=validate.Length(max=LONGEST))


class SeenSchema(Schema):
    """The deployment that is knowingly replaced, when others deployed since the release was begun."""

    seen = Integer(load_default=None, allow_none=True)


class ScheduleSchema(SeenSchema):
    """When a release takes effect by itself."""

    at = AwareDateTime(required=True)


class RollbackSchema(Schema):
    """Which deployment comes back, why, and whether at once as an emergency."""

    deployment = Integer(required=True)
    comment = String(required=True, validate=validate.Length(1, LONGEST))
    at_once = Boolean(load_default=False)
