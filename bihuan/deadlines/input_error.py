"""What deadline arithmetic cannot count with."""

from bihuan.core.text import Text


class InputError(ValueError):
    """A deadline cannot be counted from what was given; ``text`` says what to change."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.text = Text(zh, en)
