"""Formulas over named numbers: + - * / min max and brackets, worked out exactly. Nothing is executed.

The text is parsed into a tree and only the listed kinds of node are walked; a name is a name and nothing else.
"""

import ast
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from bihuan.core.text import Text

LONGEST = 200
_SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "−", ast.Mult: "×", ast.Div: "÷"}
_STRENGTH = {"+": 1, "−": 1, "×": 2, "÷": 2}

Range = tuple[Fraction, Fraction]


class BadFormula(ValueError):
    """The formula cannot be read or worked out; ``reason`` says why in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.reason = Text(zh, en)


class Formula:
    """A formula of at most 200 characters. ``names``: the inputs it uses, in their order. Raises BadFormula."""

    def __init__(self, text: str) -> None:
        if not isinstance(text, str) or not text.strip() or len(text) > LONGEST:
            raise BadFormula(f"公式要写 1-{LONGEST} 个字符", f"a formula has 1 to {LONGEST} characters")
        try:
            self._tree = ast.parse(text.strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            raise BadFormula(f"读不懂公式 {text}", f"cannot read the formula {text}") from None
        self.names: list[str] = []
        self._check(self._tree)

    def value(self, numbers: Mapping[str, Fraction]) -> Fraction:
        """The exact result. Raises BadFormula where it would divide by zero."""
        return self.bounds({name: (number, number) for name, number in numbers.items()})[0]

    def bounds(self, ranges: Mapping[str, Range]) -> Range:
        """Between which values the result lies while each name stays in its range (interval arithmetic)."""
        return self._range(self._tree, ranges)

    def written(self, names: Mapping[str, str]) -> str:
        """The formula as people write it, each name written as given."""
        return self._written(self._tree, names)[0]

    def _check(self, node: Any) -> None:
        match node:
            case ast.BinOp(op=op, left=left, right=right) if type(op) in _SIGNS:
                self._check(left)
                self._check(right)
            case ast.UnaryOp(op=ast.USub(), operand=inner):
                self._check(inner)
            case ast.Call(func=ast.Name(id="min" | "max"), args=[_, _, *_] as args, keywords=[]):
                for part in args:
                    self._check(part)
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                if not number < float("inf"):
                    raise BadFormula("公式里的数太大", "a number in the formula is too large")
            case ast.Name(id=name):
                if name not in self.names:
                    self.names.append(name)
            case _:
                raise BadFormula(
                    "公式里只能有输入项、数字、+ - * /、min、max 和括号",
                    "a formula holds inputs, numbers, + - * /, min, max and brackets only",
                )

    def _range(self, node: Any, ranges: Mapping[str, Range]) -> Range:
        match node:
            case ast.Constant(value=number):
                return Fraction(str(number)), Fraction(str(number))
            case ast.Name(id=name):
                return ranges[name]
            case ast.UnaryOp(operand=inner):
                low, high = self._range(inner, ranges)
                return -high, -low
            case ast.Call(func=ast.Name(id=which), args=args):
                pick = min if which == "min" else max
                parts = [self._range(part, ranges) for part in args]
                return pick(low for low, _ in parts), pick(high for _, high in parts)
            case ast.BinOp(op=op, left=left, right=right):
                return _combined(_SIGNS[type(op)], self._range(left, ranges), self._range(right, ranges))
        raise AssertionError(node)

    def _written(self, node: Any, names: Mapping[str, str]) -> tuple[str, int]:
        match node:
            case ast.Constant(value=number):
                return plain(number), 3
            case ast.Name(id=name):
                return names[name], 3
            case ast.UnaryOp(operand=inner):
                return f"−{self._held(inner, names, 3)}", 2
            case ast.Call(func=ast.Name(id=which), args=args):
                return f"{which}({', '.join(self._written(part, names)[0] for part in args)})", 3
            case ast.BinOp(op=op, left=left, right=right):
                sign = _SIGNS[type(op)]
                bind = _STRENGTH[sign]
                after = bind + (sign in "−÷")
                return f"{self._held(left, names, bind)} {sign} {self._held(right, names, after)}", bind
        raise AssertionError(node)

    def _held(self, node: Any, names: Mapping[str, str], bind: int) -> str:
        text, own = self._written(node, names)
        return text if own >= bind else f"({text})"


def _combined(sign: str, left: Range, right: Range) -> Range:
    if sign == "+":
        return left[0] + right[0], left[1] + right[1]
    if sign == "−":
        return left[0] - right[1], left[1] - right[0]
    if sign == "÷":
        if right[0] <= 0 <= right[1]:
            raise BadFormula("公式会除以零", "the formula would divide by zero")
        right = (1 / right[1], 1 / right[0])
    ends = [a * b for a in left for b in right]
    return min(ends), max(ends)


def plain(number: Any) -> str:
    """A number without idle zeros: 0.80 → 0.8, 120.0 → 120."""
    if isinstance(number, Fraction):
        number = Decimal(number.numerator) / Decimal(number.denominator)
    text = f"{Decimal(str(number)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
