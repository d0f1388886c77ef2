"""Where runs are kept: a SQLite file, or PostgreSQL for teams. Whoever opens the store brings its tables up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DatabaseError, DataError, IntegrityError
from sqlalchemy.pool import NullPool

from messagecheck.errors import HistoryError

MIGRATIONS = Path(__file__).parent / "migrations"
SCHEMA = "0001"
"""The newest migration; their names sort."""
VERSION_TABLE = "messagecheck_schema"
PATIENCE_S = 60
"""How long a scan waits for another one that records: 200 touchpoints take well under a second."""
CONNECT_S = 10
LOCK = 0x6D63
"""The advisory lock of PostgreSQL that a writer holds; any number that no other program uses."""
OWN_FOLDER = ".messagecheck"
"""Where the settings put the store by default: there git is told to look away, elsewhere its owner decides."""
SERVERS = {"postgresql", "postgres", "postgresql+psycopg"}


def open_store(database: str, root: Path) -> Engine:
    """`database` is a path beside `root` or a postgresql:// URL; a file that isn't there is made. Raises
    HistoryError."""
    url = _url(database, root)
    if url.get_backend_name() == "sqlite":
        _make_folder(Path(str(url.database)).parent)
    engine = _engine(url)
    with reading(engine) as connection:
        current = _schema(connection)
    if current < SCHEMA:
        with writing(engine) as connection:
            _migrate(connection)
    elif current > SCHEMA:
        raise HistoryError(f"{_shown(engine)}: was written by a newer messagecheck; install that one to go on with it")
    return engine


def has_store(database: str, root: Path) -> bool:
    """Whether there may be something to read. A server is asked when it is opened."""
    url = _url(database, root)
    return url.get_backend_name() != "sqlite" or Path(str(url.database)).is_file()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One view, whoever writes meanwhile. Raises HistoryError where the database can't be reached or read."""
    view = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with _told(engine), engine.connect().execution_options(**view) as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction, and nobody else writes: all of it is kept or nothing. Raises HistoryError."""
    with _told(engine), engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        yield connection


@contextmanager
def _told(engine: Engine) -> Iterator[None]:
    """A full disk, a server that is down, a missing right, a file that is no database: not ours to mend."""
    try:
        yield
    except (IntegrityError, DataError):
        raise
    except DatabaseError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise HistoryError(f"{_shown(engine)}: can't be used as history ({reason}); see [history] database") from error


def _url(database: str, root: Path) -> URL:
    if "://" not in database:
        return URL.create("sqlite", database=str(root / database))
    try:
        url = make_url(database)
    except (ArgumentError, ValueError) as error:  # ValueError: a port that is no number
        raise HistoryError(f'“database” must be a path or like "postgresql://host/name", not {database!r}') from error
    if url.drivername not in SERVERS:
        raise HistoryError(f"“database” must be a path or a postgresql:// URL, not {url.drivername}://")
    return url.set(drivername="postgresql+psycopg")


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": PATIENCE_S})
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        return engine
    try:
        return create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": CONNECT_S})
    except ModuleNotFoundError as error:
        raise HistoryError("PostgreSQL needs psycopg: pip install 'messagecheck[postgres]'") from error


def _prepare(connection: DBAPIConnection, _: object) -> None:
    """Transactions begin where we say so; sqlite3 of itself begins them late, and not for a change of tables."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode = WAL", "foreign_keys = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """A writer takes the lock at once: one that reads first could not wait for another writer later."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _schema(connection: Connection) -> str:
    """The migration that the tables are at, "" where there are none."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return ""
    return str(connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}")) or "")


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, SCHEMA)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        ignored = folder / ".gitignore"
        if folder.name == OWN_FOLDER and not ignored.exists():
            ignored.write_text("history.db*\n", encoding="utf-8")  # it quotes what was said in confidence
    except OSError as error:
        raise HistoryError(f"{folder}: can't be made ({error.strerror}); name another “database”") from error


def _shown(engine: Engine) -> str:
    """The file, or the URL without its password."""
    url = engine.url
    return str(url.database) if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)
