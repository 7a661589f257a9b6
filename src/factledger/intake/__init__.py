"""Files of others into the ledger: drafts of records, and rows under a map.

The names below are loaded when they are first used: whoever appends a draft reads no map.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from factledger.lazy import lazy_names

if TYPE_CHECKING:
    from factledger.intake.editions.revising import (
        EditionSurvey,
        Revised,
        import_edition,
        survey_edition,
    )
    from factledger.intake.maps.map import Map
    from factledger.intake.maps.map_file import read_map
    from factledger.intake.parts.importing import import_in_parts
    from factledger.intake.run import Imported, import_rows, new_ledger
    from factledger.intake.surveying import Survey, survey

__all__ = [
    "EditionSurvey",
    "Imported",
    "Map",
    "Revised",
    "Survey",
    "import_edition",
    "import_in_parts",
    "import_rows",
    "new_ledger",
    "read_map",
    "survey",
    "survey_edition",
]
_HOMES = {
    **dict.fromkeys(
        ("EditionSurvey", "Revised", "import_edition", "survey_edition"), "editions.revising"
    ),
    "Map": "maps.map",
    "read_map": "maps.map_file",
    "import_in_parts": "parts.importing",
    **dict.fromkeys(("Imported", "import_rows", "new_ledger"), "run"),
    **dict.fromkeys(("Survey", "survey"), "surveying"),
}
__getattr__ = lazy_names(globals(), _HOMES)
