"""A client of an OpenAI-compatible server: keys, waiting and trying again are the ``openai`` package's.

Knows how to call and how a failure is told in one sentence; not what is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from panelbot.errors import EmbedderError

if TYPE_CHECKING:
    from openai import OpenAI

N_RETRIES = 4  # with growing pauses: half a second to eight


def open_client(base_url: str, api_key: str, timeout: float, *, what: str) -> OpenAI:
    """A client of the server at ``base_url``, of OpenAI's own where that is empty; it follows no redirects.

    Raises:
        EmbedderError: the ``openai`` package is not installed.
    """
    try:
        from openai import DefaultHttpxClient, OpenAI
    except ModuleNotFoundError:
        raise EmbedderError(
            f"{what} needs the package openai; install it with: pip install 'panelbot[openai]'"
        ) from None
    return OpenAI(
        base_url=base_url or None,
        api_key=api_key or "none",  # local servers want none, the client wants one
        timeout=timeout,
        max_retries=N_RETRIES,
        http_client=DefaultHttpxClient(follow_redirects=False, timeout=timeout),
    )


@contextmanager
def told(what: str, setting: str) -> Iterator[None]:
    """Whatever goes wrong with the server within the block, as one sentence about ``what``.

    Raises:
        EmbedderError: the server cannot be reached, refuses, or sends what it should not.
    """
    from openai import APIConnectionError, APIStatusError, APITimeoutError, OpenAIError

    try:
        yield
    except APITimeoutError as error:
        raise EmbedderError(
            f"{what} did not answer in time; see that its server runs, or raise {setting}_timeout."
        ) from error
    except APIConnectionError as error:
        raise EmbedderError(f"{what} cannot be reached; see that its server runs at {setting}_base_url.") from error
    except APIStatusError as error:
        remedy = f"; look at {setting}_api_key" if error.status_code in (401, 403) else ""
        raise EmbedderError(f"{what} refused the request (HTTP {error.status_code}){remedy}.") from error
    except (OpenAIError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise EmbedderError(f"{what} sent something that is no reply to what was asked.") from error
