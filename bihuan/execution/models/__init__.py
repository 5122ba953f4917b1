"""The task and its progress entries: one noun a file."""

from bihuan.execution.models.progress import Progress
from bihuan.execution.models.task import Task, TaskQuerySet

__all__ = ["Progress", "Task", "TaskQuerySet"]
