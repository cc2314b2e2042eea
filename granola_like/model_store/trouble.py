"""What a failed request means: a sentence, a way out, and whether a second try can help.

Decided by the kind of error and the server's status, never by its text.
"""

import errno
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx2
from huggingface_hub.errors import GatedRepoError, HfHubHTTPError
from huggingface_hub.utils import parse_ratelimit_headers

from granola_like.model_store.errors import KEPT

_FULL = (errno.ENOSPC, errno.EDQUOT)


class EndedEarly(Exception):  # noqa: N818 - it names an event
    """The server closed the connection properly, before the file was whole."""


class WrongBytes(Exception):  # noqa: N818 - it names a state
    """What came is not what the hub describes."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.file = file


class NotThere(Exception):  # noqa: N818 - it names a state
    """The repository has no such file."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.file = file


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One failed request."""

    sentence: str
    hint: str = KEPT
    passes: bool = False
    """A second try can help."""
    unreachable: bool = False
    """Nobody answered at all."""
    asked_s: float | None = None
    """How long the server wants us to wait."""


def trouble_of(error: Exception, *, repository: str, host: str) -> Trouble:
    """Judge an error of a request to `host` about `repository`."""
    if isinstance(error, HfHubHTTPError):
        return _answered(error, repository, host)
    if isinstance(error, httpx2.HTTPError):
        return _not_answered(error, host)
    if isinstance(error, OSError):
        return _of_the_disk(error)
    return _strange(error, repository, host)


def _answered(error: HfHubHTTPError, repository: str, host: str) -> Trouble:
    status = error.response.status_code
    if isinstance(error, GatedRepoError) or status in (401, 403):
        return Trouble(
            sentence=f"{host} does not give “{repository}” to everybody, or not any more "
            f"(answer {status}).",
            hint=f"Accept its terms at https://huggingface.co/{repository}, make a token there and "
            "set HF_TOKEN; or choose another model.",
        )
    if status == 404:
        return Trouble(
            sentence=f"{host} has no “{repository}”: it was removed, or moved away.",
            hint="Update granola_like, choose another model, or `granola-like models add` one "
            "that you have.",
        )
    if status == 429:
        asked = _asked_wait(error.response)
        wait = f" It asks us to wait {_in_words(asked)}." if asked is not None else ""
        return Trouble(
            sentence=f"{host} gets too many requests from this network.{wait}",
            hint=f"Try again later. {KEPT}",
            passes=True,
            asked_s=asked,
        )
    if status == 408 or status >= 500:
        return Trouble(
            sentence=f"{host} has trouble of its own (answer {status}).",
            hint=f"Try again later. {KEPT}",
            passes=True,
            asked_s=_asked_wait(error.response),
        )
    return Trouble(sentence=f"{host} refused the request (answer {status}).", passes=status == 416)


def _not_answered(error: httpx2.HTTPError, host: str) -> Trouble:
    if isinstance(error, httpx2.ProxyError):
        return Trouble(
            sentence=f"The proxy on the way to {host} refused the connection.",
            hint="Check the address and the account in HTTPS_PROXY, or name the host in NO_PROXY.",
        )
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(error)):
        return Trouble(
            sentence=f"The certificate of {host} is not one that this machine trusts.",
            hint="If your network has certificates of its own, put them into the system's store, "
            "or name their file in SSL_CERT_FILE.",
        )
    if isinstance(error, httpx2.UnsupportedProtocol | httpx2.TooManyRedirects):
        return Trouble(
            sentence=f"{host} cannot be asked: its address leads nowhere.",
            hint="Check HF_ENDPOINT; it looks like https://huggingface.co.",
        )
    if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout):
        return Trouble(
            sentence=f"{host} cannot be reached.",
            hint=f"Check the network, and HTTPS_PROXY or HF_ENDPOINT if you need them. {KEPT}",
            passes=True,
            unreachable=True,
        )
    if isinstance(error, httpx2.TimeoutException):
        return Trouble(sentence=f"Nothing more came from {host}.", passes=True)
    return Trouble(sentence=f"The connection to {host} broke.", passes=True)


def _of_the_disk(error: OSError) -> Trouble:
    if error.errno in _FULL:
        return Trouble(
            sentence="The disk is full.", hint=f"Make room on the disk of the models. {KEPT}"
        )
    return Trouble(
        sentence=f"The folder of models cannot be written ({type(error).__name__}).",
        hint="Look at its rights, or choose another place with GRANOLA_LIKE_HOME.",
    )


def _strange(error: Exception, repository: str, host: str) -> Trouble:
    match error:
        case EndedEarly():
            return Trouble(sentence=f"{host} ended the file before its end.", passes=True)
        case NotThere():
            return Trouble(
                sentence=f"“{repository}” on {host} no longer has the file {error.file}.",
                hint="Update granola_like, or choose another model.",
            )
        case WrongBytes():
            return Trouble(
                sentence=f"What {host} sent for {error.file} is twice not what it describes.",
                hint="Something between here and there changes it. Try another network, or "
                "another mirror in HF_ENDPOINT. Nothing of it was kept.",
            )
        case ImportError():
            return Trouble(
                sentence=f"The SOCKS proxy on the way to {host} needs a package more.",
                hint="Run `pip install socksio`, or use an HTTP proxy.",
            )
        case httpx2.InvalidURL():
            return Trouble(
                sentence=f"{host} is no address.",
                hint="Check HF_ENDPOINT; it looks like https://huggingface.co.",
            )
    return Trouble(
        sentence=f"What answers at {host} is not a model hub.",
        hint="A network that wants you to log in first may answer so. Open a web page, or check "
        "HF_ENDPOINT.",
    )


def _asked_wait(response: httpx2.Response) -> float | None:
    limit = parse_ratelimit_headers(response.headers)
    if response.status_code == 429 and limit is not None and limit.remaining == 0:
        return float(limit.reset_in_seconds)
    asked = response.headers.get("Retry-After", "").strip()
    if asked.isdigit():
        return float(asked)
    try:
        until = parsedate_to_datetime(asked)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())


def _in_words(seconds: float) -> str:
    return f"{round(seconds)} s" if seconds < 120 else f"{round(seconds / 60)} min"


def _causes(error: BaseException) -> Iterator[BaseException]:
    at: BaseException | None = error
    while at is not None:
        yield at
        at = at.__cause__ or at.__context__
