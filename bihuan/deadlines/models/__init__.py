"""Clock, Pause, and the tables of rules they go by; Scheme stands in schemes.py."""

from bihuan.deadlines.models.deadline import FOLLOWERS, Deadline, due_of
from bihuan.deadlines.models.escalation import Escalation, EscalationStep
from bihuan.deadlines.models.pause import Pause, PauseLimit
from bihuan.deadlines.models.statutory_rule import StatutoryRule
from bihuan.deadlines.priority_schemes import Scheme

__all__ = [
    "FOLLOWERS",
    "Deadline",
    "Escalation",
    "EscalationStep",
    "Pause",
    "PauseLimit",
    "Scheme",
    "StatutoryRule",
    "due_of",
]
