"""A store for each test, in SQLite and in PostgreSQL.

PostgreSQL is the server that MESSAGECHECK_TEST_POSTGRES names (a URL whose user may make databases), else a throw-away
one where Debian's is installed.
"""

import os
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from messagecheck.history.store import open_store

CLUSTER = Path(__file__).parents[2] / ".ci" / "postgres"


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    named = os.environ.get("MESSAGECHECK_TEST_POSTGRES")
    if named:
        yield named
        return
    folder = Path(tempfile.gettempdir()) / f"messagecheck-{uuid.uuid4().hex}"
    started = subprocess.run([CLUSTER, "start", folder], capture_output=True, text=True)
    if started.returncode:
        pytest.skip(f"no PostgreSQL: {started.stderr.strip()}")
    yield started.stdout.strip()
    subprocess.run([CLUSTER, "stop", folder], check=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """What a user writes as `database`: a path, or a URL of an empty database."""
    if request.param == "sqlite":
        yield str(tmp_path / "history.db")
        return
    url = make_url(request.getfixturevalue("server"))
    name = f"history_{uuid.uuid4().hex}"
    admin = create_engine(url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield url.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def store(database: str) -> Engine:
    return open_store(database, Path())
