"""The hub's client: the one file that asks huggingface_hub for something. Runs in a child process.

Names, sizes, hashes, addresses, headers and errors are huggingface_hub's. The bytes are streamed
here, over its session, because from 2.0 on the library gives every process a partial file of its
own name and deletes it at the end: what came before a kill would come again.
"""

import fnmatch
import os
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import httpx2
from huggingface_hub import HfApi, constants, get_hf_file_metadata, hf_hub_url
from huggingface_hub.utils import build_hf_headers, hf_raise_for_status, http_stream_backoff

from granola_like.model_store.errors import ModelStoreError
from granola_like.model_store.manifest import FileRecord, digest
from granola_like.model_store.news import Came, Checking, News, Patience, Plan, RemoteFile, Waiting
from granola_like.model_store.trouble import (
    EndedEarly,
    NotThere,
    Trouble,
    WrongBytes,
    trouble_of,
)

_CHUNK = 1 << 16
_TELL_EVERY_S = 0.2


class Hub:
    """Asks the hub, or the mirror in HF_ENDPOINT, what a model is made of, and fetches it."""

    def __init__(self, *, patience: Patience) -> None:
        self._patience = patience
        # Only what the person set for this: never the token that another program stored.
        self._token: str | Literal[False] = os.environ.get("HF_TOKEN") or False
        self._endpoint = constants.ENDPOINT
        self._host = urlsplit(self._endpoint).netloc or self._endpoint
        self._received = 0

    def plan(self, repository: str, patterns: tuple[str, ...]) -> Iterator[News]:
        """Yield one Plan with the files that `patterns` name. Raises ModelStoreError."""
        yield from self._patiently(repository, partial(self._ask, repository, patterns))

    def fetch(self, plan: Plan, folder: Path) -> Iterator[News]:
        """Fetch the plan's files into `folder`, and yield a FileRecord for each that is whole.

        What is there already is not fetched again. Raises ModelStoreError.
        """
        folder.mkdir(parents=True, exist_ok=True)
        _clear(folder, plan)
        here = {file.name: _size_here(folder, file) for file in plan.files}
        # What an earlier run fetched is told first, so that nobody takes it for speed.
        yield Came(sum(here.values()))
        for file in plan.files:
            others = sum(here.values()) - here[file.name]
            attempt = partial(self._file, plan, file, folder, others)
            yield from self._patiently(plan.repository, attempt)
            here[file.name] = _size_here(folder, file)

    # -- what there is -------------------------------------------------------------------------

    def _ask(self, repository: str, patterns: tuple[str, ...]) -> Iterator[News]:
        api = HfApi(
            endpoint=self._endpoint,
            token=self._token,
            library_name="granola-like",
            library_version=_our_version(),
        )
        about = api.model_info(
            repository, files_metadata=True, timeout=self._patience.stall_s, token=self._token
        )
        revision = about.sha or constants.DEFAULT_REVISION
        siblings = {one.rfilename: one for one in about.siblings or ()}
        files = tuple(
            self._described(repository, revision, siblings[name])
            for name in _chosen(siblings, patterns)
        )
        yield Plan(repository=repository, revision=revision, files=files)

    def _described(self, repository: str, revision: str, sibling: Any) -> RemoteFile:
        if sibling.lfs is not None:
            return RemoteFile(
                name=sibling.rfilename, bytes=sibling.lfs.size, sha256=sibling.lfs.sha256
            )
        if sibling.size is not None and sibling.blob_id is not None:
            return RemoteFile(name=sibling.rfilename, bytes=sibling.size, git_blob=sibling.blob_id)
        # A mirror may list names only; then each file is asked for what it is.
        found = get_hf_file_metadata(
            self._address(repository, revision, sibling.rfilename),
            token=self._token,
            timeout=self._patience.stall_s,
            endpoint=self._endpoint,
        )
        etag = found.etag or ""
        return RemoteFile(
            name=sibling.rfilename,
            bytes=found.size,
            sha256=etag if len(etag) == 64 else None,
            git_blob=etag if len(etag) == 40 else None,
        )

    def _address(self, repository: str, revision: str, name: str) -> str:
        return hf_hub_url(repository, name, revision=revision, endpoint=self._endpoint)

    # -- bytes ---------------------------------------------------------------------------------

    def _file(self, plan: Plan, file: RemoteFile, folder: Path, others: int) -> Iterator[News]:
        whole = folder / file.name
        if whole.exists():
            record = yield from _checked(whole, file, file.name)
            if record is not None:
                yield record
                return
            whole.unlink()
        part = _part(folder, file)
        for chance in (1, 2):
            yield from self._stream(plan, file, part, others)
            record = yield from _checked(part, file, file.name)
            if record is not None:
                _to_disk(part)
                part.replace(whole)
                yield record
                return
            part.unlink()
            if chance == 2:
                raise WrongBytes(file.name)

    def _stream(self, plan: Plan, file: RemoteFile, part: Path, others: int) -> Iterator[News]:
        have = part.stat().st_size if part.exists() else 0
        if have and (file.bytes is None or have > file.bytes):
            part.unlink()  # of unknown length, nobody can say where it goes on
            have = 0
        if have == file.bytes and part.exists():
            return
        headers = build_hf_headers(
            token=self._token, library_name="granola-like", library_version=_our_version()
        )
        headers["Accept-Encoding"] = "identity"  # or a range would be one of the packed bytes
        if have:
            headers["Range"] = f"bytes={have}-"
        with http_stream_backoff(
            "GET",
            self._address(plan.repository, plan.revision, file.name),
            headers=headers,
            timeout=httpx2.Timeout(self._patience.stall_s, connect=min(10, self._patience.stall_s)),
            follow_redirects=True,
            # The next try is ours: the person hears of it, and it begins where this one ended.
            retry_on_exceptions=(),
            retry_on_status_codes=(),
        ) as response:
            hf_raise_for_status(response)
            goes_on = have > 0 and _begins_at(response) == have
            yield from self._write(response, part, have if goes_on else 0, others, most=file.bytes)
        if file.bytes is not None and part.stat().st_size < file.bytes:
            raise EndedEarly

    def _write(
        self, response: httpx2.Response, part: Path, have: int, others: int, *, most: int | None
    ) -> Iterator[News]:
        told = 0.0
        with part.open("ab" if have else "wb") as out:
            for chunk in response.iter_bytes(_CHUNK):
                out.write(chunk)
                out.flush()  # into the system's hands, where a kill cannot take it back
                have += len(chunk)
                self._received += len(chunk)
                if most is not None and have > most:
                    break  # not what was described; its hash will say so
                if time.monotonic() - told > _TELL_EVERY_S:
                    told = time.monotonic()
                    yield Came(others + have)
        yield Came(others + have)

    # -- patience ------------------------------------------------------------------------------

    def _patiently(self, repository: str, attempt: Callable[[], Iterator[News]]) -> Iterator[News]:
        tries = 0
        while True:
            received = self._received
            try:
                yield from attempt()
                return
            except Exception as error:
                trouble = trouble_of(error, repository=repository, host=self._host)
                tries = 1 if self._received > received else tries + 1
                wait = self._wait(trouble, tries)
                if wait is None:
                    raise ModelStoreError(trouble.sentence, hint=trouble.hint) from error
            yield Waiting(trouble.sentence, wait)
            time.sleep(wait)

    def _wait(self, trouble: Trouble, tries: int) -> float | None:
        """How long to wait before the next try; None when there is none."""
        patience = self._patience
        nothing_yet = trouble.unreachable and not self._received
        most = patience.tries_to_reach if nothing_yet else patience.tries
        if not trouble.passes or tries >= most:
            return None
        if trouble.asked_s is not None:
            return trouble.asked_s if trouble.asked_s <= patience.longest_asked_s else None
        return min(patience.longest_wait_s, patience.first_wait_s * 2.0 ** (tries - 1))


def _chosen(there: Mapping[str, Any], patterns: tuple[str, ...]) -> list[str]:
    """Choose the files in the order of `patterns`; each pattern must find one."""
    plain = [name for name in there if "/" not in name and "\\" not in name]
    chosen: dict[str, None] = {}
    for pattern in patterns:
        found = fnmatch.filter(plain, pattern)
        if not found:
            raise NotThere(pattern)
        chosen.update(dict.fromkeys(sorted(found)))
    return list(chosen)


def _part(folder: Path, file: RemoteFile) -> Path:
    # The content's hash in the name: a part of yesterday's version is never gone on with.
    return folder / f"{file.name}.{file.key}.part"


def _size_here(folder: Path, file: RemoteFile) -> int:
    """How many bytes of a file are here, whole or in part."""
    found = [path for path in (folder / file.name, _part(folder, file)) if path.exists()]
    return found[0].stat().st_size if found else 0


def _clear(folder: Path, plan: Plan) -> None:
    wanted = {path for file in plan.files for path in (folder / file.name, _part(folder, file))}
    for path in folder.iterdir():
        if path.is_file() and path not in wanted:
            path.unlink()


def _checked(path: Path, file: RemoteFile, name: str) -> Generator[News, None, FileRecord | None]:
    """Hash a whole file; None when it is not what the hub describes."""
    yield Checking(name)
    size = path.stat().st_size
    if file.bytes is not None and size != file.bytes:
        return None
    reading = digest(path)
    while True:
        try:
            next(reading)
        except StopIteration as done:
            found = done.value
            break
    if file.sha256 is not None and found.sha256 != file.sha256:
        return None
    if file.git_blob is not None and found.git_blob != file.git_blob:
        return None
    return FileRecord(name=name, bytes=size, sha256=found.sha256)


def _begins_at(response: httpx2.Response) -> int | None:
    """Where the bytes of this answer belong; None for the whole file."""
    if response.status_code != httpx2.codes.PARTIAL_CONTENT:
        return None
    unit, _, span = response.headers.get("Content-Range", "").partition(" ")
    first = span.partition("-")[0]
    return int(first) if unit == "bytes" and first.isdigit() else None


def _our_version() -> str:
    try:
        return version("granola-like")
    except PackageNotFoundError:
        return "0"


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
