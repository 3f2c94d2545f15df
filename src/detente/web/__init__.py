"""The workbench: an archive in a browser, served on loopback unless told otherwise."""

from detente.web.app import make_app
from detente.web.settings import ServerSettings

__all__ = ["ServerSettings", "make_app"]
