"""What is known of a meeting from the earlier ones of its series."""

from granola_like.domain.meeting import Meeting
from granola_like.library.store import Library


def last_template(library: Library, meeting: Meeting) -> str | None:
    """Name the template of the last meeting before this one in its series; None without one.

    A series is what the calendar calls so; without a calendar, meetings of exactly one title are
    taken for one where a template was chosen by hand. The choice by hand counts for more than
    what the note was written with.
    """
    with library.transaction() as db:
        if meeting.series:
            same, name = "m.series = ?", meeting.series
        else:
            same = "m.series is null and m.template is not null and m.title = ?"
            name = meeting.title
        found = db.execute(
            f"""
            select coalesce(
                m.template,
                (select template from enhanced where meeting = m.id order by id desc limit 1)
            ) as chosen
            from meetings m
            where {same} and m.id != ? and m.started_us < ? and m.deleted_at is null
                and chosen is not null
            order by m.started_us desc, m.id limit 1
            """,
            [name, meeting.id, round(meeting.started_at.timestamp() * 1_000_000)],
        ).fetchone()
    return None if found is None else str(found[0])
