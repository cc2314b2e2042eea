"""What was learned of how the person likes notes, to be seen and switched."""

from dataclasses import dataclass, replace

from granola_like.app.product import App
from granola_like.domain.style import StyleRule


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedRule:
    """A rule, and how it is told to a person."""

    rule: StyleRule
    template: str
    """The template's own name in the asked language."""
    told: str


def learned(app: App, *, language: str = "en") -> tuple[LearnedRule, ...]:
    """List the rules of all templates. Raises LibraryError, TemplateError."""
    from granola_like.enhance.style_rules import told

    return tuple(
        LearnedRule(rule=rule, template=template.title(language), told=told(rule))
        for template in app.templates()
        for rule in app.library.style_rules(template.id)
    )


def switch(app: App, rule: str, *, on: bool) -> None:
    """Follow a rule, or don't; an unknown one is passed over."""
    template = rule.partition("/")[0]
    rules = app.library.style_rules(template)
    changed = tuple(replace(one, is_on=on) if one.id == rule else one for one in rules)
    app.library.save_style_rules(template, changed)
