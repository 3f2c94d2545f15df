"""What is to be released, tried as its users get it: built, installed from files alone, run without a network, listed.

    python -m scripts.check_release --out dist

builds the source archive and the wheel, gathers the wheels of everything it needs, installs them into a new
environment with no index to ask, runs ``detente demo`` there with no network, and writes how large the environment is
and what is in it (a CycloneDX SBOM). ``--wheelhouse`` names a folder of wheels gathered before, so that nothing is
fetched at all.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ALONE = ("unshare", "--net", "--map-root-user")
"""What runs a command without a network, where the system lets us."""


def built(out: Path) -> Path:
    """The wheel of this checkout, written into `out` beside the source archive."""
    _run(sys.executable, "-m", "hatchling", "build", "-d", str(out), at=ROOT)
    return max(out.glob("*.whl"), key=lambda wheel: wheel.stat().st_mtime)


def gathered(wheel: Path, house: Path) -> None:
    """The wheels of everything that `wheel` needs, in `house`."""
    _run(sys.executable, "-m", "pip", "wheel", "--quiet", "--wheel-dir", str(house), str(wheel))


def installed(wheel: Path, house: Path, venv: Path) -> Path:
    """The programs of a new environment with `wheel` in it, all of it from the files in `house`."""
    _run(sys.executable, "-m", "venv", str(venv))
    programs = venv / "bin"
    _run(
        str(programs / "pip"), "install", "--quiet", "--no-index", "--find-links", str(house), str(wheel), env=offline()
    )
    return programs


def offline() -> dict[str, str]:
    """This environment without anything that would have pip look elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    return {**kept, "PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def alone(command: Sequence[str], at: Path) -> str:
    """What a command prints with no network to ask, where the system can take it away."""
    can = shutil.which(ALONE[0]) and not subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode
    return _run(*(ALONE if can else ()), *command, at=at, env=offline())


def megabytes(folder: Path) -> int:
    """How much of the disk a folder takes."""
    blocks = sum(path.lstat().st_blocks for path in folder.rglob("*"))
    return round(blocks * 512 / 1024**2)


def list_parts(venv: Path, out: Path) -> None:
    """Write the SBOM of an environment, the same bytes for the same parts."""
    program = Path(sys.executable).with_name("cyclonedx-py")
    project = str(ROOT / "pyproject.toml")
    more = ("--pyproject", project, "--output-reproducible", "--output-format", "JSON")
    _run(str(program), "environment", *more, "--output-file", str(out), str(venv / "bin" / "python"))


def _run(*command: str, at: Path | None = None, env: Mapping[str, str] | None = None) -> str:
    done = subprocess.run(command, cwd=at, env=env, check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}\n{done.stdout}")
    return done.stdout


def main() -> None:
    """Build, gather, install, run, measure and list."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where the wheel and the SBOM go")
    parser.add_argument("--wheelhouse", type=Path, help="wheels gathered before; then nothing is fetched")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    wheel = built(given.out)
    with tempfile.TemporaryDirectory(prefix="detente-release-") as name:
        folder = Path(name)
        house = given.wheelhouse or folder / "wheels"
        if given.wheelhouse is None:
            gathered(wheel, house)
        programs = installed(wheel, house, folder / "venv")
        told = alone([str(programs / "detente"), "demo"], folder)
        if "CONSULT" not in told:
            raise SystemExit(f"detente demo says nothing of the sample report:\n{told}")
        list_parts(folder / "venv", given.out / "sbom.cdx.json")
        print(f"{wheel.name}: installed from files alone, ran without a network, {megabytes(folder / 'venv'):,} MB")
        print(f"{given.out / 'sbom.cdx.json'}: what is in it")


if __name__ == "__main__":
    main()
