"""Lines of a finished note for other programs: Markdown and simple HTML."""

from collections.abc import Sequence
from html import escape

from granola_like_ui.note.lines import Row
from granola_like_ui.note.markdown import shape
from granola_like_ui.note.shown import ShownLine


def as_markdown(rows: Sequence[Row], lines: Sequence[ShownLine | None]) -> str:
    """Write lines as Markdown: headings, lists by depth, boxes for action items."""
    out: list[str] = []
    for row, line in zip(rows, lines, strict=True):
        if line is not None and line.kind == "heading":
            out += ["", f"## {row.text}", ""] if out else [f"## {row.text}", ""]
        elif row.text:
            out.append("  " * depth(row, line) + _item(row, line))
    return "\n".join(out).strip("\n")


def as_html(rows: Sequence[Row], lines: Sequence[ShownLine | None]) -> str:
    """Write lines as HTML that word processors and mail programs take."""
    out: list[str] = []
    deep = 0
    for row, line in zip(rows, lines, strict=True):
        wanted = 0 if line is not None and line.kind == "heading" else depth(row, line) + 1
        out += ["<ul>"] * max(0, wanted - deep) + ["</ul>"] * max(0, deep - wanted)
        deep = wanted
        if wanted == 0:
            out.append(f"<h3>{escape(row.text)}</h3>")
        elif row.text:
            words = escape(_words(row, line))
            out.append(f"<li>{f'<b>{words}</b>' if _is_typed(line) else words}</li>")
    return "".join(out + ["</ul>"] * deep)


def depth(row: Row, line: ShownLine | None) -> int:
    """Say how deep a line is in the list: what is written stands under the line it belongs to."""
    is_under = line is not None and line.kind not in ("note", "heading") and line.note is not None
    return row.indent + is_under


def _item(row: Row, line: ShownLine | None) -> str:
    if line is not None and line.kind == "action":
        return f"- [{'x' if line.is_done else ' '}] {_words(row, line)}"
    if _is_typed(line):
        return row.text if shape(row.text).marker else f"- **{row.text}**"
    return f"- {row.text}"


def _words(row: Row, line: ShownLine | None) -> str:
    if line is None or line.kind != "action":
        return row.text
    owner = f"{line.owner} — " if line.owner and not row.text.startswith(line.owner) else ""
    due = f" ({line.due.isoformat()})" if line.due else ""
    return f"{owner}{row.text}{due}"


def _is_typed(line: ShownLine | None) -> bool:
    return line is None or line.kind == "note"
