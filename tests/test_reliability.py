"""The reliability table says what is really tested."""

from __future__ import annotations

from tests.reliability import PAGE, cases, marked, written


def test_the_table_in_the_docs_is_the_one_made_from_the_tests() -> None:
    page = PAGE.read_text("utf-8")
    assert page == written(page), "run: python -m tests.reliability"


def test_every_marked_case_is_described_and_every_described_one_tested_or_explained() -> None:
    tested, described = marked(), cases()
    assert not tested.keys() - described.keys()
    silent = [case for case, told in described.items() if case not in tested and "Not here:" not in told]
    assert not silent
