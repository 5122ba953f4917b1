"""Sheets of feedback as people keep them: look at one, settle a plan, read its rows.

    found = inspect_file("反馈明细.xlsx")  # sheets, heading row, columns with proposed fields, warnings
    plan = found.plan()                  # plain data; store it, let the user change it
    for row in read("反馈明细.xlsx", plan): ...

Nothing here knows Django, the network or the clock. A file that cannot be read raises Unreadable with a sentence.
"""

from bihuan.insight.data.feedback_fields import FIELDS
from bihuan.insight.sheets.inspection import inspect_file
from bihuan.insight.sheets.reading import read
from bihuan.insight.sheets.sheet_types import Column, Inspection, Plan, Row, Sheet, Unreadable

__all__ = [
    "FIELDS",
    "Column",
    "Inspection",
    "Plan",
    "Row",
    "Sheet",
    "Unreadable",
    "inspect_file",
    "read",
]
