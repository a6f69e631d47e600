"""The words for enums, ours and the domain's, in the language of the request."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import LazyString, lazy_pgettext

from engine.history import HistoryKind
from engine.migrating import ItemState, MigrationState, Movability
from engine.modelling import FileChange, FileState
from engine.operating.models import BatchAct, BatchState
from engine.operating.positions import Standing
from engine.releasing import ReleaseAct, ReleaseKind, ReleaseState
from engine.storage.models import InstanceStatus, TaskStatus
from web.pages.inbox.tabs import Whose
from web.times import Urgency
from workflows.audit.models import AuditKind
from workflows.audit.searching import Source as Register
from workflows.calendars.years import DayKind
from workflows.campaigns.content_areas import ContentArea, InspectionLevel, Source
from workflows.campaigns.models import PhaseKind
from workflows.enforcement.models import PenaltyKind
from workflows.escalation.receipts import ReceiptState
from workflows.escalation.steps import EscalationStep
from workflows.exposure.models import ExposureStatus
from workflows.extension_request import ExtensionStatus
from workflows.geography.divisions import RegionLevel
from workflows.good_practice.models import GoodPracticeStatus
from workflows.hazards.words import Category, EvidenceKind, Origin, Severity, Stage, Verdict
from workflows.ledger.appearance import Density
from workflows.ledger.states import ExportFormat, JobState
from workflows.listed_supervision import SupervisionStatus
from workflows.organisations.api_tokens import TokenScope
from workflows.organisations.leave import LeaveState
from workflows.organisations.models import OrganisationKind
from workflows.organisations.roles import Role
from workflows.organisations.sectors import Sector
from workflows.organisations.sign_ins import SignInOutcome
from workflows.reachability.ways import Occasion, Way
from workflows.side_acts import SideAct
from workflows.similar_check import Answer as SimilarAnswer
from workflows.spot_check.assignment import Refusal as PassedOver
from workflows.spot_check.models import RoundAct, RoundStatus
from workflows.spot_check.progress import Step as InspectionStep
from workflows.spot_check.samples import Which as WhichDrawn
from workflows.statistics.figures import RateKind
from workflows.statistics.periods import PeriodKind
from workflows.statistics.reporting import ReportState
from workflows.trials.models import Finding, ReplayState

WORDS: Mapping[type[StrEnum], Mapping[StrEnum, LazyString]] = {
    ReplayState: {
        ReplayState.WAITING: lazy_pgettext("replay", "waits"),
        ReplayState.RUNNING: lazy_pgettext("replay", "under way"),
        ReplayState.DONE: lazy_pgettext("replay", "done"),
        ReplayState.CANCELLED: lazy_pgettext("replay", "cancelled"),
        ReplayState.FAILED: lazy_pgettext("replay", "not possible"),
    },
    Finding: {
        Finding.SAME: lazy_pgettext("finding", "no difference"),
        Finding.PATH: lazy_pgettext("finding", "another path"),
        Finding.LIMIT: lazy_pgettext("finding", "other time limits"),
        Finding.TOLD: lazy_pgettext("finding", "other reminders"),
        Finding.UNPLAYABLE: lazy_pgettext("finding", "not playable"),
    },
    FileState: {
        FileState.SAME: lazy_pgettext("file", "As in effect"),
        FileState.CHANGED: lazy_pgettext("file", "Changed"),
        FileState.ADDED: lazy_pgettext("file", "New"),
        FileState.REMOVED: lazy_pgettext("file", "Taken out"),
    },
    FileChange: {
        FileChange.ADDED: lazy_pgettext("file", "Added"),
        FileChange.SAVED: lazy_pgettext("file", "Changed"),
        FileChange.RENAMED: lazy_pgettext("file", "Renamed"),
        FileChange.REMOVED: lazy_pgettext("file", "Taken out"),
        FileChange.RESTORED: lazy_pgettext("file", "Restored"),
    },
    ReceiptState: {
        ReceiptState.WAITING: lazy_pgettext("receipt", "Waits to be delivered"),
        ReceiptState.UNREAD: lazy_pgettext("receipt", "Delivered, not read"),
        ReceiptState.READ: lazy_pgettext("receipt", "Read"),
    },
    RateKind: {
        RateKind.CLOSED: lazy_pgettext("rate", "Closed rate"),
        RateKind.RECTIFIED: lazy_pgettext("rate", "Rectification rate"),
        RateKind.ON_TIME: lazy_pgettext("rate", "On-time rate"),
    },
    PeriodKind: {
        PeriodKind.DAY: lazy_pgettext("period", "One day"),
        PeriodKind.WEEK: lazy_pgettext("period", "The week of this day"),
    },
    ReportState: {
        ReportState.FOUND: lazy_pgettext("report", "Hazards found"),
        ReportState.ZERO: lazy_pgettext("report", "Zero report"),
        ReportState.SILENT: lazy_pgettext("report", "No report"),
    },
    Urgency: {
        Urgency.OVERDUE: lazy_pgettext("urgency", "Overdue"),
        Urgency.TODAY: lazy_pgettext("urgency", "Due today"),
        Urgency.WEEK: lazy_pgettext("urgency", "This week"),
        Urgency.LATER: lazy_pgettext("urgency", "Later"),
    },
    Whose: {
        Whose.ALL: lazy_pgettext("whose tasks", "All open"),
        Whose.MINE: lazy_pgettext("whose tasks", "Mine"),
        Whose.GROUPS: lazy_pgettext("whose tasks", "My groups’"),
        Whose.DONE: lazy_pgettext("whose tasks", "Done by me"),
    },
    Severity: {
        Severity.GENERAL: lazy_pgettext("severity", "General hazard"),
        Severity.MAJOR: lazy_pgettext("severity", "Major hazard"),
    },
    Origin: {
        Origin.NEW: lazy_pgettext("origin", "New"),
        Origin.CARRIED_OVER: lazy_pgettext("origin", "Carried over"),
        Origin.RELAPSED: lazy_pgettext("origin", "Relapsed"),
    },
    EvidenceKind: {
        EvidenceKind.BEFORE: lazy_pgettext("evidence", "Photos before rectification"),
        EvidenceKind.AFTER: lazy_pgettext("evidence", "Photos after rectification"),
        EvidenceKind.ON_SITE: lazy_pgettext("evidence", "Photos of the verification on site"),
        EvidenceKind.DOCUMENT: lazy_pgettext("evidence", "Documents"),
    },
    Sector: {
        Sector.TOWN_GAS: lazy_pgettext("sector", "Town gas"),
        Sector.SELF_BUILT_HOUSES: lazy_pgettext("sector", "Self-built houses used for business"),
        Sector.HAZARDOUS_CHEMICALS: lazy_pgettext("sector", "Hazardous chemicals"),
        Sector.NON_COAL_MINES: lazy_pgettext("sector", "Non-coal mines"),
        Sector.INDUSTRY_TRADE: lazy_pgettext("sector", "Industry and trade"),
        Sector.HIGH_RISE_FIRE: lazy_pgettext("sector", "High-rise fire safety"),
        Sector.NINE_SMALL_PLACES: lazy_pgettext("sector", "Nine small places and street shops"),
        Sector.COAL_MINES: lazy_pgettext("sector", "Coal mines"),
        Sector.ROAD_TRAFFIC: lazy_pgettext("sector", "Road traffic"),
        Sector.FOREST_FIRE: lazy_pgettext("sector", "Forest fire"),
    },
    Source: {
        Source.STATE_ASSESSMENT: lazy_pgettext("source", "Assessment by the State Council's Safety Committee"),
        Source.PROVINCIAL_TEAM: lazy_pgettext("source", "Provincial inspection team"),
        Source.LOCAL_INSPECTION: lazy_pgettext("source", "Local inspection"),
        Source.THREE_YEAR_ACTION: lazy_pgettext("source", "Three-year special rectification"),
        Source.SECTOR_CAMPAIGN: lazy_pgettext("source", "Sector campaign"),
        Source.SELF_CHECK: lazy_pgettext("source", "Self-check"),
        Source.SPECIAL_INSPECTION: lazy_pgettext("source", "Special inspection"),
        Source.SPOT_CHECK: lazy_pgettext("source", "Spot-check"),
        Source.TIP: lazy_pgettext("source", "Report by the public"),
        Source.EARLIER_LEDGER: lazy_pgettext("source", "Earlier ledger"),
    },
    Role: {
        Role.RESPONSIBLE_PERSON: lazy_pgettext("role", "Responsible person"),
        Role.UNIT_LEADER: lazy_pgettext("role", "Leader of the unit"),
        Role.COMMITTEE_OFFICE: lazy_pgettext("role", "Committee office"),
        Role.DEPARTMENT_INSPECTOR: lazy_pgettext("role", "Inspector"),
        Role.DEPARTMENT_LEADER: lazy_pgettext("role", "Leader of the department"),
        Role.TEAM_LEADER: lazy_pgettext("role", "Leader of the team"),
        Role.TEAM_MEMBER: lazy_pgettext("role", "Member of the team"),
        Role.EXPERT: lazy_pgettext("role", "Expert"),
        Role.PROCESS_DESIGNER: lazy_pgettext("role", "Process designer"),
        Role.PROCESS_APPROVER: lazy_pgettext("role", "Approver of processes"),
        Role.PROCESS_OPERATOR: lazy_pgettext("role", "Operator of processes"),
        Role.AUDITOR: lazy_pgettext("role", "Auditor (reads only)"),
        Role.ADMINISTRATOR: lazy_pgettext("role", "Administrator"),
        Role.CLOSER: lazy_pgettext("role", "Approver of closures"),
        Role.PROVINCIAL_LEADER: lazy_pgettext("role", "Leader of the committee"),
    },
    Stage: {
        Stage.SELF_CHECK: lazy_pgettext("stage", "Self-check"),
        Stage.SPECIAL_INSPECTION: lazy_pgettext("stage", "Special inspection"),
        Stage.SPOT_CHECK: lazy_pgettext("stage", "Spot-check"),
        Stage.CLOSURE: lazy_pgettext("stage", "Approval of closure"),
        Stage.CLOSED: lazy_pgettext("stage", "Closed"),
        Stage.VOIDED: lazy_pgettext("stage", "Void"),
    },
    Verdict: {
        Verdict.GENUINE: lazy_pgettext("verdict", "Genuine"),
        Verdict.NOT_RECTIFIED: lazy_pgettext("verdict", "Not rectified"),
        Verdict.FALSE_RECTIFICATION: lazy_pgettext("verdict", "False rectification"),
        Verdict.RELAPSED: lazy_pgettext("verdict", "Relapsed"),
    },
    Category: {
        Category.PEOPLE: lazy_pgettext("category", "Unsafe acts of people"),
        Category.THINGS: lazy_pgettext("category", "Unsafe state of things"),
        Category.SURROUNDINGS: lazy_pgettext("category", "Surroundings"),
        Category.MANAGEMENT: lazy_pgettext("category", "Gaps in management"),
    },
    ContentArea: {
        ContentArea.ASSESSMENT: lazy_pgettext("content area", "Found by assessments and inspections"),
        ContentArea.THREE_YEAR_ACTION: lazy_pgettext("content area", "Found in the three-year action"),
        ContentArea.SECTOR_CAMPAIGN: lazy_pgettext("content area", "Found in sector campaigns"),
        ContentArea.FOREST_FIRE: lazy_pgettext("content area", "Forest-fire prevention"),
    },
    InspectionLevel: {
        InspectionLevel.ENTERPRISE: lazy_pgettext("inspection level", "Enterprise"),
        InspectionLevel.TOWNSHIP: lazy_pgettext("inspection level", "Township"),
        InspectionLevel.COUNTY: lazy_pgettext("inspection level", "County"),
        InspectionLevel.CITY: lazy_pgettext("inspection level", "City"),
        InspectionLevel.PROVINCE: lazy_pgettext("inspection level", "Province"),
        InspectionLevel.STATE: lazy_pgettext("inspection level", "State"),
    },
    RegionLevel: {
        RegionLevel.PROVINCE: lazy_pgettext("region level", "Province"),
        RegionLevel.CITY: lazy_pgettext("region level", "City"),
        RegionLevel.COUNTY: lazy_pgettext("region level", "County"),
        RegionLevel.TOWNSHIP: lazy_pgettext("region level", "Township"),
    },
    EscalationStep: {
        EscalationStep.REMIND_EARLY: lazy_pgettext("escalation step", "Early reminder"),
        EscalationStep.REMIND: lazy_pgettext("escalation step", "Reminder before the limit"),
        EscalationStep.DUE: lazy_pgettext("escalation step", "The limit is reached"),
        EscalationStep.TELL_UNIT_LEADER: lazy_pgettext("escalation step", "The unit's leader is told"),
        EscalationStep.TELL_DEPARTMENT: lazy_pgettext("escalation step", "The department is told"),
        EscalationStep.LIST_FOR_SUPERVISION: lazy_pgettext("escalation step", "Proposed for listed supervision"),
        EscalationStep.TELL_COMMITTEE: lazy_pgettext("escalation step", "The committee is told"),
    },
    SupervisionStatus: {
        SupervisionStatus.PROPOSED: lazy_pgettext("supervision", "Proposed, waits for approval"),
        SupervisionStatus.DECLINED: lazy_pgettext("supervision", "Not listed"),
        SupervisionStatus.LISTED: lazy_pgettext("supervision", "Listed"),
        SupervisionStatus.DELISTED: lazy_pgettext("supervision", "Delisted"),
    },
    ExposureStatus: {
        ExposureStatus.PROPOSED: lazy_pgettext("exposure", "Proposed, waits for approval"),
        ExposureStatus.PUBLISHED: lazy_pgettext("exposure", "Exposed"),
        ExposureStatus.DECLINED: lazy_pgettext("exposure", "Not exposed"),
        ExposureStatus.WITHDRAWN: lazy_pgettext("exposure", "Withdrawn"),
    },
    GoodPracticeStatus: {
        GoodPracticeStatus.PROPOSED: lazy_pgettext("good practice", "Waits for approval"),
        GoodPracticeStatus.PUBLISHED: lazy_pgettext("good practice", "Published"),
        GoodPracticeStatus.DECLINED: lazy_pgettext("good practice", "Not taken up"),
        GoodPracticeStatus.WITHDRAWN: lazy_pgettext("good practice", "Withdrawn"),
    },
    SimilarAnswer: {
        SimilarAnswer.NONE: lazy_pgettext("similar check", "Nothing alike found"),
        SimilarAnswer.FOUND: lazy_pgettext("similar check", "Found the same"),
    },
    SideAct: {
        SideAct.EXTENSION: lazy_pgettext("side process", "Extension"),
        SideAct.LISTING: lazy_pgettext("side process", "Listed supervision"),
        SideAct.EXPOSURE: lazy_pgettext("side process", "Exposure"),
        SideAct.SIMILAR_CHECK: lazy_pgettext("side process", "Similar check"),
        SideAct.ENFORCEMENT: lazy_pgettext("side process", "Enforcement"),
    },
    ExtensionStatus: {
        ExtensionStatus.PENDING: lazy_pgettext("extension", "Waits for the answer"),
        ExtensionStatus.GRANTED: lazy_pgettext("extension", "Granted"),
        ExtensionStatus.REFUSED: lazy_pgettext("extension", "Refused"),
    },
    PenaltyKind: {
        PenaltyKind.NONE: lazy_pgettext("penalty", "No penalty"),
        PenaltyKind.WARNING: lazy_pgettext("penalty", "Warning"),
        PenaltyKind.FINE: lazy_pgettext("penalty", "Fine"),
        PenaltyKind.STOP_PRODUCTION: lazy_pgettext("penalty", "Stop of production"),
        PenaltyKind.LICENCE_SUSPENDED: lazy_pgettext("penalty", "Licence suspended"),
        PenaltyKind.LICENCE_REVOKED: lazy_pgettext("penalty", "Licence revoked"),
        PenaltyKind.CLOSED_DOWN: lazy_pgettext("penalty", "Closed down"),
    },
    OrganisationKind: {
        OrganisationKind.PROVINCE_COMMITTEE: lazy_pgettext("organisation", "Provincial safety committee"),
        OrganisationKind.COMMITTEE: lazy_pgettext("organisation", "Safety committee"),
        OrganisationKind.DEPARTMENT: lazy_pgettext("organisation", "Department"),
        OrganisationKind.TOWNSHIP: lazy_pgettext("organisation", "Township or subdistrict"),
        OrganisationKind.ENTERPRISE: lazy_pgettext("organisation", "Enterprise"),
        OrganisationKind.SPOT_CHECK_TEAM: lazy_pgettext("organisation", "Spot-check team"),
    },
    PhaseKind: {
        PhaseKind.SELF_CHECK: lazy_pgettext("line of work", "Self-check"),
        PhaseKind.SPECIAL_INSPECTION: lazy_pgettext("line of work", "Special inspection"),
        PhaseKind.SPOT_CHECK: lazy_pgettext("line of work", "Spot-check"),
    },
    LeaveState: {
        LeaveState.UPCOMING: lazy_pgettext("leave", "Upcoming"),
        LeaveState.ACTIVE: lazy_pgettext("leave", "Under way"),
        LeaveState.PAST: lazy_pgettext("leave", "Over"),
    },
    DayKind: {
        DayKind.WORKED: lazy_pgettext("day", "Working day"),
        DayKind.WEEKEND: lazy_pgettext("day", "Weekend"),
        DayKind.DAY_OFF: lazy_pgettext("day", "Day off"),
        DayKind.MADE_UP: lazy_pgettext("day", "Make-up working day"),
        DayKind.UNKNOWN: lazy_pgettext("day", "Not announced yet"),
    },
    Register: {
        Register.WORK: lazy_pgettext("register", "Work"),
        Register.ADMINISTRATION: lazy_pgettext("register", "Administration"),
        Register.SIGN_IN: lazy_pgettext("register", "Sign-ins"),
    },
    SignInOutcome: {
        SignInOutcome.ACCEPTED: lazy_pgettext("sign-in", "Signed in"),
        SignInOutcome.DENIED: lazy_pgettext("sign-in", "Denied: account or password wrong"),
        SignInOutcome.LIMITED: lazy_pgettext("sign-in", "Held up: too many attempts"),
        SignInOutcome.EXPIRED: lazy_pgettext("sign-in", "Denied: one-time password expired"),
        SignInOutcome.UNLOCKED: lazy_pgettext("sign-in", "Attempts forgiven by an administrator"),
    },
    ReleaseState: {
        ReleaseState.PROPOSED: lazy_pgettext("release", "Waits for approval"),
        ReleaseState.APPROVED: lazy_pgettext("release", "Ready"),
        ReleaseState.SCHEDULED: lazy_pgettext("release", "Scheduled"),
        ReleaseState.HELD: lazy_pgettext("release", "Held up"),
        ReleaseState.DEPLOYED: lazy_pgettext("release", "Put into effect"),
        ReleaseState.DECLINED: lazy_pgettext("release", "Declined"),
        ReleaseState.WITHDRAWN: lazy_pgettext("release", "Withdrawn"),
    },
    ReleaseKind: {
        ReleaseKind.DRAFT: lazy_pgettext("release", "From a draft"),
        ReleaseKind.FILES: lazy_pgettext("release", "From a program"),
        ReleaseKind.ROLLBACK: lazy_pgettext("release", "Going back"),
    },
    ReleaseAct: {
        ReleaseAct.PROPOSED: lazy_pgettext("release", "proposed"),
        ReleaseAct.CONSENTED: lazy_pgettext("release", "agreed"),
        ReleaseAct.APPROVED: lazy_pgettext("release", "approved"),
        ReleaseAct.DECLINED: lazy_pgettext("release", "declined"),
        ReleaseAct.WITHDRAWN: lazy_pgettext("release", "withdrew"),
        ReleaseAct.SCHEDULED: lazy_pgettext("release", "scheduled"),
        ReleaseAct.UNSCHEDULED: lazy_pgettext("release", "took the schedule back"),
        ReleaseAct.HELD: lazy_pgettext("release", "held up"),
        ReleaseAct.DEPLOYED: lazy_pgettext("release", "put into effect"),
    },
    TokenScope: {
        TokenScope.HAZARDS_READ: lazy_pgettext("scope", "Read hazards"),
        TokenScope.HAZARDS_WRITE: lazy_pgettext("scope", "Register and change hazards"),
        TokenScope.TASKS_READ: lazy_pgettext("scope", "Read tasks"),
        TokenScope.TASKS_WRITE: lazy_pgettext("scope", "Claim and complete tasks"),
        TokenScope.INSTANCES_READ: lazy_pgettext("scope", "Read process instances"),
        TokenScope.INSTANCES_WRITE: lazy_pgettext("scope", "Suspend, resume and cancel process instances"),
        TokenScope.MESSAGES_WRITE: lazy_pgettext("scope", "Send messages"),
        TokenScope.DEFINITIONS_READ: lazy_pgettext("scope", "Read definitions"),
        TokenScope.DEFINITIONS_WRITE: lazy_pgettext("scope", "Deploy definitions"),
        TokenScope.RELEASES_PROPOSE: lazy_pgettext("scope", "Propose releases of processes"),
        TokenScope.RELEASES_APPROVE: lazy_pgettext("scope", "Approve releases of processes"),
        TokenScope.RELEASES_DEPLOY: lazy_pgettext("scope", "Deploy, schedule and roll back releases"),
        TokenScope.ENDPOINTS_READ: lazy_pgettext("scope", "Read channels and deliveries"),
        TokenScope.ENDPOINTS_WRITE: lazy_pgettext("scope", "Open and change channels"),
    },
    JobState: {
        JobState.EXAMINING: lazy_pgettext("ledger job", "Being examined"),
        JobState.EXAMINED: lazy_pgettext("ledger job", "Waits for your decision"),
        JobState.WAITING: lazy_pgettext("ledger job", "Waits for its turn"),
        JobState.RUNNING: lazy_pgettext("ledger job", "Under way"),
        JobState.DONE: lazy_pgettext("ledger job", "Done"),
        JobState.CANCELLED: lazy_pgettext("ledger job", "Cancelled"),
        JobState.FAILED: lazy_pgettext("ledger job", "Not done"),
    },
    ExportFormat: {
        ExportFormat.WORKBOOK: lazy_pgettext("file", "Excel workbook (.xlsx)"),
        ExportFormat.CSV: lazy_pgettext("file", "Text table (.csv)"),
    },
    Density: {
        Density.ROOMY: lazy_pgettext("density", "Roomy"),
        Density.DENSE: lazy_pgettext("density", "Dense"),
    },
    Way: {
        Way.MAIL: lazy_pgettext("way", "Mail"),
        Way.SMS: lazy_pgettext("way", "Short message"),
    },
    Occasion: {
        Occasion.REMINDER: lazy_pgettext("occasion", "Reminders before a time limit"),
        Occasion.OVERDUE: lazy_pgettext("occasion", "Escalations after it"),
        Occasion.DIGEST: lazy_pgettext("occasion", "The digest of the day"),
    },
    AuditKind: {
        AuditKind.ORGANISATION_CREATED: lazy_pgettext("audit", "Organisation added"),
        AuditKind.ORGANISATION_CHANGED: lazy_pgettext("audit", "Organisation changed"),
        AuditKind.ORGANISATION_CLOSED: lazy_pgettext("audit", "Organisation closed"),
        AuditKind.ORGANISATION_REOPENED: lazy_pgettext("audit", "Organisation reopened"),
        AuditKind.PERSON_CREATED: lazy_pgettext("audit", "Person added"),
        AuditKind.PERSON_CHANGED: lazy_pgettext("audit", "Person changed"),
        AuditKind.PERSON_ACTIVATED: lazy_pgettext("audit", "Account opened"),
        AuditKind.PERSON_DEACTIVATED: lazy_pgettext("audit", "Account closed"),
        AuditKind.PERSON_UNLOCKED: lazy_pgettext("audit", "Failed attempts forgiven"),
        AuditKind.PASSWORD_RESET: lazy_pgettext("audit", "Password reset"),
        AuditKind.PASSWORD_CHANGED: lazy_pgettext("audit", "Password changed"),
        AuditKind.ROLE_ASSIGNED: lazy_pgettext("audit", "Role given"),
        AuditKind.ROLE_WITHDRAWN: lazy_pgettext("audit", "Role withdrawn"),
        AuditKind.LEAVE_DELEGATED: lazy_pgettext("audit", "Deputy named"),
        AuditKind.LEAVE_ENDED: lazy_pgettext("audit", "Delegation ended early"),
        AuditKind.CAMPAIGN_OPENED: lazy_pgettext("audit", "Campaign opened"),
        AuditKind.CAMPAIGN_CHANGED: lazy_pgettext("audit", "Campaign changed"),
        AuditKind.CAMPAIGN_CLOSED: lazy_pgettext("audit", "Campaign closed"),
        AuditKind.CALENDAR_DAY_SET: lazy_pgettext("audit", "Calendar corrected"),
        AuditKind.CALENDAR_DAY_CLEARED: lazy_pgettext("audit", "Correction taken back"),
        AuditKind.CALENDAR_YEAR_COVERED: lazy_pgettext("audit", "Calendar year completed"),
        AuditKind.TOKEN_ISSUED: lazy_pgettext("audit", "API token made"),
        AuditKind.TOKEN_REVOKED: lazy_pgettext("audit", "API token revoked"),
        AuditKind.EXPORTED: lazy_pgettext("audit", "Record exported"),
        AuditKind.LEDGER_EXPORTED: lazy_pgettext("audit", "Ledger exported"),
        AuditKind.LEDGER_IMPORTED: lazy_pgettext("audit", "Ledger imported"),
        AuditKind.CHANNEL_OPENED: lazy_pgettext("audit", "Channel opened"),
        AuditKind.CHANNEL_CHANGED: lazy_pgettext("audit", "Channel changed"),
        AuditKind.RELEASE_PROPOSED: lazy_pgettext("audit", "Release of processes proposed"),
        AuditKind.RELEASE_APPROVED: lazy_pgettext("audit", "Release of processes approved"),
        AuditKind.RELEASE_DECLINED: lazy_pgettext("audit", "Release of processes declined"),
        AuditKind.RELEASE_WITHDRAWN: lazy_pgettext("audit", "Release of processes withdrawn"),
        AuditKind.RELEASE_SCHEDULED: lazy_pgettext("audit", "Release of processes scheduled"),
        AuditKind.RELEASE_UNSCHEDULED: lazy_pgettext("audit", "Schedule of a release taken back"),
        AuditKind.RELEASE_HELD: lazy_pgettext("audit", "Scheduled release held up"),
        AuditKind.RELEASE_DEPLOYED: lazy_pgettext("audit", "Processes put into effect"),
        AuditKind.RELEASE_ROLLED_BACK: lazy_pgettext("audit", "Processes rolled back at once"),
        AuditKind.SENT_AGAIN: lazy_pgettext("audit", "Sent again"),
        AuditKind.MIGRATION_BEGUN: lazy_pgettext("audit", "Migration of instances prepared"),
        AuditKind.MIGRATION_MAPPED: lazy_pgettext("audit", "Mapping of a migration changed"),
        AuditKind.MIGRATION_RUN: lazy_pgettext("audit", "Instances migrated"),
        AuditKind.MIGRATION_PAUSED: lazy_pgettext("audit", "Migration paused"),
        AuditKind.MIGRATION_CANCELLED: lazy_pgettext("audit", "Migration given up"),
        AuditKind.MIGRATION_UNDONE: lazy_pgettext("audit", "Migration undone"),
        AuditKind.PROCESS_SUSPENDED: lazy_pgettext("audit", "Process definition suspended"),
        AuditKind.PROCESS_RESUMED: lazy_pgettext("audit", "Process definition resumed"),
        AuditKind.BATCH_REQUESTED: lazy_pgettext("audit", "Batch of instances begun"),
        AuditKind.BATCH_STOPPED: lazy_pgettext("audit", "Batch of instances stopped"),
        AuditKind.STEP_RETRIED: lazy_pgettext("audit", "Failed step retried"),
        AuditKind.VARIABLES_READ: lazy_pgettext("audit", "Variables of an instance read"),
    },
    InstanceStatus: {
        InstanceStatus.RUNNING: lazy_pgettext("instance", "Running"),
        InstanceStatus.SUSPENDED: lazy_pgettext("instance", "Suspended"),
        InstanceStatus.COMPLETED: lazy_pgettext("instance", "Completed"),
        InstanceStatus.CANCELLED: lazy_pgettext("instance", "Cancelled"),
    },
    TaskStatus: {
        TaskStatus.OPEN: lazy_pgettext("task status", "Open"),
        TaskStatus.COMPLETED: lazy_pgettext("task status", "Done"),
        TaskStatus.CANCELLED: lazy_pgettext("task status", "No longer needed"),
    },
    BatchAct: {
        BatchAct.CANCEL: lazy_pgettext("act", "Cancel"),
        BatchAct.SUSPEND: lazy_pgettext("act", "Suspend"),
        BatchAct.RESUME: lazy_pgettext("act", "Resume"),
        BatchAct.RETRY: lazy_pgettext("act", "Retry failed steps"),
    },
    MigrationState: {
        MigrationState.EXAMINING: lazy_pgettext("migration", "Being examined"),
        MigrationState.EXAMINED: lazy_pgettext("migration", "Waits for your decision"),
        MigrationState.RUNNING: lazy_pgettext("migration", "Under way"),
        MigrationState.PAUSED: lazy_pgettext("migration", "Paused"),
        MigrationState.UNDOING: lazy_pgettext("migration", "Being undone"),
        MigrationState.DONE: lazy_pgettext("migration", "Done"),
        MigrationState.CANCELLED: lazy_pgettext("migration", "Given up"),
        MigrationState.UNDONE: lazy_pgettext("migration", "Undone"),
        MigrationState.FAILED: lazy_pgettext("migration", "Came to a halt"),
    },
    ItemState: {
        ItemState.PENDING: lazy_pgettext("migrated instance", "Not moved"),
        ItemState.MOVED: lazy_pgettext("migrated instance", "Moved"),
        ItemState.FAILED: lazy_pgettext("migrated instance", "Failed"),
        ItemState.PASSED_OVER: lazy_pgettext("migrated instance", "Passed over"),
        ItemState.UNDONE: lazy_pgettext("migrated instance", "Moved back"),
    },
    Movability: {
        Movability.MOVABLE: lazy_pgettext("migration", "can be moved"),
        Movability.NEEDS_MAPPING: lazy_pgettext("migration", "need a mapping"),
        Movability.BLOCKED: lazy_pgettext("migration", "blocked"),
    },
    BatchState: {
        BatchState.WAITING: lazy_pgettext("batch", "Waiting"),
        BatchState.RUNNING: lazy_pgettext("batch", "Under way"),
        BatchState.DONE: lazy_pgettext("batch", "Done"),
        BatchState.STOPPED: lazy_pgettext("batch", "Stopped"),
    },
    Standing: {
        Standing.FAILED: lazy_pgettext("token", "failed, waits for repair"),
        Standing.TASK: lazy_pgettext("token", "waits for a person"),
        Standing.CALLING: lazy_pgettext("token", "in a called process"),
        Standing.WAITING: lazy_pgettext("token", "waits for an event or another branch"),
    },
    HistoryKind: {
        HistoryKind.INSTANCE_STARTED: lazy_pgettext("history", "Process started"),
        HistoryKind.INSTANCE_COMPLETED: lazy_pgettext("history", "Process ended"),
        HistoryKind.INSTANCE_CANCELLED: lazy_pgettext("history", "Process cancelled"),
        HistoryKind.INSTANCE_SUSPENDED: lazy_pgettext("history", "Process suspended"),
        HistoryKind.INSTANCE_RESUMED: lazy_pgettext("history", "Process resumed"),
        HistoryKind.INSTANCE_MIGRATED: lazy_pgettext("history", "Process moved to another version"),
        HistoryKind.INSTANCE_MIGRATION_UNDONE: lazy_pgettext("history", "Process moved back to its former version"),
        HistoryKind.PROCESS_ENTERED: lazy_pgettext("history", "Stage entered"),
        HistoryKind.PROCESS_LEFT: lazy_pgettext("history", "Stage left"),
        HistoryKind.ELEMENT_COMPLETED: lazy_pgettext("history", "Step passed"),
        HistoryKind.TASK_CREATED: lazy_pgettext("history", "Task offered"),
        HistoryKind.TASK_CLAIMED: lazy_pgettext("history", "Task claimed"),
        HistoryKind.TASK_UNCLAIMED: lazy_pgettext("history", "Task given back"),
        HistoryKind.TASK_DELEGATED: lazy_pgettext("history", "Task delegated"),
        HistoryKind.TASK_REASSIGNED: lazy_pgettext("history", "Task reassigned"),
        HistoryKind.TASK_COMPLETED: lazy_pgettext("history", "Task completed"),
        HistoryKind.TASK_CANCELLED: lazy_pgettext("history", "Task no longer needed"),
        HistoryKind.TASK_RESCHEDULED: lazy_pgettext("history", "Time limit moved"),
        HistoryKind.TIMER_FIRED: lazy_pgettext("history", "Time limit passed"),
        HistoryKind.EVENT_RECEIVED: lazy_pgettext("history", "Event received"),
        HistoryKind.EVENT_THROWN: lazy_pgettext("history", "Event sent"),
        HistoryKind.INCIDENT_RAISED: lazy_pgettext("history", "Step failed"),
        HistoryKind.INCIDENT_RESOLVED: lazy_pgettext("history", "Failed step mended"),
        HistoryKind.TOKEN_MOVED: lazy_pgettext("history", "Process moved by hand"),
    },
    RoundStatus: {
        RoundStatus.PLANNED: lazy_pgettext("round", "Planned"),
        RoundStatus.COMMITTED: lazy_pgettext("round", "List frozen"),
        RoundStatus.DRAWN: lazy_pgettext("round", "Drawn"),
        RoundStatus.ASSIGNED: lazy_pgettext("round", "Teams sent"),
        RoundStatus.ENDED: lazy_pgettext("round", "Ended"),
    },
    RoundAct: {
        RoundAct.PLANNED: lazy_pgettext("round act", "Planned"),
        RoundAct.REVISED: lazy_pgettext("round act", "Plan changed"),
        RoundAct.COMMITTED: lazy_pgettext("round act", "List frozen"),
        RoundAct.DRAWN: lazy_pgettext("round act", "Drawn in public"),
        RoundAct.ASSIGNED: lazy_pgettext("round act", "Teams sent"),
        RoundAct.ASSIGNED_AGAIN: lazy_pgettext("round act", "More teams sent"),
        RoundAct.REASSIGNED: lazy_pgettext("round act", "Others sent by hand"),
        RoundAct.ITINERARY_CHANGED: lazy_pgettext("round act", "Itinerary arranged"),
        RoundAct.ENDED: lazy_pgettext("round act", "Ended"),
    },
    InspectionStep: {
        InspectionStep.VOIDED: lazy_pgettext("inspection", "Voided, needs none"),
        InspectionStep.INSPECTED: lazy_pgettext("inspection", "Inspected"),
        InspectionStep.WITHOUT_TEAM: lazy_pgettext("inspection", "Without a team"),
        InspectionStep.EXPERT: lazy_pgettext("inspection", "Waits for the expert"),
        InspectionStep.TEAM: lazy_pgettext("inspection", "Waits for the visit"),
        InspectionStep.STARTING: lazy_pgettext("inspection", "Task is being made"),
        InspectionStep.ELSEWHERE: lazy_pgettext("inspection", "Gone to another stage"),
    },
    WhichDrawn: {
        WhichDrawn.ALL: lazy_pgettext("drawn hazards", "All"),
        WhichDrawn.OPEN: lazy_pgettext("drawn hazards", "Not inspected"),
        WhichDrawn.OVERDUE: lazy_pgettext("drawn hazards", "Overdue"),
        WhichDrawn.WITHOUT_TEAM: lazy_pgettext("drawn hazards", "Without a team"),
        WhichDrawn.INSPECTED: lazy_pgettext("drawn hazards", "Inspected"),
    },
    PassedOver: {
        PassedOver.OTHER_SPECIALITY: lazy_pgettext("passed over", "Another speciality"),
        PassedOver.OWN_AREA: lazy_pgettext("passed over", "From the same area"),
        PassedOver.OWN_UNIT: lazy_pgettext("passed over", "Works for the unit"),
        PassedOver.TOOK_PART: lazy_pgettext("passed over", "Had a hand in this hazard"),
        PassedOver.TEAM_WITHDRAWS: lazy_pgettext("passed over", "Too few of the team may go"),
        PassedOver.BUSIER: lazy_pgettext("passed over", "Has more to do, or the lot fell otherwise"),
    },
}


def in_words(value: StrEnum) -> str:
    """The word for a member of an enum that pages show."""
    return str(WORDS[type(value)][value])
