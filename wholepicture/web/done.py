"""What a page says once something is done, by a code in its address: no fact stands in an address or a cookie."""

from __future__ import annotations

_SENTENCES = {
    "answered": "Your answer is recorded, with your name and the time.",
    "recorded": "It is recorded, and shows on every child it is about.",
    "notice-sent": "The notice is sent. It stands in the screening queue with its clock running.",
    "screened": "The decision is recorded, and everybody who must act has been asked.",
    "task-answered": "Your answer is recorded and shows to whoever asked.",
    "signed-out": "You are signed out.",
    "clock": "The demonstration’s clock has moved on.",
}


def tell(code: str, sentence: str) -> None:
    """Add a journey's own sentence; call it when its addresses are loaded."""
    _SENTENCES[code] = sentence


def done_words(code: str | None) -> str:
    """The sentence; blank for no code or an unknown one."""
    return _SENTENCES.get(code or "", "")
