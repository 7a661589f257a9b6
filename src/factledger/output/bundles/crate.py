"""The metadata of a bundle, as an RO-Crate 1.2 has it: what each file is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import attrs

from factledger.records.declarations import Source

METADATA = "ro-crate-metadata.json"
_CONTEXT = "https://w3id.org/ro/crate/1.2/context"
_PROFILE = "https://w3id.org/ro/crate/1.2"


@attrs.frozen
class BundledFile:
    """A file of a bundle: its name, what it holds, and what that is.

    The text of a `source` has the `licence` of that; what factledger made has that of the bundle.
    """

    name: str
    data: bytes
    told: str
    media: str
    licence: str | None = None
    source: Source | None = None


def crate_metadata(
    name: str, told: str, day: str, licence: str | None, files: Sequence[BundledFile],
    sources: Sequence[Source],
) -> bytes:  # fmt: skip
    """Return `ro-crate-metadata.json` for some files and the sources that they cite.

    `day` is the one on which the newest entry was recorded, so that the same ledger gives the same
    bundle. `licence` is an address of the web, None where none is stated.
    """
    cited = [_source(source) for source in sources]
    terms = _licence(licence)
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": name,
        "description": told,
        "datePublished": day,
        "license": {"@id": terms["@id"]},
        "hasPart": [{"@id": file.name} for file in files],
        "citation": [{"@id": source["@id"]} for source in cited],
    }
    named = {t["@id"]: t for file in files if file.licence for t in [_licence(file.licence)]}
    others = [entity for id_, entity in named.items() if id_ != terms["@id"]]
    graph = [_descriptor(), root, terms, *others, *map(_file, files), *cited]
    made = {"@context": _CONTEXT, "@graph": [_stated(entity) for entity in graph]}
    return (json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode()


def _stated(entity: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entity.items() if value not in (None, [])}


def _descriptor() -> dict[str, Any]:
    return {
        "@id": METADATA,
        "@type": "CreativeWork",
        "conformsTo": {"@id": _PROFILE},
        "about": {"@id": "./"},
    }


def _licence(given: str | None) -> dict[str, Any]:
    """Return a licence that is given by its address or its name."""
    if given:
        address = given if ":" in given else f"#licence-{quote(given)}"
        return {"@id": address, "@type": "CreativeWork", "name": given, "description": given}
    told = "Nobody stated under which licence this may be passed on. Ask whoever gave it to you."
    return {"@id": "#licence", "@type": "CreativeWork", "name": "not stated", "description": told}


def _file(file: BundledFile) -> dict[str, Any]:
    return {
        "@id": file.name,
        "@type": "File",
        "name": file.name,
        "description": file.told,
        "encodingFormat": file.media,
        "contentSize": str(len(file.data)),
        "license": {"@id": _licence(file.licence)["@id"]} if file.licence else None,
        "encodesCreativeWork": {"@id": _source_id(file.source)} if file.source else None,
    }


def _source_id(source: Source) -> str:
    return source.url if source.url else f"#source-{source.id}"


def _source(source: Source) -> dict[str, Any]:
    return {
        "@id": _source_id(source),
        "@type": "CreativeWork",
        "identifier": source.id,
        "name": source.title,
        "datePublished": source.published.text if source.published else None,
        "license": source.licence,
    }
