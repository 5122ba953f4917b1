"""A mypy plugin: where Django's form fields take a lazy string (label, help text), they take a Text as well.

Django shows these with ``str()`` and so works with any object; its stubs name only Django's own lazy string.
"""

from __future__ import annotations

from collections.abc import Callable

from mypy.nodes import TypeInfo
from mypy.plugin import FunctionSigContext, Plugin
from mypy.types import FunctionLike, Instance, UnionType

ARGUMENTS = {"label", "help_text", "empty_label"}
TEXT = "bihuan.core.text.Text"


class TextPlugin(Plugin):
    def get_function_signature_hook(self, fullname: str) -> Callable[[FunctionSigContext], FunctionLike] | None:
        return self._with_text if fullname.endswith("Field") and ".db.models." not in fullname else None

    def _with_text(self, context: FunctionSigContext) -> FunctionLike:
        signature, found = context.default_signature, self.lookup_fully_qualified(TEXT)
        if found is None or not isinstance(found.node, TypeInfo):
            return signature
        text = Instance(found.node, [])
        types = [
            UnionType.make_union([kind, text]) if name in ARGUMENTS else kind
            for name, kind in zip(signature.arg_names, signature.arg_types, strict=True)
        ]
        return signature.copy_modified(arg_types=types)


def plugin(version: str) -> type[Plugin]:
    return TextPlugin
