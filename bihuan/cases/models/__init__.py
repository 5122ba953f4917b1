"""The case and what belongs to it: one noun a file."""

from bihuan.cases.models.assessment import Assessment
from bihuan.cases.models.case import Case, CaseQuerySet
from bihuan.cases.models.case_feedback import HAS_RESULT, CaseFeedback
from bihuan.cases.models.communication import Communication
from bihuan.cases.models.external_request import ExternalRequest
from bihuan.cases.models.handover import Handover
from bihuan.cases.models.kind_scheme import KindScheme
from bihuan.cases.models.round_model import RoundModel
from bihuan.cases.models.route_table import RouteTable

__all__ = [
    "HAS_RESULT",
    "Assessment",
    "Case",
    "CaseFeedback",
    "CaseQuerySet",
    "Communication",
    "ExternalRequest",
    "Handover",
    "KindScheme",
    "RoundModel",
    "RouteTable",
]
