"""Nothing is written that only tests call."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

from tests.house.source import PACKAGE, PRODUCT, PYTHON, ROOT, TEMPLATES, Function, nodes, of, text_of

# Called by name from outside our code: by Django, allauth, gunicorn, argparse, a form's or an encoder's own machinery.
HOOKS = re.compile(
    r"__\w+__|Meta|create_sql|remove_sql|value_omitted_from_data|clean(_\w+)?|save|delete|ready|handle|add_arguments|process_view|process_exception|deconstruct|render"
    r"|get_\w+|db_type|from_db_value|to_python|formfield|value_from_datadict|format_value|format_output|prepare_value"
    r"|has_changed|label_from_instance|as_manager|contribute_to_class|pre_save|authenticate|id_for_label|use_required_attribute"
    r"|is_open_for_signup|format|emit|load|post_fork|when_ready|worker_exit|child_exit|optgroups|create_option|validate"
    r"|validators|default|visit_\w+|add_message|respond_\w+|no_translations|init|load_config|generic_visit|run_checks"
)
# Whatever registers a function under its decorator needs no other caller.
REGISTERS = re.compile(
    r"register|simple_tag|filter|receiver|overload|task|public\b|requires|signed_in|needs|abstractmethod"
)

EXCEPTIONS = {
    "bihuan/plugins/plugin_interface.py Writer": "a protocol, written for those who add a plug-in",
}
"""Function or class → why nothing names it."""


def is_registered(function: Function | ast.ClassDef) -> bool:
    return any(REGISTERS.search(ast.unparse(decorator)) for decorator in function.decorator_list)


def words_used() -> Counter[str]:
    """How often each word stands in code, strings, templates and the project's files (a definition is no use)."""
    words: Counter[str] = Counter()
    outside = [ROOT / "dev.py", ROOT / "pyproject.toml", *(ROOT / "tools").rglob("*.py"), *TEMPLATES]
    for path in outside:
        words.update(re.findall(r"\w+", text_of(path)))
    for path in PYTHON:
        words.update(uses(path))
    return words


def uses(path: Path) -> list[str]:
    found = []
    for node in nodes(path):
        if isinstance(node, ast.Name):
            found.append(node.id)
        elif isinstance(node, ast.Attribute):
            found.append(node.attr)
        elif isinstance(node, ast.keyword) and node.arg:
            found.append(node.arg)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 200:
            found += re.findall(r"\w+", node.value)
        elif isinstance(node, ast.ImportFrom) and path.name == "__init__.py":
            found += [alias.name for alias in node.names]
    return found


def test_every_function_and_class_is_used_outside_the_tests():
    words = words_used()
    offenders = [
        f"{of(path)}:{node.lineno} {node.name}"
        for path in PRODUCT
        for node in nodes(path)
        if isinstance(node, Function | ast.ClassDef)
        and not words[node.name]
        and not HOOKS.fullmatch(node.name)
        and not is_registered(node)
        and PACKAGE / "management" / "commands" not in path.parents
        and f"{of(path)} {node.name}" not in EXCEPTIONS
    ]
    assert not offenders, "\n".join(offenders)
