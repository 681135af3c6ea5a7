"""Languages by their tag, as people name them."""

from __future__ import annotations

from typing import Final

_NAMES: Final = {
    "am": "Amharic", "ar": "Arabic", "bfi": "British Sign Language", "bg": "Bulgarian", "bn": "Bengali",
    "ckb": "Kurdish (Sorani)", "cs": "Czech", "cy": "Welsh", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "et": "Estonian", "fa": "Farsi", "fr": "French", "ga": "Irish", "gu": "Gujarati", "ha": "Hausa",
    "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "ig": "Igbo", "it": "Italian", "ku": "Kurdish",
    "lt": "Lithuanian", "lv": "Latvian", "ml": "Malayalam", "ne": "Nepali", "nl": "Dutch", "pa": "Punjabi",
    "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "rmn": "Romani", "ro": "Romanian", "ru": "Russian",
    "si": "Sinhala", "sk": "Slovak", "sn": "Shona", "so": "Somali", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish",
    "sw": "Swahili", "syl": "Sylheti", "ta": "Tamil", "te": "Telugu", "th": "Thai", "ti": "Tigrinya", "tl": "Tagalog",
    "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "yo": "Yoruba", "yue": "Cantonese",
    "zh": "Chinese", "zu": "Zulu",
}  # fmt: skip


def language_words(tag: str) -> str:
    """`Polish` of `pl`; a name already in words, or a tag that is not listed, as it stands."""
    found = _NAMES.get(tag.partition("-")[0].lower())
    return found or tag[:1].upper() + tag[1:]
