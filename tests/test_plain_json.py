"""What is written fast is read as if `json` had written it."""

from __future__ import annotations

import json
import math
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.plain_json import as_json

WORDS = st.text(st.characters(), max_size=20)  # halves of characters among them
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORDS
PLAIN = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner))


@given(PLAIN)
def test_what_is_read_again_is_what_was_written(plain: Any) -> None:
    assert json.loads(as_json(plain).decode("utf-8", "surrogatepass")) == plain


def test_no_number_is_still_no_number_and_a_row_is_a_list() -> None:
    read = json.loads(as_json({"x": math.nan, "row": (1, "a")}))
    assert math.isnan(read["x"])
    assert read["row"] == [1, "a"]
