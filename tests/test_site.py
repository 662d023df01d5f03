"""Does the documentation site build, with every link and page in place?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent


def test_site_builds_without_a_warning(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs", reason="the site needs the packages of [dev]")
    call = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(tmp_path)]
    built = subprocess.run(call, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    for page in ("index.html", "zh/index.html", "tutorial/index.html", "zh/tutorial/index.html"):
        assert (tmp_path / page).is_file()
    assert "公报成表" in (tmp_path / "zh" / "index.html").read_text(encoding="utf-8")
