"""A chat template as a frame around a question, made once.

The usual way fills a template with the question and reads the whole as tokens, so that
"<|im_start|>" in somebody's words becomes a real control token. Here the template is filled with
two marks, cut at them, and only its own parts are read as control tokens.
"""

from dataclasses import dataclass
from typing import Any

from jinja2 import TemplateError
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

_SYSTEM = "\ue000system\ue001"
_USER = "\ue000user\ue001"


@dataclass(frozen=True, slots=True)
class Frame:
    """What a model expects around the system text and the question."""

    before: str
    between: str
    after: str


PLAIN = Frame("", "\n\n", "\n")
"""For models without a template."""


def frame_of(template: str | None, *, bos: str, eos: str) -> Frame:
    """Read a chat template, with thinking switched off where it can be.

    A template without a place for the system text gets it at the beginning of the question; one
    that cannot be used at all is passed over.
    """
    if not template:
        return PLAIN
    apart = [{"role": "system", "content": _SYSTEM}, {"role": "user", "content": _USER}]
    joined = [{"role": "user", "content": f"{_SYSTEM}\n\n{_USER}"}]
    messages: Any
    for messages in (apart, joined):
        try:
            formatter = Jinja2ChatFormatter(template, eos_token=eos, bos_token=bos)
            text = formatter(messages=messages, enable_thinking=False).prompt
        except (TemplateError, ValueError, TypeError, KeyError, IndexError, AttributeError):
            continue
        frame = _cut(text)
        if frame is not None:
            return frame
    return PLAIN


def _cut(text: str) -> Frame | None:
    if text.count(_SYSTEM) != 1 or text.count(_USER) != 1:
        return None
    before, _, rest = text.partition(_SYSTEM)
    between, found, after = rest.partition(_USER)
    return Frame(before, between, after) if found else None
