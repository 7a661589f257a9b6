"""Letters that make folding hard, as a strategy."""

from __future__ import annotations

from hypothesis import strategies as st

from factledger.citations.folding import DROPPED, WHITE, FoldedText, fold_text

# Marks that compose, reorder, vanish or lengthen, beside plain letters.
LETTERS = st.text(
    st.sampled_from(
        "aab.e 2’'“\"–-…\n"
        "\u0301\u0323\u0338\u0344\u0f73\u09c7\u09be\u1112\u1161\u11ab\ud574Åé漢𝔸" + DROPPED + WHITE
    )
    | st.characters(),
    max_size=30,
)


@st.composite
def passages(draw: st.DrawFn) -> tuple[FoldedText, int, int]:
    """Draw a folded text and the offsets, in it, of a passage of whole characters."""
    text = fold_text(draw(LETTERS.filter(lambda text: fold_text(text).text.strip(" "))))
    whole = [
        (i, j)
        for i in range(len(text.text))
        for j in range(i + 1, len(text.text) + 1)
        if text.whole(i, j) and text.text[i:j].strip(" ")
    ]
    return (text, *draw(st.sampled_from(whole)))
