"""Refusals carry a code for programs and a sentence for people."""

from __future__ import annotations

from wholepicture.foundation.refusals import Refused


def test_a_refusal_says_its_sentence() -> None:
    refusal = Refused("not_involved", "You are not involved with this family.")
    assert (refusal.code, refusal.sentence) == ("not_involved", "You are not involved with this family.")
    assert str(refusal) == refusal.sentence
