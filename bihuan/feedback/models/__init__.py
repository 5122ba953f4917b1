"""The feedback item and what belongs to it: one noun a file."""

from bihuan.feedback.models.daily_close import DailyClose
from bihuan.feedback.models.dispute import Dispute
from bihuan.feedback.models.feedback import Feedback, FeedbackQuerySet
from bihuan.feedback.models.import_batch import ImportBatch
from bihuan.feedback.models.import_row import ImportRow
from bihuan.feedback.models.label_model import LabelModel
from bihuan.feedback.models.labelling import Labelling
from bihuan.feedback.models.merge import Merge
from bihuan.feedback.models.review_meeting import ReviewMeeting
from bihuan.feedback.models.value_mapping import ValueMapping

__all__ = [
    "DailyClose",
    "Dispute",
    "Feedback",
    "FeedbackQuerySet",
    "ImportBatch",
    "ImportRow",
    "LabelModel",
    "Labelling",
    "Merge",
    "ReviewMeeting",
    "ValueMapping",
]
