"""The task and its progress entries: one noun a file."""

from bihuan.execution.models.task import Progress, Task, TaskQuerySet

__all__ = ["Progress", "Task", "TaskQuerySet"]
