"""Files broken, locked, disguised or made to hurt: each is refused with a sentence, quickly, and we live on."""

import gzip
import io
import json
import resource
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import openpyxl
import pytest

from bihuan.insight.sheets import Unreadable, delimited, guard, inspect_file, read, values, workbook_reader
from tests.sampling import of_each_kind

SECONDS = 15
CHILD_MEMORY_KB = 700_000

CONTENT_TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""
RELATIONS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Target="{target}"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>"""
WORKBOOK = """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"""
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def xlsx(path: Path, rows: str | Iterator[bytes], **parts: str) -> Path:
    """A workbook of one sheet with exactly this XML in it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", RELATIONS.format(target="xl/workbook.xml", kind="officeDocument"))
        archive.writestr("xl/workbook.xml", WORKBOOK)
        archive.writestr(
            "xl/_rels/workbook.xml.rels", RELATIONS.format(target="worksheets/sheet1.xml", kind="worksheet")
        )
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            if isinstance(rows, str):
                sheet.write(SHEET.format(rows).encode())
            else:
                for chunk in rows:
                    sheet.write(chunk)
    return path


def read_to_the_end(path: Path) -> tuple[list[str], float, int]:
    """Read the file to its end: the sentences it is refused with, the seconds it took, and the most memory (kB) that a
    process begun for it had."""
    began, message = time.monotonic(), []
    try:
        for _ in read(path, inspect_file(path).plan()):
            pass
    except Unreadable as refusal:
        message = [refusal.reason.zh, refusal.reason.en]
    return message, time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


@pytest.fixture(scope="module")
def beside() -> Iterator[ProcessPoolExecutor]:
    """A fresh small process to read in: a child counts what its parent had as its own, and the suite's has much."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        yield process


@pytest.fixture
def refused(beside: ProcessPoolExecutor) -> Callable[[Path], str]:
    """The English sentence a file is refused with; fails when it takes long or much, or when it is read after all."""

    def sentence(path: Path) -> str:
        message, seconds, memory = beside.submit(read_to_the_end, path).result()
        assert message, "it was read"
        assert seconds < SECONDS
        assert memory < CHILD_MEMORY_KB
        assert message[0]
        return message[1]

    return sentence


def test_the_memory_of_a_reading_process_is_seen(tmp_path: Path, beside: ProcessPoolExecutor) -> None:
    path = xlsx(tmp_path / "a.xlsx", '<row r="1"><c r="A1"><v>7</v></c></row>')
    message, _, memory = beside.submit(read_to_the_end, path).result()
    assert not message
    assert 10_000 < memory < CHILD_MEMORY_KB


def test_the_small_workbook_the_bombs_are_made_from_is_itself_read(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", '<row r="1"><c r="A1"><v>7</v></c></row><row r="2"><c r="A2"><v>8</v></c></row>')
    assert [row.raw for row in read(path, inspect_file(path).plan())] == [{"A": "7"}, {"A": "8"}]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c s='1' r = 'XFD1048576'><v>1</v></c></row>",
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v><!-- > --></c><c r="XFD1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c a="&gt;>" r="XFD1048576"><v>1</v></c></row>',
    ],
)
def test_two_cells_at_the_far_corners_are_refused(tmp_path: Path, rows: str, refused: Callable[[Path], str]) -> None:
    path = xlsx(tmp_path / "corner.xlsx", rows)
    assert path.stat().st_size < 3000
    assert refused(path) in {guard.TOO_WIDE.en, guard.TOO_LONG.en, workbook_reader.UNOPENED.en}


def test_a_prefix_on_every_name_does_not_hide_the_corner(tmp_path: Path, refused: Callable[[Path], str]) -> None:
    rows = '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>'
    assert refused(xlsx(tmp_path / "a.xlsx", rows)) == guard.TOO_WIDE.en


def test_two_hundred_columns_are_read_and_one_more_is_refused_unless_it_is_empty(
    tmp_path: Path, refused: Callable[[Path], str]
) -> None:
    def wide(last: str) -> Path:
        cells = "".join(f'<c r="{guard.column_letters(index)}1"><v>1</v></c>' for index in range(200))
        return xlsx(tmp_path / "wide.xlsx", f'<row r="1">{cells}{last}</row>')

    assert len(inspect_file(wide("")).columns) == 200
    assert len(inspect_file(wide('<c r="GS1" s="1"/>')).columns) == 200
    assert refused(wide('<c r="GS1"><v>1</v></c>')) == guard.TOO_WIDE.en


def test_four_hundred_megabytes_unpacked_are_refused_from_the_directory_alone(tmp_path: Path) -> None:
    def rows() -> Iterator[bytes]:
        yield SHEET.partition("{}")[0].encode()
        for _ in range(400):
            yield b'<row><c t="inlineStr"><is><t>x</t></is></c></row>' * 21400

    began = time.monotonic()
    path = xlsx(tmp_path / "big.xlsx", rows())
    made = time.monotonic() - began
    began = time.monotonic()
    with pytest.raises(Unreadable) as caught:
        inspect_file(path)
    assert caught.value.reason == guard.TOO_BIG
    assert time.monotonic() - began < min(2, made)


def test_a_directory_that_lies_about_its_sizes_is_caught_while_unpacking(
    tmp_path: Path, refused: Callable[[Path], str]
) -> None:
    rows = b'<row><c t="inlineStr"><is><t>x</t></is></c></row>' * 400_000
    path = xlsx(tmp_path / "a.xlsx", iter([SHEET.partition("{}")[0].encode(), rows]))
    true = (len(SHEET.partition("{}")[0]) + len(rows)).to_bytes(4, "little")
    lying = path.read_bytes().replace(true, (1000).to_bytes(4, "little"))
    assert lying != path.read_bytes()
    path.write_bytes(lying)
    refused(path)


def test_many_cells_in_few_bytes_are_refused(tmp_path: Path, refused: Callable[[Path], str]) -> None:
    def rows() -> Iterator[bytes]:
        yield SHEET.partition("{}")[0].encode()
        for _ in range(70):
            yield b"<row>" + b"<c><v>1</v></c>" * 100_000 + b"</row>"
        yield b"</sheetData></worksheet>"

    assert refused(xlsx(tmp_path / "a.xlsx", rows())) in {guard.TOO_LONG.en, guard.TOO_BIG.en}


def test_a_sheet_of_repeated_cells_ends_the_child_and_not_us(tmp_path: Path, refused: Callable[[Path], str]) -> None:
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16000"/>'
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="S"><table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="urn:x"/>')
    assert refused(path) in {workbook_reader.UNOPENED.en, guard.TOO_WIDE.en, guard.TOO_LONG.en}


def test_entities_and_document_types_are_refused(tmp_path: Path, refused: Callable[[Path], str]) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    shared = f'<!DOCTYPE sst [<!ENTITY l0 "ha">{laughs}]><sst><si><t>&l9;</t></si></sst>'
    path = xlsx(tmp_path / "a.xlsx", '<row r="1"><c r="A1" t="s"><v>0</v></c></row>', xl__sharedStrings=shared)
    assert refused(path) == guard.BROKEN.en


def test_a_million_entries_and_nested_archives_are_refused(tmp_path: Path, refused: Callable[[Path], str]) -> None:
    many = tmp_path / "many.xlsx"
    with zipfile.ZipFile(many, "w") as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        for number in range(guard.MAX_ENTRIES + 1):
            archive.writestr(f"xl/{number}", b"")
    assert refused(many) == guard.TOO_BIG.en
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", "问题\n")
    nested = tmp_path / "nested.zip"
    with zipfile.ZipFile(nested, "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
    assert refused(nested) == guard.A_PACKAGE.en


def ole(*names: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + b"".join(name.encode("utf-16-le") for name in names)


def cut_workbook() -> bytes:
    made = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["问题描述"])
    book.save(made)
    return made.getvalue()[:-200]


MADE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.xlsx": (lambda: b"", guard.EMPTY.en),
    "locked.xlsx": (lambda: ole("EncryptionInfo", "EncryptedPackage"), guard.ENCRYPTED.en),
    "letter.doc": (lambda: ole("WordDocument"), guard.NOT_A_TABLE.en),
    "broken.xls": (lambda: ole("Workbook") + b"\xff" * 2000, workbook_reader.UNOPENED.en),
    "cut.xlsx": (cut_workbook, guard.BROKEN.en),
    "scan.xlsx": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 10, guard.NOT_A_TABLE.en),
    "photo.csv": (lambda: b"\xff\xd8\xff\xe0" + bytes(range(256)) * 10, guard.NOT_A_TABLE.en),
    "noise.csv": (lambda: bytes(range(256)) * 500, guard.NOT_A_TABLE.en),
    "page.xls": (lambda: "<html><table><tr><td>问题</td></tr></table></html>".encode(), guard.A_PAGE.en),
    "xml.xls": (lambda: b'<?xml version="1.0"?><Workbook/>', guard.A_PAGE.en),
    "cut.csv.gz": (lambda: gzip.compress(b"a,b\n" * 1000)[:-30], guard.BROKEN.en),
    "deep.json": (lambda: b"[" * 200_000, guard.BROKEN.en),
    "quote.csv": (lambda: b'id,text\n1,"' + b"x" * 200_000, "Row 2 has an unclosed quote"),
    "wide.csv": (lambda: b",".join(b"%d" % n for n in range(201)) + b"\n", guard.TOO_WIDE.en),
    "blank.csv": (lambda: b"\n\n \n", "There is no data row"),
}


@pytest.mark.parametrize("name", MADE)
def test_a_file_that_is_no_table_is_refused_with_what_to_do(
    tmp_path: Path, name: str, refused: Callable[[Path], str]
) -> None:
    make, sentence = MADE[name]
    path = tmp_path / name
    path.write_bytes(make())
    assert refused(path).startswith(sentence)


def test_plain_text_may_be_larger_than_a_workbook_since_it_is_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("编号,内容\n1,退款没到\n")
    for size, kind in ((guard.MAX_UNPACKED + 1, "text"), (guard.MAX_TEXT, "text"), (guard.MAX_TEXT + 1, "")):
        with path.open("r+b") as file:
            file.truncate(size)  # sparse: it holds no place on the disk
        if kind:
            assert guard.kind_of(path) == kind
        else:
            with pytest.raises(Unreadable) as caught:
                guard.kind_of(path)
            assert caught.value.reason == guard.TEXT_TOO_BIG
    path.write_bytes(b"PK\x03\x04")
    with path.open("r+b") as file:
        file.truncate(guard.MAX_UNPACKED + 1)
    with pytest.raises(Unreadable) as caught:
        guard.kind_of(path)
    assert caught.value.reason == guard.TOO_BIG


def test_a_gzip_bomb_is_stopped_at_the_cap(tmp_path: Path, refused: Callable[[Path], str]) -> None:
    path = tmp_path / "bomb.csv.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(210):
            file.write(b"0" * guard.MB)
    assert refused(path) == guard.TOO_BIG.en


def test_a_csv_beyond_the_most_rows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MAX_ROWS", 1000)
    path = tmp_path / "long.csv"
    path.write_bytes(b"id,text\n" + b"1,a\n" * 1000)
    assert read_to_the_end(path)[0][1].startswith("The file has over 10,000,000 rows")


def test_cells_made_to_keep_patterns_busy_are_read_at_once(tmp_path: Path) -> None:
    busy = ["2025-03-01" + " " * 30_000 + "x", "(" * 30_000, "1" * 30_000 + "x", "1.1" * 10_000, "a@" + "b." * 15_000]
    path = tmp_path / "a.csv"
    lines = [["反馈时间", "渠道", "版本", "地区", "联系方式", "问题描述"]]
    lines += [[text, text, text, text, text, text] for text in busy * 8]
    path.write_text("\n".join(",".join(line) for line in lines), encoding="utf-8")
    began = time.monotonic()
    rows = list(read(path, inspect_file(path).plan()))
    assert len(rows) == 40
    assert {row.errors["received_at"] for row in rows} == {values.TOO_LONG}
    bare = tmp_path / "b.csv"
    bare.write_text("\n".join(",".join(line) for line in lines[1:]), encoding="utf-8")
    assert len(list(read(bare, inspect_file(bare).plan()))) in (39, 40)
    assert time.monotonic() - began < 5


def test_a_workbook_swapped_for_text_after_the_plan_was_made_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["问题描述"])
    book.active.append(["卡纸"])
    book.save(path)
    plan = inspect_file(path).plan()
    path.write_text("问题描述\n卡纸\n", encoding="utf-8")
    with pytest.raises(Unreadable):
        list(read(path, plan))


@pytest.mark.data
@pytest.mark.once
def test_every_odd_table_is_read_or_refused_and_none_ends_us(tmp_path: Path, shared: Path) -> None:
    with zipfile.ZipFile(shared / "tables" / "messy_tables.zip") as archive:
        names = archive.namelist()
        assert sum(not name.endswith("/") for name in names) == 238
        outcomes = {}
        for number, name in enumerate(of_each_kind(names, 5)):
            path = tmp_path / f"{number}{Path(name).suffix}"
            path.write_bytes(archive.read(name))
            outcomes[name] = _outcome(path)
    bad = {name: outcome for name, outcome in outcomes.items() if outcome.startswith("bad")}
    assert bad == {}
    print(json.dumps({kind: sum(each.startswith(kind) for each in outcomes.values()) for kind in ("read", "refused")}))


def _outcome(path: Path) -> str:
    began = time.monotonic()
    try:
        found = inspect_file(path)
        rows = list(read(path, found.plan()))
    except Unreadable as refusal:
        reason = refusal.reason
        return f"refused: {reason.en}" if reason.zh and time.monotonic() - began < SECONDS else "bad: slow or silent"
    numbers = [row.number for row in rows]
    if numbers != sorted(set(numbers)) or len(rows) != found.total_rows:
        return f"bad: {len(rows)} rows of {found.total_rows}"
    return "read" if time.monotonic() - began < SECONDS else "bad: slow"
