"""The feedback item and what belongs to it: one noun a file."""

from bihuan.feedback.models.feedback import FLOW, Feedback, FeedbackQuerySet

__all__ = ["FLOW", "Feedback", "FeedbackQuerySet"]
