"""`--language` and its like: codes of languages, and a way out for what is none."""

import click

from granola_like.domain.languages import LANGUAGES, nearest_language

AUTO = "auto"
"""Whatever is spoken."""


class Language(click.ParamType[str]):
    """The code of a language, or auto."""

    name = "code"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Give the code in small letters; fail with the nearest one."""
        code = str(value).strip().lower()
        if code != AUTO and code not in LANGUAGES:
            near = nearest_language(code)
            hint = f"Did you mean “{near}”?" if near else "Give a code such as en, de or ru."
            self.fail(f"“{value}” is no language's code. {hint}", param, ctx)
        return code
