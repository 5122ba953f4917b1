"""The written list of every room's models: what Django sees."""

from bihuan.audit.models import Actor, Attachment, Fact, Seal, Unheard
from bihuan.cases.assessments import Assessment
from bihuan.cases.communications import Communication
from bihuan.cases.external_requests import Outside
from bihuan.cases.handovers import Handover
from bihuan.cases.kind_schemes import KindScheme
from bihuan.cases.models import Case, Link
from bihuan.cases.route_tables import RouteTable
from bihuan.cases.scheme_rollout import Application
from bihuan.cases.search_index import CaseWords
from bihuan.core.models import Counter, Entry, Knock, NumberRule
from bihuan.customers.models import Contact, Customer
from bihuan.deadlines.calendar_versions import CalendarVersion, TeamCalendar, WorkCalendar
from bihuan.deadlines.models import Clock, Escalation, OutsideRule, Pause, PauseLimit, Rung
from bihuan.deadlines.priority_schemes import Scheme
from bihuan.diagnosis.models import Analysis, Cause, Evidence, Impact, Meeting, Why
from bihuan.execution.models import Progress, Task
from bihuan.execution.task_reminders import Reminder
from bihuan.feedback.daily_close import DailyClose
from bihuan.feedback.import_batches import ImportBatch, ImportRow
from bihuan.feedback.label_models import LabelModel
from bihuan.feedback.label_review import Dispute, ReviewMeeting
from bihuan.feedback.labels import Labelling
from bihuan.feedback.merging import Merge
from bihuan.feedback.models import Feedback
from bihuan.feedback.search_index import FeedbackWords
from bihuan.feedback.similar import Band
from bihuan.feedback.value_mappings import SheetWord
from bihuan.findings.models import Exclusion, Exposure, Member, Run, Signal, Topic
from bihuan.findings.problem_matching import Arrival
from bihuan.followup.archiving import Closure
from bihuan.followup.evaluations import Evaluation, Metric
from bihuan.followup.followup_calls import Attempt, Revisit
from bihuan.jobs.models import Beat, Timer
from bihuan.knowledge.models import Article, Rating, Revision, Use
from bihuan.knowledge.search_index import ArticleWords
from bihuan.notifications.models import Digest, Letter, Notice
from bihuan.people.models import Grant, Team, User
from bihuan.plans.models import Approval, Change, Confirmation, Goal, Measure, Option, Plan, Policy, Resource
from bihuan.plugins.machine_drafts import MachineDraft
from bihuan.plugins.models import Plugin, Vector
from bihuan.reports.models import ReportIssue
from bihuan.requirements.models import Iteration, Requirement, Score
from bihuan.requirements.pool import PoolDecision, PoolReview

__all__ = [
    "Actor",
    "Analysis",
    "Application",
    "Approval",
    "Arrival",
    "Article",
    "ArticleWords",
    "Assessment",
    "Attachment",
    "Attempt",
    "Band",
    "Beat",
    "CalendarVersion",
    "Case",
    "CaseWords",
    "Cause",
    "Change",
    "Clock",
    "Closure",
    "Communication",
    "Confirmation",
    "Contact",
    "Counter",
    "Customer",
    "DailyClose",
    "Digest",
    "Dispute",
    "Entry",
    "Escalation",
    "Evaluation",
    "Evidence",
    "Exclusion",
    "Exposure",
    "Fact",
    "Feedback",
    "FeedbackWords",
    "Goal",
    "Grant",
    "Handover",
    "Impact",
    "ImportBatch",
    "ImportRow",
    "Iteration",
    "KindScheme",
    "Knock",
    "LabelModel",
    "Labelling",
    "Letter",
    "Link",
    "MachineDraft",
    "Measure",
    "Meeting",
    "Member",
    "Merge",
    "Metric",
    "Notice",
    "NumberRule",
    "Option",
    "Outside",
    "OutsideRule",
    "Pause",
    "PauseLimit",
    "Plan",
    "Plugin",
    "Policy",
    "PoolDecision",
    "PoolReview",
    "Progress",
    "Rating",
    "Reminder",
    "ReportIssue",
    "Requirement",
    "Resource",
    "ReviewMeeting",
    "Revision",
    "Revisit",
    "RouteTable",
    "Run",
    "Rung",
    "Scheme",
    "Score",
    "Seal",
    "SheetWord",
    "Signal",
    "Task",
    "Team",
    "TeamCalendar",
    "Timer",
    "Topic",
    "Unheard",
    "Use",
    "User",
    "Vector",
    "Why",
    "WorkCalendar",
]
