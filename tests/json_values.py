"""Values of the JSON profile, as strategies."""

from __future__ import annotations

from hypothesis import strategies as st

from factledger.log.limits import MAX_INT

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-MAX_INT, MAX_INT),
    st.text(st.characters(exclude_categories=["Cs"])),
)

keys = st.from_regex(r"[a-z0-9_]{1,8}", fullmatch=True)

values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4)
)
