"""What the wheel holds: installed apart from the sources, it codes a report."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(wheel: Path) -> None:
    source = ROOT / "src" / "detente"
    kept = {f"detente/{p.relative_to(source).as_posix()}" for p in source.rglob("*") if p.is_file()}
    kept = {name for name in kept if "__pycache__" not in name}
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert packed == kept


def test_the_installed_wheel_codes_a_report(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    code = (
        "import detente; r = detente.code('Norway and Chile met in Oslo on Friday.', date='2023-06-09'); "
        "print(detente.__file__); print(r.report_date.date)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(site), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    where, day = done.stdout.split()
    assert Path(where).is_relative_to(site)
    assert day == "2023-06-09"


def test_the_version_is_one() -> None:
    import tomllib

    import detente

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == detente.__version__
    assert f"## {detente.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
