"""Topic and its members, Run, Signal, Exposure."""

from bihuan.findings.models.exposure import Exposure
from bihuan.findings.models.run import Run
from bihuan.findings.models.signal import Signal
from bihuan.findings.models.topic import Exclusion, Member, Topic

__all__ = ["Exclusion", "Exposure", "Member", "Run", "Signal", "Topic"]
