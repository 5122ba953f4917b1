"""Clock, Pause, and the tables of rules they go by; Scheme stands in schemes.py."""

from bihuan.hours.models.clock import Clock
from bihuan.hours.models.ladder import Escalation, Rung
from bihuan.hours.models.outside_rule import OutsideRule
from bihuan.hours.models.pause import Pause, PauseLimit
from bihuan.hours.schemes import Scheme

__all__ = ["Clock", "Escalation", "OutsideRule", "Pause", "PauseLimit", "Rung", "Scheme"]
