"""Stylesheets and page scripts: values only in the theme, one declaration a line, no unused class."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "bihuan" / "static" / "src"
STYLES = sorted((SOURCE / "css").glob("*.css"))
THEMES = [path for path in STYLES if path.name.startswith("theme")]
COMPONENTS = [path for path in STYLES if path not in THEMES]
SCRIPTS = [ROOT / "build.mjs", *sorted(SOURCE.rglob("*.js"))]
# The insight engine writes pages of its own, with styles of their own.
PYTHON = [path for path in (ROOT / "bihuan").rglob("*.py") if "insight" not in path.parts]
TEMPLATES = list((ROOT / "bihuan" / "templates").rglob("*.html"))

COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(", re.I)
COLOUR_PROPERTY = re.compile(r"color|background|border|outline|fill|stroke|box-shadow")
COLOUR_NAME = re.compile(r"\b(?:white|black|gr[ae]y|red|green|blue|yellow|orange|purple|pink|brown)\b", re.I)
VARIABLE = re.compile(r"var\(--[\w-]+\)")
SPACE = re.compile(r"(?:margin|padding)(?:-\w+)*|(?:row-|column-)?gap|border-spacing")
# A space is a variable; these few need none. 1px is a line, not a space.
FREE_SPACE = {"0", "auto", "1px", "inherit", "env(safe-area-inset-bottom)"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def without_comments(text: str) -> str:
    """The text with its comments blanked, line numbers kept."""
    return re.sub(r"/\*.*?\*/", lambda found: re.sub(r"[^\n]", " ", found[0]), text, flags=re.S)


def numbered_lines(path: Path) -> Iterator[tuple[str, str]]:
    """("file:number", line) for every line of a stylesheet, comments blanked."""
    for number, line in enumerate(without_comments(path.read_text(encoding="utf-8")).splitlines(), 1):
        yield f"{name(path)}:{number}", line


def declarations(path: Path) -> Iterator[tuple[str, str, str]]:
    """("file:number", property, value) for every declaration; a value may go over several lines."""
    text = without_comments(path.read_text(encoding="utf-8"))
    for found in re.finditer(r"(?<=[{;])\s*(--[\w-]+|[a-z-]+)\s*:\s*([^;{}]+);", text):
        number = text.count("\n", 0, found.start(1)) + 1
        yield f"{name(path)}:{number}", found[1], " ".join(found[2].split())


def split_values(value: str) -> list[str]:
    """The parts of a value, divided at spaces outside brackets."""
    return re.findall(r"(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+", value)


def test_there_is_one_theme_and_a_file_for_each_component():
    assert [path.name for path in THEMES][-1] == "theme.css"
    assert len(COMPONENTS) > 40
    listed = re.findall(r'@import "\./([\w-]+\.css)";', (SOURCE / "css" / "index.css").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(path.name for path in STYLES if path.name != "index.css")


def test_colours_stand_only_in_the_theme():
    offenders = [
        f"{at} {key}: {value}"
        for path in COMPONENTS
        for at, key, value in declarations(path)
        if COLOUR.search(value) or (COLOUR_PROPERTY.search(key) and COLOUR_NAME.search(VARIABLE.sub("", value)))
    ]
    assert offenders == []


def test_radii_and_shadows_stand_only_in_the_theme():
    allowed = re.compile(r"0|none|inherit|var\(--(?:radius|shadow)[\w-]*\)")
    offenders = [
        f"{at} {key}: {value}"
        for path in COMPONENTS
        for at, key, value in declarations(path)
        if key.endswith(("radius", "shadow")) and not all(allowed.fullmatch(part) for part in split_values(value))
    ]
    assert offenders == []


def test_spaces_stand_only_in_the_theme():
    variable = re.compile(r"var\(--space-\d+\)|calc\(-1 \* var\(--space-\d+\)\)")
    offenders = [
        f"{at} {key}: {value}"
        for path in COMPONENTS
        for at, key, value in declarations(path)
        if SPACE.fullmatch(key)
        and not all(part in FREE_SPACE or variable.fullmatch(part) for part in split_values(value))
    ]
    assert offenders == []


def test_every_variable_of_the_theme_is_used_and_every_used_one_defined():
    styles = "".join(without_comments(path.read_text(encoding="utf-8")) for path in STYLES)
    defined = {key for path in STYLES for _, key, _ in declarations(path) if key.startswith("--")}
    used = set(re.findall(r"var\((--[\w-]+)", styles))
    assert sorted(used - defined) == []
    assert sorted(key for key in defined - used if not key.startswith("--tblr-")) == []


def test_a_second_theme_only_gives_other_values_to_the_same_names():
    names = {key for _, key, _ in declarations(SOURCE / "css" / "theme.css")}
    offenders = [
        f"{at} {key}"
        for path in THEMES
        for at, key, _ in declarations(path)
        if key != "color-scheme" and (key not in names or not key.startswith("--"))
    ]
    assert offenders == []


def test_a_line_of_a_stylesheet_holds_one_selector_or_one_declaration():
    packed = re.compile(r"\{.*\S|\S.*\}|;.*\S")
    selectors = re.compile(r"(?!.*: )[^@(]*,\s*\S.*[{,]$")
    offenders = [
        f"{at} {line.strip()[:80]}"
        for path in STYLES
        for at, line in numbered_lines(path)
        if len(line) > 120 or packed.search(line) or selectors.match(line)
    ]
    assert offenders == []


def test_a_line_of_a_script_holds_one_statement():
    offenders = []
    for path in SCRIPTS:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            code = re.sub(r"//.*|`[^`]*`|\"[^\"]*\"", "", line)
            packed = code.count(";") > (2 if re.match(r"\s*for \(", code) else 1) or re.search(r"\{[^{}]*;.*\}", code)
            unbraced = re.match(r"\s*(?:if|for|while) \(.*\) [^{]*;\s*$|\s*else [^{i]", code)
            if len(line) > 120 or packed or unbraced:
                offenders.append(f"{name(path)}:{number} {line.strip()[:80]}")
    assert offenders == []


def test_every_class_of_the_stylesheets_is_used():
    """A class counts as used where a template, a tag or a script writes it, whole or up to a value: level-{{ rank }}."""
    written: set[str] = set()
    prefixes: set[str] = set()
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        blocks = re.findall(r"\{% block width %\}(.*?)\{% endblock", text)
        for value in [*re.findall(r'class(?:es)?="((?:\{%.*?%\}|\{\{.*?\}\}|[^"])*)"', text, re.S), *blocks]:
            prefixes |= set(re.findall(r"([A-Za-z][\w-]*-)\{[{%]", value))
            written |= set(re.findall(r"[A-Za-z_][\w-]*", value))
    for path in [*PYTHON, *SCRIPTS]:
        text = path.read_text(encoding="utf-8")
        for value in re.findall(r'class="([^"\n]*)"', text):
            written |= set(re.findall(r"[A-Za-z_][\w-]*", value))
        # Where a tag, a form or a script puts a class together, each of its short texts may be one.
        if '"class"' in text or 'class="' in text or path in SCRIPTS:
            for value in re.findall(r'"([\w. -]+)"', text):
                written |= set(re.findall(r"[A-Za-z_][\w-]*", value))
    offenders = []
    for path in COMPONENTS:
        selectors = re.findall(r"([^{}]+)\{", without_comments(path.read_text(encoding="utf-8")))
        classes = {one for text in selectors for one in re.findall(r"\.(-?[A-Za-z_][\w-]*)", text)}
        unused = {one for one in classes - written if not one.startswith(tuple(prefixes))}
        offenders += [f"{name(path)} .{one}" for one in sorted(unused)]
    assert offenders == []
