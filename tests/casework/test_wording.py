"""Stock phrases are found, their questions asked; “safe and well” stands only as somebody else's quoted words."""

from __future__ import annotations

import pytest

from wholepicture.casework.wording import ASKS_OF_CHILDREN, caution, refusal, stock_phrases


@pytest.mark.requirement("R35")
@pytest.mark.parametrize(
    ("text", "words", "refused"),
    [
        ("Children safe and well.", "safe and well", True),
        ("Children Safe & Well on arrival", "Safe & Well", True),
        ("kids safe\nand well", "safe and well", True),
        ("All safe and sound.", "safe and sound", True),
        ("The children were fine.", "children were fine", False),
        ("Both appeared OK.", "Both appeared OK", False),
        ("Kids in bed.", "Kids in bed", False),
        ("Children asleep in bed", "Children asleep", False),
        ("No concerns.", "No concerns", False),
        ("No safeguarding concerns noted", "No safeguarding concerns", False),
        ("A plausible account", "plausible", False),
        ("Interaction was appropriate.", "appropriate", False),
        ("DNA x2", "DNA", False),
        ("He did not attend.", "did not attend", False),
    ],
)
def test_a_stock_phrase_is_found(text: str, words: str, refused: bool) -> None:
    [flag] = stock_phrases(text)
    assert (flag.words, flag.refused, flag.quoted) == (words, refused, False)
    assert flag.asks in (refusal(flag) if refused else caution(flag))


@pytest.mark.parametrize(
    "text",
    [
        "Kasia was on the stairs, awake; I spoke to her alone in Polish.",
        "They are well known to us.",
        "She keeps the money in a safe. The well is dry.",
        "dna sample taken",
        "He is concerned about rent.",
        "",
    ],
)
def test_plain_words_are_left_alone(text: str) -> None:
    assert stock_phrases(text) == ()


@pytest.mark.parametrize("quote", ["“{}”", '"{}"'])
def test_a_quotation_is_known_as_one(quote: str) -> None:
    [flag] = stock_phrases("The sergeant wrote " + quote.format("children safe and well") + " in the log.")
    assert flag.quoted


def test_a_phrase_after_a_quotation_is_the_writers_own() -> None:
    [flag] = stock_phrases("She said “go away”. Children safe and well.")
    assert not flag.quoted


def test_each_phrase_is_said_once_in_order() -> None:
    flags = stock_phrases("No concerns. Safe and well. Safe and well. No concerns.")
    assert [f.words for f in flags] == ["No concerns", "Safe and well"]
    assert flags[1].asks == ASKS_OF_CHILDREN
