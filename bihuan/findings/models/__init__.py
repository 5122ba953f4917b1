"""Topic and its members, Run, Signal, Exposure."""

from bihuan.findings.models.exposure import Exposure
from bihuan.findings.models.finding import Signal
from bihuan.findings.models.problem import Exclusion, Member, Topic
from bihuan.findings.models.run import Run

__all__ = ["Exclusion", "Exposure", "Member", "Run", "Signal", "Topic"]
