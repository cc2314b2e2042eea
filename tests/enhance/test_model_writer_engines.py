"""The model writer with real engines: a tiny model, a killed process, a server."""

import json
import os
import re
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from granola_like.domain.bundle import Bundle
from granola_like.domain.enhanced import WRITTEN, Aligned, EnhancedNote
from granola_like.domain.meeting import Meeting
from granola_like.domain.note import NoteLine
from granola_like.domain.transcript import Transcript, Utterance
from granola_like.engines.base import LanguageModel, Request
from granola_like.engines.endpoint import Endpoint
from granola_like.engines.host import HostedLanguageModel
from granola_like.enhance.extract import ExtractiveWriter
from granola_like.enhance.job import LineWritten, enhance
from granola_like.enhance.model_writer import ModelWriter
from granola_like.enhance.templates import shipped_templates
from granola_like.enhance.writer import TakenOver, Writer
from granola_like.jobs import Progress, run
from tests.engines.endpoint_servers import Handler, chat, serving

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SAID = (
    "The launch moves to 15 March because the tests need two more weeks.",
    "I'll write to the customers by Friday.",
    "Marketing costs 12,000 euros, that is settled.",
    "Who pays for the translations is still open.",
)
LINES = ("launch", "customers?", "marketing cost", "translations")


def call() -> Bundle:
    said = tuple(
        Utterance(id=f"u{n}", speaker="Ana", start_ms=n * 1000, end_ms=n * 1000 + 900, text=text)
        for n, text in enumerate(SAID)
    )
    return Bundle(
        meeting=Meeting(id="m", title="Call", started_at=datetime(2026, 3, 2, 10, tzinfo=UTC)),
        transcript=Transcript(utterances=said),
        notes=tuple(NoteLine(id=f"n{n}", text=text) for n, text in enumerate(LINES)),
    )


def note_by(writer: Writer, on_progress: Any = lambda _: None) -> EnhancedNote:
    job = enhance(
        call(),
        writer=writer,
        alignment={f"n{n}": (Aligned(f"u{n}", 0.9),) for n in range(len(LINES))},
        template=shipped_templates()[0],
        now=NOW,
    )
    return run(job, on_progress=on_progress)


EXTRACTED = note_by(ExtractiveWriter())


def assert_written_without_a_model(note: EnhancedNote) -> None:
    """Nothing is lost, and every line says who took it over."""
    assert note.engine == "extractive"
    assert [replace(one, writer=None) for one in note.blocks] == list(EXTRACTED.blocks)
    under = [one for one in note.blocks if one.kind in WRITTEN and one.note]
    assert {one.note for one in under} == {"n0", "n1", "n2", "n3"}
    assert {one.writer for one in under} == {"extractive"}


def copying(request: Request | dict[str, Any]) -> str:
    """Answer as a careful model would: each line of the transcript as a point."""
    user = request.user if isinstance(request, Request) else request["messages"][1]["content"]
    points = [
        {"cites": [int(n)], "kind": "point", "text": text, "owner": None, "due": None}
        for n, text in re.findall(r"^\[(\d+)\] Ana: (.*)$", user, re.MULTILINE)
    ]
    return json.dumps({"points": points[:3]})


@pytest.fixture
def tiny(material: Path) -> Iterator[HostedLanguageModel]:
    pytest.importorskip("llama_cpp", reason="needs the extra `llama`")
    model = HostedLanguageModel(
        "granola_like.engines.llama_language:open_language_model",
        {
            "file": str(material / "llm" / "stories260K.gguf"),
            "name": "stories",
            "threads": 1,
            "context": 4096,  # more than it was trained for: it writes worse than nonsense
        },
        name="stories",
    )
    yield model
    model.close()


def test_a_model_of_childrens_stories_writes_nothing_into_the_note(
    tiny: HostedLanguageModel,
) -> None:
    note = note_by(ModelWriter(tiny))
    assert_written_without_a_model(note)


def test_killing_the_models_process_loses_nothing(tiny: HostedLanguageModel) -> None:
    kills = 0

    def kill(_: Progress) -> None:
        nonlocal kills
        if tiny.pid is not None and tiny._facts is not None:
            os.kill(tiny.pid, signal.SIGKILL)
            kills += 1

    note = note_by(ModelWriter(tiny), kill)
    assert kills >= 2
    assert_written_without_a_model(note)


def test_a_scripted_server_gives_grounded_blocks_line_by_line() -> None:
    seen: list[Progress] = []
    with serving(chat(lambda handler, body: handler.stream(copying(body)))) as server:
        model = Endpoint(server.url, model="scripted-1b", context_tokens=4096)
        note = note_by(ModelWriter(model), seen.append)
        model.close()
    assert note.engine == "scripted-1b"
    written = [one for one in note.blocks if one.kind in WRITTEN and one.note]
    assert [one.text for one in written] == list(SAID)
    assert [one.evidence[0].utterance for one in written] == ["u0", "u1", "u2", "u3"]
    assert {one.finding for one in written} == {"supported"}
    assert {one.writer for one in written} == {"scripted-1b"}
    told = [one for one in seen if isinstance(one, LineWritten)]
    assert [block for one in told for block in one.blocks] == written


@pytest.mark.parametrize("status", [401, 429, 500])
def test_a_server_that_refuses_is_not_asked_for_ever(status: int) -> None:
    with serving(chat(lambda handler, _: handler.say(status, {}))) as server:
        model: LanguageModel = Endpoint(server.url, model="m-1b", context_tokens=4096)
        seen: list[Progress] = []
        note = note_by(ModelWriter(model), seen.append)
        model.close()
    assert_written_without_a_model(note)
    assert len(server.questions()) == 6  # three lines, twice each; the fourth is not asked about
    reasons = [one.reason for one in seen if isinstance(one, TakenOver)]
    assert len(reasons) == 3
    assert all("language server" in reason for reason in reasons)


def test_a_server_that_fails_on_one_line_only_costs_that_line() -> None:
    def reply(handler: Handler, body: Any) -> None:
        if "15 March" in body["messages"][1]["content"]:
            handler.say(500, {})
        else:
            handler.stream(copying(body))

    with serving(chat(reply)) as server:
        model = Endpoint(server.url, model="m-1b", context_tokens=4096)
        note = note_by(ModelWriter(model))
        model.close()
    assert note.engine == "extractive + m-1b"
    launch = [one.text for one in note.blocks if one.note == "n0"]
    assert launch == [one.text for one in EXTRACTED.blocks if one.note == "n0"]
