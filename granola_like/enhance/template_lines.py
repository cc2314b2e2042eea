"""In which line of a TOML file a value stands, for error messages."""

import re


def line_of(text: str, where: tuple[str | int, ...]) -> int:
    """Find the line (from 1) of a key such as ("section", 2, "holds"); the nearest one above it.

    `tomllib` keeps no positions, so the file is read again for its headers and keys.
    """
    wanted = [part for part in where if isinstance(part, str)]
    place = next((part for part in where if isinstance(part, int)), None)
    table, seen, best = "", -1, 1
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*(\[\[?)\s*([\w.-]+)\s*\]", line)
        if header:
            table = header[2]
            seen += header[1] == "[[" and bool(wanted) and table == wanted[0]
        in_table = not wanted or (table == wanted[0] and (place is None or seen == place))
        if header and in_table and wanted and (place is None or seen == place):
            best = number if best == 1 else best
        key = re.match(r"\s*[\"']?([\w-]+)[\"']?\s*[=.]", line)
        if (
            key
            and wanted
            and key[1] == wanted[-1]
            and (in_table or (len(wanted) == 1 and not table))
        ):
            return number
    return best
