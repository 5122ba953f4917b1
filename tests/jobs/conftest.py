from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.jobs.site import Site


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    one = Site(tmp_path / "data")
    yield one
    one.close()
