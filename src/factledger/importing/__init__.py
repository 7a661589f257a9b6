"""Rows of other people's files → entries: a map says what each row means."""

from factledger.importing.maps import Map, read_map
from factledger.importing.run import Imported, import_rows, new_ledger
from factledger.importing.survey import Survey, survey

__all__ = ["Imported", "Map", "Survey", "import_rows", "new_ledger", "read_map", "survey"]
