"""Clock, Pause, and the tables of rules they go by; Scheme stands in schemes.py."""

from bihuan.deadlines.models.deadline import FOLLOWERS, Clock, due_of
from bihuan.deadlines.models.escalation import Escalation, Rung
from bihuan.deadlines.models.pause import Pause, PauseLimit
from bihuan.deadlines.models.statutory_rule import OutsideRule
from bihuan.deadlines.priority_schemes import Scheme

__all__ = ["FOLLOWERS", "Clock", "Escalation", "OutsideRule", "Pause", "PauseLimit", "Rung", "Scheme", "due_of"]
