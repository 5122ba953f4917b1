"""Problem and its members, Run, Finding, Exposure."""

from bihuan.findings.models.exposure import Exposure
from bihuan.findings.models.finding import Finding
from bihuan.findings.models.problem import Exclusion, Member, Problem
from bihuan.findings.models.run import Run

__all__ = ["Exclusion", "Exposure", "Finding", "Member", "Problem", "Run"]
