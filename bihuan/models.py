"""The list of every package's models: what Django sees."""

from bihuan.audit.models import Actor, Attachment, Event, PendingNotification, Seal
from bihuan.cases.models import Case, CaseFeedback
from bihuan.cases.models.assessment import Assessment
from bihuan.cases.models.communication import Communication
from bihuan.cases.models.external_request import ExternalRequest
from bihuan.cases.models.handover import Handover
from bihuan.cases.models.kind_scheme import KindScheme
from bihuan.cases.models.route_table import RouteTable
from bihuan.cases.scheme_rollout import SchemeRollout
from bihuan.cases.search_index import CaseWords
from bihuan.core.models import Counter, NumberRule, PicklistItem, RateLimitHit
from bihuan.customers.models import Contact, Customer
from bihuan.deadlines.calendar_versions import CalendarVersion, TeamCalendar, WorkCalendar
from bihuan.deadlines.models import Deadline, Escalation, EscalationStep, Pause, PauseLimit, StatutoryRule
from bihuan.deadlines.priority_schemes import Scheme
from bihuan.diagnosis.models import Analysis, Cause, Evidence, Impact, Meeting, Why
from bihuan.execution.models import Progress, Task
from bihuan.execution.task_reminders import Reminder
from bihuan.feedback.models import Feedback
from bihuan.feedback.models.daily_close import DailyClose
from bihuan.feedback.models.dispute import Dispute
from bihuan.feedback.models.import_batch import ImportBatch
from bihuan.feedback.models.import_row import ImportRow
from bihuan.feedback.models.label_model import LabelModel
from bihuan.feedback.models.labelling import Labelling
from bihuan.feedback.models.merge import Merge
from bihuan.feedback.models.review_meeting import ReviewMeeting
from bihuan.feedback.models.value_mapping import ValueMapping
from bihuan.feedback.search_index import FeedbackWords
from bihuan.feedback.similar import Band
from bihuan.findings.models import Exclusion, Exposure, Finding, Member, Problem, Run
from bihuan.findings.problem_matching import IngestCursor
from bihuan.followup.archive import Closure
from bihuan.followup.evaluations import Evaluation, Metric
from bihuan.followup.followup_calls import Attempt, FollowUp
from bihuan.jobs.models import Heartbeat, Timer
from bihuan.knowledge.models import Article, ArticleVersion, Rating, Use
from bihuan.knowledge.search_index import ArticleWords
from bihuan.notifications.models import Digest, Notification, OutgoingEmail
from bihuan.people.models import RoleAssignment, Team, User
from bihuan.plans.models import Approval, Change, Confirmation, Goal, Measure, Option, Plan, Policy, Resource
from bihuan.plugins.machine_drafts import MachineDraft
from bihuan.plugins.models import Plugin, Vector
from bihuan.reports.models import ReportIssue
from bihuan.requirements.models import Iteration, Requirement, Score
from bihuan.requirements.pool import PoolDecision, PoolReview

__all__ = [
    "Actor",
    "Analysis",
    "Approval",
    "Article",
    "ArticleVersion",
    "ArticleWords",
    "Assessment",
    "Attachment",
    "Attempt",
    "Band",
    "CalendarVersion",
    "Case",
    "CaseFeedback",
    "CaseWords",
    "Cause",
    "Change",
    "Closure",
    "Communication",
    "Confirmation",
    "Contact",
    "Counter",
    "Customer",
    "DailyClose",
    "Deadline",
    "Digest",
    "Dispute",
    "Escalation",
    "EscalationStep",
    "Evaluation",
    "Event",
    "Evidence",
    "Exclusion",
    "Exposure",
    "ExternalRequest",
    "Feedback",
    "FeedbackWords",
    "Finding",
    "FollowUp",
    "Goal",
    "Handover",
    "Heartbeat",
    "Impact",
    "ImportBatch",
    "ImportRow",
    "IngestCursor",
    "Iteration",
    "KindScheme",
    "LabelModel",
    "Labelling",
    "MachineDraft",
    "Measure",
    "Meeting",
    "Member",
    "Merge",
    "Metric",
    "Notification",
    "NumberRule",
    "Option",
    "OutgoingEmail",
    "Pause",
    "PauseLimit",
    "PendingNotification",
    "PicklistItem",
    "Plan",
    "Plugin",
    "Policy",
    "PoolDecision",
    "PoolReview",
    "Problem",
    "Progress",
    "RateLimitHit",
    "Rating",
    "Reminder",
    "ReportIssue",
    "Requirement",
    "Resource",
    "ReviewMeeting",
    "RoleAssignment",
    "RouteTable",
    "Run",
    "Scheme",
    "SchemeRollout",
    "Score",
    "Seal",
    "StatutoryRule",
    "Task",
    "Team",
    "TeamCalendar",
    "Timer",
    "Use",
    "User",
    "ValueMapping",
    "Vector",
    "Why",
    "WorkCalendar",
]
