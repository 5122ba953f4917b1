"""The one table of what later packages put on the moves of earlier nouns; ``apps.py`` installs it when Django is ready.

Conditions are asked in their order and the first reason refuses the move; consequences run in their order, in the same
transaction. What a noun's own package asks or does stands in its ``flow.py``. A move that is not here has neither.
``docs/loop.md`` draws both from this table (tests/draw.py).
"""

from __future__ import annotations

from bihuan.audit import flow
from bihuan.audit.transition_table import Transition, TransitionTable
from bihuan.cases.models import communication, external_request
from bihuan.deadlines.models import install_due_changes
from bihuan.diagnosis import why_drafts
from bihuan.diagnosis.models import diagnosed
from bihuan.execution.models.task import plan_is_carried_out, work_is_done
from bihuan.feedback import label_drafts
from bihuan.findings.models.problem import remove_from_problem
from bihuan.followup import archive, evaluations, followup_calls
from bihuan.plans.models.confirmation import plan_is_approved, work_is_agreed
from bihuan.plugins.machine_drafts import install_readers
from bihuan.reports import summary_drafts

TABLE = TransitionTable(
    transitions={
        ("feedback", "void"): Transition(consequences=(remove_from_problem,)),
        ("feedback", "withdraw"): Transition(consequences=(remove_from_problem,)),
        ("case", "plan"): Transition(conditions=(diagnosed,)),
        ("case", "propose"): Transition(conditions=(plan_is_approved,)),
        ("case", "start"): Transition(
            conditions=(work_is_agreed,), consequences=(communication.start_customer_updates,)
        ),
        ("case", "replan"): Transition(consequences=(communication.stop_customer_updates,)),
        ("case", "finish"): Transition(
            conditions=(work_is_done,),
            consequences=(communication.stop_customer_updates, plan_is_carried_out, followup_calls.open_followup),
        ),
        ("case", "evaluate"): Transition(
            conditions=(followup_calls.followup_is_settled, evaluations.has_goals),
            consequences=(evaluations.open_evaluation,),
        ),
        ("case", "reopen"): Transition(consequences=(followup_calls.let_lapse, evaluations.let_lapse)),
        ("case", "decline"): Transition(conditions=(external_request.external_requests_are_answered,)),
        ("case", "archive"): Transition(
            conditions=(
                external_request.external_requests_are_answered,
                archive.tasks_are_settled,
                followup_calls.followup_is_settled,
                evaluations.effect_is_evaluated,
                archive.is_concluded,
            )
        ),
    },
    closed_timelines={"case": archive.archived_cases_are_read_only},
)

# A deadline whose due time changed → the date that another package keeps beside it.
ON_DUE_CHANGE = {"followup": followup_calls.follow_deadline, "evaluate": evaluations.follow_deadline}

# Kind of machine draft → how the outside model's answer is read.
DRAFT_READERS = {"labels": label_drafts.read, "whys": why_drafts.read, "summary": summary_drafts.read}


def install() -> None:
    """Hand each table to the package that uses it; the packages import nothing later."""
    flow.install(TABLE)
    install_due_changes(ON_DUE_CHANGE)
    install_readers(DRAFT_READERS)
