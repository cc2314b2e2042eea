"""The key of a language server: never in a log, and better not in the settings file."""

import importlib
import logging
import os
from typing import Any

logger = logging.getLogger(__name__)

VARIABLE = "GRANOLA_LIKE_ENDPOINT_KEY"
SERVICE = "granola-like endpoint"
"""Under which name the system's keyring holds keys; the account is the server's address."""


def endpoint_key(url: str, *, setting: str = "") -> str | None:
    """Find the key for `url`: in the environment, the setting, or the system's keyring."""
    return os.environ.get(VARIABLE) or setting or _from_keyring(url)


def _from_keyring(url: str) -> str | None:
    try:
        keyring: Any = importlib.import_module("keyring")
    except ImportError:
        return None
    try:
        found = keyring.get_password(SERVICE, url.rstrip("/"))
    except Exception as reason:  # noqa: BLE001 - every system's keyring fails in its own way
        logger.warning("the keyring could not be read: %s", type(reason).__name__)
        return None
    return str(found) if found else None


def keep_in_keyring(url: str, key: str) -> bool:
    """Keep the key for `url` in the system's keyring; False where there is none that works."""
    try:
        keyring: Any = importlib.import_module("keyring")
        keyring.set_password(SERVICE, url.rstrip("/"), key)
    except ImportError:
        return False
    except Exception as reason:  # noqa: BLE001 - every system's keyring fails in its own way
        logger.warning("the keyring could not be written: %s", type(reason).__name__)
        return False
    return True
