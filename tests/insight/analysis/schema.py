"""The part of JSON Schema that summary.schema.json uses; a keyword it does not know is an error, not a pass."""

import json
import re
from pathlib import Path
from typing import Any

import bihuan.insight.data

SCHEMA = json.loads((Path(bihuan.insight.data.__file__).parent / "summary.schema.json").read_text(encoding="utf-8"))
TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}
KNOWN = {"$schema", "$id", "$defs", "$ref", "title", "description", "type", "enum", "properties", "required", "items"}
KNOWN |= {"additionalProperties", "minimum", "maximum", "pattern", "minItems", "maxItems"}


def faults(value: Any, schema: dict[str, Any] = SCHEMA, place: str = "$") -> list[str]:
    """What in a value breaks the schema, each with its place."""
    if "$ref" in schema:
        schema = {
            **SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")],
            **{k: v for k, v in schema.items() if k != "$ref"},
        }
    assert set(schema) <= KNOWN, set(schema) - KNOWN
    kinds = schema.get("type", list(TYPES))
    allowed = [kinds] if isinstance(kinds, str) else kinds
    if not any(
        isinstance(value, TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool)) for kind in allowed
    ):
        return [f"{place}: {value!r} is no {kinds}"]
    found = [f"{place}: {value!r} not in {schema['enum']}"] if value not in schema.get("enum", [value]) else []
    if isinstance(value, dict):
        return found + _object(value, schema, place)
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            found.append(f"{place}: {len(value)} items")
        return found + [
            fault for at, each in enumerate(value) for fault in faults(each, schema["items"], f"{place}[{at}]")
        ]
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        found.append(f"{place}: {value!r}")
    if isinstance(value, int | float) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        found.append(f"{place}: {value!r}")
    return found


def _object(value: dict[str, Any], schema: dict[str, Any], place: str) -> list[str]:
    found = [f"{place}: {name} missing" for name in schema.get("required", []) if name not in value]
    properties, more = schema.get("properties", {}), schema.get("additionalProperties", True)
    for name, each in value.items():
        if name in properties:
            found += faults(each, properties[name], f"{place}.{name}")
        elif more is False:
            found.append(f"{place}: {name} unknown")
        elif isinstance(more, dict):
            found += faults(each, more, f"{place}.{name}")
    return found
