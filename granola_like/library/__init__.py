"""The library: one SQLite file, and the only package that speaks SQL.

Every public function of `Library` is one transaction. Transcripts and enhanced notes are kept in
versions: a second attempt adds one, and the newest is what people see.
"""

from granola_like.library.store import Library, MeetingRow, Version, new_id

__all__ = ["Library", "MeetingRow", "Version", "new_id"]
