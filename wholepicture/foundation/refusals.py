"""Refusals: typed, with a code for programs and a sentence fit to show a professional."""

from __future__ import annotations


class Refused(Exception):
    """An act that may not be done. Nothing branches on the sentence; programs read `code`."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
