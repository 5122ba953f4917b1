"""The written list of every room's models: what Django sees."""

from bihuan.cases.models import Case, Link
from bihuan.core.models import Counter, NumberRule
from bihuan.customers.models import Contact, Customer
from bihuan.feedback.models import Feedback
from bihuan.feedback.near import Band
from bihuan.ledger.models import Actor, Attachment, Fact, Seal
from bihuan.people.models import Grant, Team, User
from bihuan.work.models import Beat, Timer

__all__ = [
    "Actor",
    "Attachment",
    "Band",
    "Beat",
    "Case",
    "Contact",
    "Counter",
    "Customer",
    "Fact",
    "Feedback",
    "Grant",
    "Link",
    "NumberRule",
    "Seal",
    "Team",
    "Timer",
    "User",
]
