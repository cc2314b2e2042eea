"""A small grammar of business sentences: what is written, and how it is spoken."""

import random
from collections.abc import Callable

from num2words import num2words

NAMES = (
    "Anna Boris Carla David Elena Felix Grace Henry Irina James Kate Leo Maria Nina Oleg Paul Rita "
    "Sam Tom Vera Olga Peter Julia Mark"
).split()
COMPANIES = "Acme Globex Initech Northwind Contoso Umbrella Hooli Vandelay Stark Wayne".split()
THINGS = (
    "budget,forecast,invoice,contract,roadmap,launch,hiring plan,onboarding flow,pricing page,"
    "security review,migration,dashboard,quarterly report,churn rate,conversion rate,sales pipeline,"
    "renewal,pilot,prototype,release,landing page,mobile app,data warehouse,support queue,"
    "customer interview,retention target,marketing campaign,headcount,office lease,board deck"
).split(",")
MONTHS = (
    "January February March April May June July August September October November December"
).split()
DAYS = "Monday Tuesday Wednesday Thursday Friday".split()
TEMPLATES = (
    "We agreed to spend {money} on the {thing}.",
    "The {thing} is now {percent} of plan.",
    "{name} will send the {thing} by {day}.",
    "The {thing} costs {money} per year.",
    "Let's move the {thing} to {date}.",
    "{company} asked for a {percent} discount.",
    "Our {thing} went from {percent} to {percent2}.",
    "We have {count} open tickets in the {thing}.",
    "{name} owns the {thing} now.",
    "I need the {thing} before {date}.",
    "{company} signed for {money}.",
    "The deadline for the {thing} is {date}.",
    "We lost {count} customers last quarter.",
    "Can you update the {thing} by {day}?",
    "{name}, please follow up with {company} on {day}.",
    "The new {thing} should ship in {month}.",
    "We decided to cancel the {thing}.",
    "Next step is the {thing} with {company}.",
    "{name} is worried about the {thing}.",
    "The team hired {count} people in {month}.",
    "Revenue was {money} in {month}.",
    "I think {money} is too much for the {thing}.",
    "{company} wants to start with {count} seats.",
    "So the action item is that {name} calls {company}.",
    "We can't ship the {thing} until {name} approves it.",
    "What is the status of the {thing}?",
    "The risk is that {company} leaves in {month}.",
    "Thanks {name}, that is helpful.",
    "Let's review the {thing} on {day}.",
    "My main concern is the {thing}.",
)


def sentence(rng: random.Random) -> tuple[str, str]:
    """Give one sentence as it is written and as it is spoken."""
    written = spoken = rng.choice(TEMPLATES)
    for slot, fill in _SLOTS.items():
        if f"{{{slot}}}" in written:
            on_paper, aloud = fill(rng)
            written = written.replace(f"{{{slot}}}", on_paper)
            spoken = spoken.replace(f"{{{slot}}}", aloud)
    return written, spoken


def is_grammar(text: str) -> bool:
    """Whether a sentence is (or could be) one of the grammar's, or has a number."""
    return any(char.isdigit() for char in text) or any(
        word in text for word in (*THINGS, *COMPANIES)
    )


def _count(rng: random.Random) -> tuple[str, str]:
    kind = rng.random()
    if kind < 0.3:
        value = rng.randint(2, 99)
        return str(value), num2words(value)
    if kind < 0.5:
        value = rng.randint(100, 999)
        return str(value), num2words(value)
    if kind < 0.75:
        value = rng.randint(1, 999) * 1000
        return f"{value:,}", num2words(value)
    millions = rng.randint(1, 40) / 2 if rng.random() < 0.5 else rng.randint(1, 30)
    return f"{millions:g} million", f"{num2words(millions)} million"


def _money(rng: random.Random) -> tuple[str, str]:
    written, spoken = _count(rng)
    return f"${written}", f"{spoken} dollars"


def _percent(rng: random.Random) -> tuple[str, str]:
    value = rng.randint(1, 99)
    return f"{value}%", f"{num2words(value)} percent"


def _date(rng: random.Random) -> tuple[str, str]:
    month, day = rng.choice(MONTHS), rng.randint(1, 28)
    return f"{month} {day}", f"{month} {num2words(day, to='ordinal')}"


def _one_of(words: list[str]) -> Callable[[random.Random], tuple[str, str]]:
    def choose(rng: random.Random) -> tuple[str, str]:
        word = rng.choice(words)
        return word, word

    return choose


_SLOTS: dict[str, Callable[[random.Random], tuple[str, str]]] = {
    "money": _money,
    "percent2": _percent,
    "percent": _percent,
    "count": _count,
    "date": _date,
    "thing": _one_of(THINGS),
    "name": _one_of(NAMES),
    "company": _one_of(COMPANIES),
    "month": _one_of(MONTHS),
    "day": _one_of(DAYS),
}
