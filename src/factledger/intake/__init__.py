"""Files of others into the ledger: drafts of records, and rows under a map."""

from factledger.intake.editions.revising import (
    EditionSurvey,
    Revised,
    import_edition,
    survey_edition,
)
from factledger.intake.maps import Map, read_map
from factledger.intake.run import Imported, import_rows, new_ledger
from factledger.intake.survey import Survey, survey

__all__ = [
    "EditionSurvey",
    "Imported",
    "Map",
    "Revised",
    "Survey",
    "import_edition",
    "import_rows",
    "new_ledger",
    "read_map",
    "survey",
    "survey_edition",
]
