"""The shared data folder, which the repository never holds."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("BIHUAN_SHARED", ROOT.parent / "shared")) / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"no shared data folder at {DATA} (BIHUAN_SHARED)")
