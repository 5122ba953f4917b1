"""Deadline, pause, escalation and the tables of rules they follow; Scheme is in priority_schemes.py."""

from bihuan.deadlines.models.deadline import Deadline, due_of, install_due_changes
from bihuan.deadlines.models.escalation import Escalation, EscalationStep
from bihuan.deadlines.models.pause import Pause, PauseLimit
from bihuan.deadlines.models.statutory_rule import StatutoryRule
from bihuan.deadlines.priority_schemes import Scheme

__all__ = [
    "Deadline",
    "Escalation",
    "EscalationStep",
    "Pause",
    "PauseLimit",
    "Scheme",
    "StatutoryRule",
    "due_of",
    "install_due_changes",
]
