"""The written list of every room's models: what Django sees."""

from bihuan.cases.applying import Application
from bihuan.cases.assessments import Assessment
from bihuan.cases.defaults import KindScheme
from bihuan.cases.finding import CaseWords
from bihuan.cases.handovers import Handover
from bihuan.cases.models import Case, Link
from bihuan.cases.outside import Outside
from bihuan.cases.routes import RouteTable
from bihuan.cases.talks import Communication
from bihuan.core.models import Counter, Entry, Knock, NumberRule
from bihuan.customers.models import Contact, Customer
from bihuan.diagnosis.models import Analysis, Cause, Evidence, Impact, Meeting, Why
from bihuan.execution.models import Progress, Task
from bihuan.execution.reminders import Reminder
from bihuan.feedback.batches import ImportBatch, ImportRow
from bihuan.feedback.closing import DailyClose
from bihuan.feedback.finding import FeedbackWords
from bihuan.feedback.labels import Labelling
from bihuan.feedback.learnt import LabelModel
from bihuan.feedback.merging import Merge
from bihuan.feedback.models import Feedback
from bihuan.feedback.near import Band
from bihuan.feedback.review import Dispute, ReviewMeeting
from bihuan.feedback.sheet_words import SheetWord
from bihuan.findings.arrivals import Arrival
from bihuan.findings.models import Exclusion, Exposure, Member, Run, Signal, Topic
from bihuan.followup.closures import Closure
from bihuan.followup.evaluations import Evaluation, Metric
from bihuan.followup.revisits import Attempt, Revisit
from bihuan.hours.calendars import CalendarVersion, TeamCalendar, WorkCalendar
from bihuan.hours.models import Clock, Escalation, OutsideRule, Pause, PauseLimit, Rung
from bihuan.hours.schemes import Scheme
from bihuan.knowledge.finding import ArticleWords
from bihuan.knowledge.models import Article, Rating, Revision, Use
from bihuan.ledger.models import Actor, Attachment, Fact, Seal, Unheard
from bihuan.notify.models import Digest, Letter, Notice
from bihuan.people.models import Grant, Team, User
from bihuan.plans.models import Approval, Change, Confirmation, Goal, Measure, Option, Plan, Policy, Resource
from bihuan.plugins.drafts import MachineDraft
from bihuan.plugins.models import Plugin, Vector
from bihuan.reports.models import ReportIssue
from bihuan.requirements.models import Iteration, Requirement, Score
from bihuan.requirements.pool import PoolDecision, PoolReview
from bihuan.work.models import Beat, Timer

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
