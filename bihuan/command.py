"""The installed command `bihuan`: one written table of what can be typed after it, and nothing else."""

import importlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One thing to type. A target `module:function` runs without Django; any other is a management command."""

    name: str
    target: str
    zh: str
    en: str

    @property
    def plain(self) -> bool:
        return ":" in self.target


TABLE = (
    Entry("serve", "serve", "启动网页服务", "serve the web pages"),
    Entry("work", "work", "运行后台任务", "run the background tasks"),
    Entry("prepare", "prepare", "新建或升级数据库,可装入演示数据", "make or upgrade the database, demo data if wanted"),
    Entry("migrate", "migrate", "只升级数据库", "upgrade the database, nothing else"),
    Entry("createuser", "createuser", "新建账号", "create an account"),
    Entry("demo", "demo", "装入演示数据", "load the demo world"),
    Entry("import", "import_feedback", "从表格文件导入反馈", "import feedback from a sheet"),
    Entry("bench", "bihuan.benchmark:main", "测量速度", "measure the speed"),
    Entry("verify", "verify", "核对事实链是否被改动", "verify that no recorded event was altered"),
    Entry("texts", "bihuan.core.text_catalog:main", "列出全部中英文对照", "list all texts in both languages"),
    Entry(
        "deadline",
        "bihuan.deadlines.deadline_command:main",
        "按工作时间计算期限,不用数据库",
        "work out a deadline, no database",
    ),
    Entry(
        "analyze",
        "bihuan.insight.cli:main",
        "分析一份反馈文件,不用数据库",
        "analyze a feedback file, no database",
    ),
)


def listing() -> str:
    lines = ["用法 / usage: bihuan 命令|COMMAND [选项|OPTIONS]", ""]
    lines += [f"  {entry.name:<11}{entry.zh}\n{'':<13}{entry.en}" for entry in TABLE]
    lines += ["", "每条命令的选项 / the options of a command: bihuan COMMAND --help"]
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command of the table; returns its exit code, 2 for a name that is not in it."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(listing())
        return 0
    name, *rest = arguments
    entry = next((entry for entry in TABLE if entry.name == name), None)
    if entry is None:
        print(f"没有这个命令 / no such command: {name}\n\n{listing()}", file=sys.stderr)
        return 2
    if entry.plain:
        module, function = entry.target.split(":")
        return int(getattr(importlib.import_module(module), function)(rest) or 0)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.settings")
    # By name, so that the commands which need no database run where Django is not even installed.
    return int(importlib.import_module("bihuan.management.dispatch").run(entry.target, ["bihuan", name, *rest]))
