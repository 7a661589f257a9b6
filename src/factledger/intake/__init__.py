"""Rows of other people's files → entries: a map says what each row means."""

from factledger.intake.maps import Map, read_map
from factledger.intake.run import Imported, import_rows, new_ledger
from factledger.intake.survey import Survey, survey

__all__ = ["Imported", "Map", "Survey", "import_rows", "new_ledger", "read_map", "survey"]
