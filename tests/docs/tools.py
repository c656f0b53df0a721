"""What a client of the Model Context Protocol sees of a server."""

from __future__ import annotations

from fakes.waiting import wait_for


def names_of_tools(address: str) -> set[str]:
    """The names of the tools at an address."""
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async def names() -> set[str]:
        async with streamable_http_client(address) as (read, write, *_), ClientSession(read, write) as session:
            await session.initialize()
            return {tool.name for tool in (await session.list_tools()).tools}

    return wait_for(names)
