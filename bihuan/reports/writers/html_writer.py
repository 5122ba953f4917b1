"""A document as a page draws it: texts in the reader's language, a chart's data beside its table."""

from __future__ import annotations

from typing import Any

from bihuan.core.text import language
from bihuan.reports.report_document import Document, Table

PALETTE = ["#0b6e6e", "#e08e29", "#4c6fa8", "#b5504a", "#7a9a3d", "#7d5ba6", "#8a9698"]


def page(document: Document) -> dict[str, Any]:
    """The template's values."""
    return {
        "title": read(document.title),
        "period": read(document.period),
        "figures": [
            {
                "label": read(f.label),
                "value": f.value,
                "href": f.href,
                "before": f.before,
                "change": _change(f.value, f.before),
            }
            for f in document.figures
        ],
        "tables": [_table(t) for t in document.tables],
    }


def read(value: Any) -> Any:
    return value[language()] if isinstance(value, dict) else value


def _change(value: int, before: int | None) -> str:
    return "" if before is None else f"{value - before:+d}"


def _table(table: Table) -> dict[str, Any]:
    return {
        "key": table.key,
        "title": read(table.title),
        "note": read(table.note),
        "columns": [read(c) for c in table.columns],
        "rows": [
            [{"text": _shown(c.value, c.percent), "href": c.href, "flag": c.flag, "number": not isinstance(c.value, dict)} for c in row]
            for row in table.rows
        ],
        "chart": {"color": PALETTE, **_option(table)} if table.chart and table.rows else None,
    }  # fmt: skip


def _shown(value: Any, percent: bool) -> Any:
    return f"{value:.0%}" if percent else read(value)


def _option(table: Table) -> dict[str, Any]:
    """An ECharts option: plain data, drawn by static/src/charts.js."""
    names = [read(row[0].value) for row in table.rows]
    series = [[row[n].value for row in table.rows] for n in range(1, len(table.columns))]
    if table.chart == "pie":
        data = [{"name": name, "value": value} for name, value in zip(names, series[0], strict=True)]
        pie = {"type": "pie", "radius": ["35%", "65%"], "data": data, "label": {"formatter": "{b} {d}%"}}
        return {"tooltip": {"trigger": "item"}, "series": [pie]}
    if table.chart == "bar":
        return {
            "tooltip": {"trigger": "axis"},
            "grid": {"left": 8, "right": 40, "top": 8, "bottom": 8, "containLabel": True},
            "xAxis": {"type": "value", "minInterval": 1},
            "yAxis": {"type": "category", "data": names[::-1]},
            "series": [{"type": "bar", "data": series[0][::-1], "label": {"show": True, "position": "right"}}],
        }
    lines = [{"type": "line", "name": read(c), "data": s} for c, s in zip(table.columns[1:], series, strict=True)]
    return {
        "tooltip": {"trigger": "axis"},
        "legend": {"show": len(lines) > 1, "top": 0, "type": "scroll"},
        "grid": {"left": 8, "right": 20, "top": 40, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "category", "data": names},
        "yAxis": {"type": "value", "minInterval": 1},
        "series": lines,
    }
