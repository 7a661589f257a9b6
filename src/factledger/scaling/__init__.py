"""A ledger on many processes or machines: sealed segments, verified and folded part by part.

The meaning is that of one process: each part is folded by the same rules, and the answers are the
same to the bit. Whatever runs tasks as `concurrent.futures.Executor` does can run these.
"""

from factledger.scaling.folding import FoldedParts, fold_parts, rows_in, whole_digest
from factledger.scaling.manifest import Manifest, manifest_in
from factledger.scaling.projecting import COUNTS, fold_projection
from factledger.scaling.running import here, on, workers
from factledger.scaling.sealing import seal_lines
from factledger.scaling.verifying import Verified, verify_segments

__all__ = [
    "COUNTS",
    "FoldedParts",
    "Manifest",
    "Verified",
    "fold_parts",
    "fold_projection",
    "here",
    "manifest_in",
    "on",
    "rows_in",
    "seal_lines",
    "verify_segments",
    "whole_digest",
    "workers",
]
