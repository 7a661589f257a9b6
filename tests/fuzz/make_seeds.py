"""Write the seeds: `python tests/fuzz/make_seeds.py`; small true inputs, from which fuzzing starts."""

from __future__ import annotations

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from cli_tools import claims, declarations  # noqa: E402
from factledger.log.lines import Line, canonical  # noqa: E402
from factledger.log.proofs.checkpoints import checkpoint_text  # noqa: E402
from factledger.log.proofs.merkle import (  # noqa: E402
    consistency_ranges,
    inclusion_ranges,
    leaf_hash,
    roots_of,
)
from factledger.log.proofs.proof import ConsistencyProof, InclusionProof  # noqa: E402
from factledger.records.codec import to_body  # noqa: E402
from fuzz.targets.notes import NAME, key, public, root  # noqa: E402
from fuzz.targets.proofs import checkpoint, lines  # noqa: E402

DATES = (
    "2023-03-21", "2023-03", "2023", "-0044-03-15", "2023-21", "1985-04~", "~1985-04-12?", "198X",
    "XXXX-12-XX", "2022-02/2022-04", "2014/..", "/2014", "../2014", "[2014,2022]", "[..2021]",
    "[2014..2022]", "{1960,1961-12}", "..", "2023-Q2", "3 months ago", "yesterday",
    "2026-11-24T12:00:00.000000Z", "2026-11-24T12:00:00+14:00", "1984-06-XX%/2004-08-XX?",
)  # fmt: skip
DRAFTS = (
    '[[note]]\ntext = "a"\nquote = "Two envoys met in Vienna"\nsource = "gazette"\n',
    '[[event]]\ntype = "CONSULT"\nmode = "visit"\nactor = "JPN"\nrecipient = "UKR"\n'
    'when = 2023-03-21\nquote = "visited Kyiv on 21 March 2023"\nsource = "gazette"\n',
    'default_source = "gazette"\n[[retract]]\ntarget = "visit"\nreason = "misread"\n'
    '[[close]]\ntarget = "#10"\nuntil = "2025~"\nlocator = "p. 1"\n',
    '[[correct]]\ntarget = 9\nreason = "misdated"\n[correct.record]\nkind = "event"\n'
    'type = "AGREE"\nparty = ["JPN", "UKR"]\nwhen = "[2022,2023]"\nlocator = "x"\nsource = "gazette"\n',
    '[[source]]\nid = "s"\ntitle = "t"\npublished = "2024"\ntext = "s.txt"\n'
    '[[actor]]\nid = "FRA"\ncategory = "country"\nnames = ["France"]\n',
    '{"kind":"withdraw","source":"gazette","reason":"r"}\n{"kind":"redact","target":9,'
    '"reason":"r","authority":"a"}\n',
    '[{"kind":"identify","verdict":"same","actors":["JPN","UKR"],"reason":"r"}]',
    '[[type]]\nid = "t"\nshape = "state"\nkey = ["actor"]\nrequired = ["actor"]\n'
    '[[tally]]\ntype = "CONSULT"\ncount = {lower = 7, upper = 7}\nsince = ""\nuntil = ".."\n'
    'actor = {actor = "JPN", as_said = "x"}\nrecipient = "UKR"\nquote = "seven times"\nsource = "gazette"\n'
    'inferred = [{field = "when", reason = "r"}]\npolarity = "denied"\nmodality = "planned"\n',
)  # fmt: skip


def seeds() -> dict[str, list[bytes]]:
    """Return the seeds of each target."""
    bodies = [canonical(to_body(record)) for record in (*declarations(), *claims())]
    hashes = [leaf_hash(line.envelope()) for line in lines()]
    sizes = (0, 1, 12, 2**40)
    texts = [checkpoint_text(NAME, size, root(size)) for size in sizes]
    return {
        "lines": [
            *(b"l" + b"\n".join(line.encode() for line in some) for some in (lines(), lines()[:1])),
            *(b"b" + body for body in bodies),
            *(b"v" + json.dumps(json.loads(body), indent=1).encode() for body in bodies[::3]),
            b'l{"at":"' + _erased().encode()[7:],
        ],
        "dates": [text.encode() for text in DATES],
        "drafts": [text.encode() for text in DRAFTS],
        "notes": [
            *(text.encode() for text in texts),
            *(str(key().sign(text)).encode() for text in texts),
            str(public()).encode(),
            str(key().sign("example\n5\nextra\n")).encode(),
        ],
        "proofs": [
            *(
                str(InclusionProof(lines()[n - 1], _roots(inclusion_ranges(n - 1, size), hashes), checkpoint(size))).encode()
                for n, size in ((1, 1), (7, 11), (11, 11), (2, 6))
            ),
            *(
                str(ConsistencyProof(old, _roots(consistency_ranges(old, size), hashes), checkpoint(size))).encode()
                for old, size in ((1, 11), (6, 11), (6, 6))
            ),
        ],
    }  # fmt: skip


def _erased() -> Line:
    return lines()[0].erased()


def _roots(ranges: list[tuple[int, int]], hashes: list[bytes]) -> tuple[bytes, ...]:
    return tuple(roots_of(ranges, hashes)[found] for found in ranges)


def main() -> None:
    """Write each seed to a file of its own."""
    for target, found in seeds().items():
        folder = HERE / "seeds" / target
        folder.mkdir(parents=True, exist_ok=True)
        for number, seed in enumerate(found, 1):
            (folder / f"{number:02}").write_bytes(seed)


if __name__ == "__main__":
    main()
