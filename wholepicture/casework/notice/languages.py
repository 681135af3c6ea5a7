"""Languages that homes in England speak, by their BCP 47 tag, as a form offers them."""

from __future__ import annotations

from typing import Final

LANGUAGES: Final[dict[str, str]] = {
    "en": "English", "pl": "Polish", "ro": "Romanian", "pa": "Panjabi", "ur": "Urdu", "ar": "Arabic", "bn": "Bengali",
    "gu": "Gujarati", "pt": "Portuguese", "es": "Spanish", "fr": "French", "it": "Italian", "de": "German",
    "tr": "Turkish", "so": "Somali", "ta": "Tamil", "fa": "Persian (Farsi)", "prs": "Dari", "ps": "Pashto",
    "ku": "Kurdish", "uk": "Ukrainian", "ru": "Russian", "lt": "Lithuanian", "lv": "Latvian", "bg": "Bulgarian",
    "hu": "Hungarian", "cs": "Czech", "sk": "Slovak", "rom": "Romani", "sq": "Albanian", "el": "Greek", "hi": "Hindi",
    "ml": "Malayalam", "te": "Telugu", "ne": "Nepali", "si": "Sinhala", "zh": "Chinese (Mandarin)", "yue": "Cantonese",
    "vi": "Vietnamese", "th": "Thai", "fil": "Filipino", "am": "Amharic", "ti": "Tigrinya", "om": "Oromo",
    "yo": "Yoruba", "ig": "Igbo", "ha": "Hausa", "sw": "Swahili", "ak": "Akan (Twi)", "sn": "Shona", "cy": "Welsh",
    "bfi": "British Sign Language",
}  # fmt: skip


def language_name(tag: str) -> str:
    """A tag as people say it; an unknown one as it stands."""
    return LANGUAGES.get(tag) or LANGUAGES.get(tag.partition("-")[0], tag)
