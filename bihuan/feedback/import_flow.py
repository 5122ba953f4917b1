"""The life of an import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bihuan.audit.flow import Flow, Move, State
from bihuan.core.text import Text
from bihuan.feedback import events

if TYPE_CHECKING:
    from bihuan.feedback.models.import_batch import ImportBatch


def _has_feedback(batch: ImportBatch) -> Text | None:
    if batch.created:
        return None
    return Text("这一批没有新建任何反馈，不用撤销。", "This import created nothing, so there is nothing to undo.")


def _has_text_column(batch: ImportBatch) -> Text | None:
    if "text" in batch.plan.get("mapping", {}).values():
        return None
    return Text(
        "请先指定哪一列是「问题描述」（客户原话）。",
        "First say which column holds the problem in the customer's words.",
    )


FLOW = Flow(
    "import",
    states=(
        State("uploaded", Text("识别中", "Being inspected"), "blue"),
        State("inspected", Text("待确认", "To be confirmed"), "orange"),
        State("running", Text("导入中", "Importing"), "blue"),
        State("done", Text("已完成", "Done"), "green", final=True),
        State("cancelled", Text("已取消", "Cancelled"), "secondary", final=True),
        State("failed", Text("无法导入", "Cannot be imported"), "red", final=True),
        State("undoing", Text("撤销中", "Being undone"), "blue"),
        State("undone", Text("已撤销", "Undone"), "secondary", final=True),
    ),
    moves=(
        Move("inspect", Text("识别", "Inspect"), ("uploaded",), "inspected", events.IMPORT_INSPECTED),
        Move(
            "inspect_again", Text("重新识别", "Inspect again"), ("inspected",), "uploaded", events.IMPORT_INSPECT_AGAIN
        ),
        Move(
            "start",
            Text("开始导入", "Start import"),
            ("inspected",),
            "running",
            events.IMPORT_STARTED,
            (_has_text_column,),
        ),
        Move("finish", Text("完成", "Finish"), ("running",), "done", events.IMPORT_DONE),
        Move("stop", Text("停止", "Stop"), ("running",), "cancelled", events.IMPORT_STOPPED),
        Move("discard", Text("放弃", "Discard"), ("uploaded", "inspected"), "cancelled", events.IMPORT_DISCARDED),
        Move("fail", Text("判为无法导入", "Give up"), ("uploaded", "running"), "failed", events.IMPORT_FAILED),
        Move(
            "undo",
            Text("撤销导入", "Undo"),
            ("done", "cancelled", "failed"),
            "undoing",
            events.IMPORT_UNDO_STARTED,
            (_has_feedback,),
        ),
        Move("finish_undo", Text("撤销完成", "Finish undoing"), ("undoing",), "undone", events.IMPORT_UNDONE),
    ),
)
