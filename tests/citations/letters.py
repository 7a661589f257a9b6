"""Letters that make folding hard, as a strategy."""

from __future__ import annotations

from hypothesis import strategies as st

from factledger.citations.folding import DROPPED, WHITE

# Marks that compose, reorder, vanish or lengthen, beside plain letters.
LETTERS = st.text(
    st.sampled_from(
        "aab.e 2’'“\"–-…\n"
        "\u0301\u0323\u0338\u0344\u0f73\u09c7\u09be\u1112\u1161\u11ab\ud574Åé漢𝔸" + DROPPED + WHITE
    )
    | st.characters(),
    max_size=30,
)
