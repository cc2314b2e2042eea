"""Finding passages by their words (SQLite FTS5, BM25).

A word matches by its stem (Snowball: Russian for Cyrillic, English otherwise), a number by its
value ("120k" finds "$120,000"), and the last word of a query also by its beginning. All words
first; only when that finds too little, any of the rarer: an OR of everyday words makes FTS5 slow.
"""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any

import snowballstemmer
from sqlite_utils import Database

from granola_like.domain.bundle import Bundle
from granola_like.domain.search import Hit, HitKind
from granola_like.text.quantities import Quantity, find_quantities

ALL_KINDS: frozenset[HitKind] = frozenset({"title", "note", "point", "utterance"})

_WORD = re.compile(r"[^\W_]+")
_WEIGHT = {"title": 2.0, "note": 1.5, "point": 1.2, "utterance": 1.0}
_COMMON = 0.05
"""A word in more than this share of the passages is left out of the second, wider try."""
_SNIPPET_WORDS = 24
_SIGNS = {".": "d", "-": "m", ":": "c"}


def index(db: Database, bundle: Bundle, *, kinds: Collection[HitKind]) -> None:
    """Make these kinds of the meeting's passages findable as they stand now.

    Part of the caller's transaction.
    """
    meeting = bundle.meeting.id
    for kind in kinds:
        db.table("passages").delete_where("meeting = ? and kind = ?", [meeting, kind])
    db.table("passages").insert_all(
        {
            "meeting": meeting,
            "kind": kind,
            "ref": ref,
            "speaker": speaker,
            "text": text,
            "stems": " ".join(_stems(text)),
            "start_ms": start_ms,
        }
        for kind, ref, speaker, text, start_ms in _passages(bundle)
        if kind in kinds
    )


def find(db: Database, query: str, *, kinds: frozenset[HitKind], limit: int) -> tuple[Hit, ...]:
    """Find passages, best first. A query without words finds nothing."""
    terms = _terms(query)
    if not terms or not kinds or limit <= 0:
        return ()
    found = _matching(db, " AND ".join(terms.values()), kinds, limit)
    if len(found) < limit and (rare := _rare(db, terms)):
        known = {row["id"] for row in found}
        lowest = found[-1]["score"] if found else float("inf")
        for row in _matching(db, " OR ".join(rare), kinds, limit):
            if row["id"] not in known:  # what has every word stays on top
                found.append({**row, "score": min(row["score"], lowest)})
    wanted = frozenset(_stems(query))
    last = _WORD.findall(query.casefold())[-1]
    return tuple(
        Hit(
            meeting=row["meeting"],
            title=row["title"],
            kind=row["kind"],
            id=row["ref"],
            text=_snippet(row["text"], wanted, last),
            start_ms=row["start_ms"],
            score=round(row["score"], 4),
        )
        for row in found[:limit]
    )


def _passages(bundle: Bundle) -> Iterator[tuple[HitKind, str, str | None, str, int | None]]:
    yield "title", bundle.meeting.id, None, bundle.meeting.title, None
    for line in bundle.notes:
        yield "note", line.id, None, line.text, line.typed_at_ms
    said = bundle.transcript.by_id()
    for block in bundle.enhanced.blocks if bundle.enhanced else ():
        if block.finding is not None:
            starts = [said[e.utterance].start_ms for e in block.evidence if e.utterance in said]
            yield "point", block.id, block.owner, block.text, min(starts, default=None)
    for one in bundle.transcript:
        yield "utterance", one.id, one.speaker, one.text, one.start_ms


def _terms(query: str) -> dict[str, str]:
    """Give an FTS5 expression for each word or number of the query, by its stem."""
    amounts = find_quantities(query)
    words = [
        word
        for word in _WORD.finditer(query)
        if not any(q.start <= word.start() < q.end for q in amounts)
    ]
    terms = {_stem(word[0]): f'stems : "{_stem(word[0])}"' for word in words}
    for amount in amounts:
        spoken = " AND ".join(f'stems : "{_stem(w)}"' for w in _WORD.findall(amount.text))
        terms[_number(amount)] = f'(stems : "{_number(amount)}" OR ({spoken}))'
    if words and words[-1].end() == len(query.rstrip()):
        last = words[-1][0]
        terms[_stem(last)] = f'(stems : "{_stem(last)}" OR text : "{last}" *)'
    return terms


def _rare(db: Database, terms: dict[str, str]) -> list[str]:
    """Choose the terms that stand in few passages: the words that tell passages apart."""
    if len(terms) < 2:
        return []
    total = db.execute("select count(*) from passages").fetchone()[0]
    holes = ", ".join("?" * len(terms))
    counted = dict(
        db.execute(
            f"select term, doc from passages_words where col = 'stems' and term in ({holes})",
            list(terms),
        ).fetchall()
    )
    return [
        expression
        for stem, expression in terms.items()
        if 0 < counted.get(stem, 0) <= max(50, total * _COMMON)
    ]


def _matching(
    db: Database, match: str, kinds: frozenset[HitKind], limit: int
) -> list[dict[str, Any]]:
    weight = " ".join(f"when '{kind}' then {_WEIGHT[kind]}" for kind in sorted(_WEIGHT))
    holes = ", ".join("?" * len(kinds))
    return list(
        db.query(
            f"""
            select p.id, p.meeting, m.title, p.kind, p.ref, p.text, p.start_ms,
                -bm25(passages_fts) * case p.kind {weight} end as score
            from passages_fts
            join passages p on p.id = passages_fts.rowid
            join meetings m on m.id = p.meeting
            where passages_fts match ? and m.deleted_at is null and p.kind in ({holes})
            order by score desc, m.started_us desc, p.id limit ?
            """,
            [match, *sorted(kinds), limit],
        )
    )


def _stems(text: str) -> list[str]:
    numbers = (_number(q) for q in find_quantities(text))
    return [*(_stem(word) for word in _WORD.findall(text)), *numbers]


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    word = word.casefold()
    language = "russian" if "\u0400" <= word[0] <= "\u04ff" else "english"
    return str(_stemmer(language).stemWord(word))


@lru_cache(maxsize=2)
def _stemmer(language: str) -> Any:
    return snowballstemmer.stemmer(language)


def _number(quantity: Quantity) -> str:
    """Spell a number, date or quarter as one word for FTS5, without its currency or year."""
    return "q" + re.sub(r"\W", lambda sign: _SIGNS.get(sign[0], "x"), quantity.loose)


def _snippet(text: str, wanted: frozenset[str], last: str) -> str:
    """Cut some words around the first match, and put the matches between « and »."""
    numbers = [q for q in find_quantities(text) if _number(q) in wanted]
    words = list(_WORD.finditer(text))
    hits = [
        position
        for position, word in enumerate(words)
        if _stem(word[0]) in wanted
        or word[0].casefold().startswith(last)
        or any(q.start <= word.start() < q.end for q in numbers)
    ]
    first = max(0, (hits[0] if hits else 0) - _SNIPPET_WORDS // 3)
    shown = words[first : first + _SNIPPET_WORDS]
    if not shown:
        return text
    begin = shown[0].start() if first else 0
    end = shown[-1].end() if first + _SNIPPET_WORDS < len(words) else len(text)
    out, at = ["…"] if begin else [], begin
    for position, word in enumerate(shown, start=first):
        if position in hits:
            out += [text[at : word.start()], "«", word[0], "»"]
            at = word.end()
    return "".join([*out, text[at:end], "…" if end < len(text) else ""])
