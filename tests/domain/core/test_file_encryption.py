"""Files sealed piece by piece: what comes out is what went in, or nothing does."""

from __future__ import annotations

import io
import os
import subprocess
import sys

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from bihuan.core import file_encryption
from bihuan.core.file_encryption import MAGIC, PIECE, SALT, TAG, DecryptionError, decrypt, encrypt

HEAD = len(MAGIC) + SALT


def sealed(*chunks: bytes) -> bytes:
    return b"".join(encrypt(chunks))


def opened(data: bytes) -> bytes:
    return b"".join(decrypt(io.BytesIO(data)))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7])
def test_any_size_comes_back_and_nothing_of_it_can_be_read(size: int):
    plain = (b"name 13912345678 " * (size // 17 + 1))[:size]
    data = sealed(*(plain[at : at + 65536] for at in range(0, size, 65536)))
    assert opened(data) == plain
    assert size < 17 or plain[:17] not in data
    assert all(len(piece) <= PIECE + TAG for piece in encrypt([plain])), "no piece is larger than one"


@given(st.lists(st.binary(max_size=60), max_size=8))
def test_how_it_was_cut_when_it_came_in_does_not_matter(chunks: list[bytes]):
    assert opened(sealed(*chunks)) == b"".join(chunks)


def test_what_was_changed_cut_off_swapped_or_lengthened_is_not_opened():
    plain = bytes(range(256)) * (PIECE // 128)
    data = sealed(plain)
    whole = PIECE + TAG
    first, second = data[HEAD : HEAD + whole], data[HEAD + whole :]
    for broken in (
        b"", data[:HEAD], data[: HEAD + whole], data[:-1], data[:HEAD] + second, data[:HEAD] + second + first,
        data + b"x", data[:100] + bytes([data[100] ^ 1]) + data[101:], b"PK\x03\x04" + data[4:], plain,
    ):  # fmt: skip
        with pytest.raises(DecryptionError):
            opened(broken)


def test_an_older_key_opens_what_it_sealed_and_a_foreign_one_does_not(settings):
    old, new, other = (Fernet.generate_key().decode() for _ in range(3))
    settings.CONTACT_KEYS = [old]
    data = sealed(b"contact data")
    settings.CONTACT_KEYS = [new, old]
    assert opened(data) == b"contact data"
    settings.CONTACT_KEYS = [other]
    with pytest.raises(DecryptionError):
        opened(data)


@pytest.mark.skipif(not file_encryption.DESCRIPTORS.is_dir(), reason="this system opens no file by its descriptor")
def test_a_plain_copy_is_read_by_a_child_and_has_no_name_in_any_folder(settings, tmp_path):
    settings.DATA = tmp_path
    with file_encryption.decrypted_copy([b"plain ", b"bytes"]) as path:
        assert list(tmp_path.iterdir()) == []
        command = [sys.executable, "-c", "import sys; print(open(sys.argv[1]).read())", str(path)]
        assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "plain bytes\n"
        assert path.read_bytes() == path.read_bytes() == b"plain bytes"
        assert os.path.realpath(path).endswith("(deleted)")
    assert not path.exists()


def test_where_the_system_cannot_the_copy_goes_with_its_reader(settings, tmp_path, monkeypatch):
    settings.DATA = tmp_path
    monkeypatch.setattr(file_encryption, "DESCRIPTORS", tmp_path / "none")
    with file_encryption.decrypted_copy([b"plain"]) as path:
        assert path.read_bytes() == b"plain"
        assert path.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == []
