"""The case and what belongs to it: one noun a file."""

from bihuan.cases.models.case import RESULT_STANDS, Case, CaseFeedback, CaseQuerySet

__all__ = ["RESULT_STANDS", "Case", "CaseFeedback", "CaseQuerySet"]
