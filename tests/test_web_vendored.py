"""What is not ours in the workbench: pinned by hash, licensed, and shipped."""

from __future__ import annotations

import hashlib
from importlib.resources import files

import yaml

VENDOR = files("detente.web") / "static" / "vendor"


def listed() -> list[dict[str, str]]:
    return list(yaml.safe_load((VENDOR / "vendored.yaml").read_text(encoding="utf-8")))


def test_every_vendored_file_is_the_one_that_was_recorded() -> None:
    for row in listed():
        assert hashlib.sha256((VENDOR / row["file"]).read_bytes()).hexdigest() == row["sha256"], row["file"]


def test_nothing_else_lies_in_that_folder_but_licences() -> None:
    named = {row["file"] for row in listed()} | {"vendored.yaml"}
    others = {entry.name for entry in VENDOR.iterdir()} - named
    assert all(name.endswith(".LICENSE") for name in others)


def test_each_package_is_pinned_and_has_a_licence() -> None:
    licences = {entry.name for entry in VENDOR.iterdir() if entry.name.endswith(".LICENSE")}
    for row in listed():
        assert row["package"].rsplit("@", 1)[1][0].isdigit()
        assert row["licence"]
        assert any(row["file"].startswith(name.removesuffix(".LICENSE")) for name in licences), row["file"]
