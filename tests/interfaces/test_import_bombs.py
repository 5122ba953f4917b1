"""Files made to hurt, sent through the page: a clear message within seconds, and the next page is served."""

from __future__ import annotations

import time

import pytest

from bihuan.feedback.models import Feedback
from tests.domain.feedback.sheets import as_csv, line, taken_in
from tests.insight.sheets.test_unreadable import xlsx
from tests.interfaces.test_imports import drop

pytestmark = pytest.mark.django_db

CORNERS = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
WIDE = '<row r="1"><c r="A1"><v>1</v></c><c r="IV1"><v>2</v></c></row>'
SPACES = b" " * (4 << 20)


@pytest.mark.once
@pytest.mark.parametrize("kind", ["two cells at the far corners", "400 MB unpacked", "too many columns", "encrypted"])
def test_a_bomb_is_refused_and_the_pages_stay_up(as_, tmp_path, kind):
    path = tmp_path / "a.xlsx"
    if kind == "encrypted":
        path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le"))
    else:
        bombs = {"400 MB unpacked": (SPACES for _ in range(100)), "too many columns": WIDE}
        xlsx(path, bombs.get(kind, CORNERS))
    chen, began = as_("chen"), time.monotonic()
    answer, batch = drop(chen, path.read_bytes(), "反馈.xlsx")
    assert time.monotonic() - began < 15
    assert batch.status == "failed"
    assert batch.reason_zh in answer.content.decode()
    assert not Feedback.objects.filter(import_batch=batch).exists()
    assert chen.get("/imports/").status_code == 200


def test_text_in_an_unusual_encoding_is_understood(as_, cast):
    batch = taken_in(as_csv([line(1, "收银台扫码没有反应")], encoding="utf-16"), "甲.csv", cast["chen"])
    assert batch.feedback_items.get().text == "收银台扫码没有反应"
