"""The workbench: an archive in a browser, served on loopback unless told otherwise."""

from detente.web.app import make_app
from detente.web.settings import Settings

__all__ = ["Settings", "make_app"]
