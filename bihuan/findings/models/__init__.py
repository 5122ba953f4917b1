"""Topic and its members, Run, Signal."""

from bihuan.findings.models.run import Run
from bihuan.findings.models.signal import Signal
from bihuan.findings.models.topic import Exclusion, Member, Topic

__all__ = ["Exclusion", "Member", "Run", "Signal", "Topic"]
