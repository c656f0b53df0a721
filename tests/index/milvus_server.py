"""Start a Milvus server in a folder, go through an index's life in it, and stop it: in a network of its own.

python tests/index/milvus_server.py FOLDER
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

PATIENCE = 120.0  # seconds


@contextmanager
def milvus_server(folder: Path) -> Iterator[str]:
    """The address of a server that keeps its files in ``folder``; it listens on every interface."""
    from milvus import MilvusServer
    from pymilvus import MilvusClient
    from pymilvus.exceptions import MilvusException

    server = MilvusServer(wait_for_started=False)
    server.set_base_dir(str(folder / "server"))
    server.start()
    try:
        uri = f"http://127.0.0.1:{server.listen_port}"
        until = time.monotonic() + PATIENCE
        while True:
            try:
                MilvusClient(uri, timeout=5).list_collections()
                break
            except MilvusException:
                if time.monotonic() > until:
                    raise
                time.sleep(1)
        yield uri
    finally:
        server.stop()


if __name__ == "__main__":
    from index.test_milvus import check, check_graph

    with milvus_server(Path(sys.argv[1])) as uri:
        check(uri, Path(sys.argv[1]))
        check_graph(uri, Path(sys.argv[1]))
