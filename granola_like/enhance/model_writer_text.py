"""Words that people said or typed, made safe to stand in a prompt.

They are data. So that nothing in them can end the fence around them, pass for the number of a
line, or become one of a chat template's control tokens, the few characters that all of these are
made of are replaced by others that read the same to a person.
"""

import re
import unicodedata

# Without < and > there is no </transcript>, <|im_start|>, <start_of_turn>, </s> or <<SYS>>;
# without [ and ] no [INST] and no second [3]; the backtick ends code, ### begins a role.
_LOOKS_LIKE = str.maketrans(
    {
        "<": "‹",
        "＜": "‹",
        "﹤": "‹",
        ">": "›",
        "＞": "›",
        "﹥": "›",
        "[": "(",
        "［": "(",
        "]": ")",
        "］": ")",
        "`": "'",
    }
)
_JOINERS = frozenset("\u200c\u200d")
"""Invisible, but part of words in Persian and Hindi."""

_LANGUAGES = {
    "ar": "Arabic",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}


def as_data(text: str) -> str:
    """Give `text` as one line that cannot be taken for anything but text."""
    seen = "".join(_visible(char) for char in text.translate(_LOOKS_LIKE))
    seen = re.sub(r"#{2,}", "#", seen)
    return " ".join(seen.split())


def _visible(char: str) -> str:
    if char in _JOINERS:
        return char
    # Control, invisible, private and unassigned signs: a person saw none of them.
    return " " if unicodedata.category(char)[0] == "C" else char


def language_name(code: str) -> str:
    """Name a language (ISO 639-1) as a model knows it."""
    short = code.casefold().partition("-")[0]
    return _LANGUAGES.get(short, f"the language with the code {as_data(code)}")


def is_looping(text: str) -> bool:
    """Say whether `text` ends in the same few words or signs again and again.

    Either its end is one stretch of up to 80 characters four times over (and 24 characters or
    more), or one run of five words is a quarter of what was written lately.
    """
    tail = text[-320:]
    for period in range(1, 81):
        times = max(4, -(-24 // period))
        if period * times > len(tail):
            continue
        end = tail[-period * times :]
        if end == end[:period] * times:
            return True
    words = re.findall(r"\w+", text.casefold())[-100:]
    if len(words) < 40:
        return False
    runs = [tuple(words[at : at + 5]) for at in range(len(words) - 4)]
    return max(runs.count(run) for run in set(runs)) >= max(4, len(runs) // 20)
