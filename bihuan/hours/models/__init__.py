"""Clock, Pause, and the tables of rules they go by; Scheme stands in schemes.py."""

from bihuan.hours.models.clock import FOLLOWERS, Clock, due_of
from bihuan.hours.models.ladder import Escalation, Rung
from bihuan.hours.models.outside_rule import OutsideRule
from bihuan.hours.models.pause import Pause, PauseLimit
from bihuan.hours.schemes import Scheme

__all__ = ["FOLLOWERS", "Clock", "Escalation", "OutsideRule", "Pause", "PauseLimit", "Rung", "Scheme", "due_of"]
