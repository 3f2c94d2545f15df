"""Event data that others publish: read by what their codebooks say of the columns, kept beside an archive's own."""

from detente.published.forms import FORM_NAMES, SetForm, form_named
from detente.published.importing import Imported, import_file

__all__ = ["FORM_NAMES", "Imported", "SetForm", "form_named", "import_file"]
