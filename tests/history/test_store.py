"""Opening: what is made, what is refused and in what words."""

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from messagecheck.errors import HistoryError
from messagecheck.history.schema import metadata
from messagecheck.history.store import MIGRATIONS, SCHEMA, VERSION_TABLE, has_store, open_store, reading, writing


def test_the_migrations_make_the_tables_that_the_program_uses(store: Engine):
    with reading(store) as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, metadata) == []


def test_the_newest_migration_is_the_one_that_the_program_expects():
    versions = (path.read_text(encoding="utf-8") for path in (MIGRATIONS / "versions").glob("*.py"))
    assert max(re.findall(r'^revision = "(\d{4})"$', "\n".join(versions), re.MULTILINE)) == SCHEMA


def test_a_store_opens_again(database: str):
    assert open_store(database, Path()).url == open_store(database, Path()).url


def test_a_store_of_a_newer_program_is_left_alone(database: str, store: Engine):
    with writing(store) as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(HistoryError, match="written by a newer messagecheck"):
        open_store(database, Path())


def test_a_transaction_that_fails_leaves_nothing(store: Engine):
    with pytest.raises(IntegrityError), writing(store) as connection:
        connection.execute(text("INSERT INTO series (product, scope) VALUES ('a', 'b'), ('a', 'b')"))
    with reading(store) as connection:
        assert connection.scalar(text("SELECT count(*) FROM series")) == 0


def test_a_file_lies_beside_the_settings_and_keeps_a_log_of_writes(tmp_path: Path):
    engine = open_store(".messagecheck/history.db", tmp_path)
    assert (tmp_path / ".messagecheck" / "history.db").is_file()
    with reading(engine) as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"


def test_asking_whether_there_is_a_store_makes_none(tmp_path: Path):
    assert not has_store("history.db", tmp_path)
    assert not list(tmp_path.iterdir())
    assert has_store("postgresql://nowhere.example/history", tmp_path)


def test_a_file_that_is_no_database_is_an_error(tmp_path: Path):
    (tmp_path / "history.db").write_text("Dear diary, " * 100)
    with pytest.raises(HistoryError, match=r"history\.db: can't be used as history \(file is not a database\)"):
        open_store("history.db", tmp_path)


def test_a_folder_that_can_not_be_made_is_an_error(tmp_path: Path):
    (tmp_path / "kept").write_text("a file")
    with pytest.raises(HistoryError, match=r"kept: can't be made \(File exists\); name another “database”"):
        open_store("kept/history.db", tmp_path)


@pytest.mark.parametrize(
    ("database", "says"),
    [
        ("mysql://host/name", "must be a path or a postgresql:// URL, not mysql://"),
        ("sqlite:///history.db", "not sqlite://"),
        ("://", "must be a path or like"),
        ("postgresql://host:port/name", "must be a path or like"),
    ],
)
def test_another_database_is_refused(database: str, says: str):
    with pytest.raises(HistoryError) as error:
        open_store(database, Path())
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_a_server_that_is_not_there_is_one_line_without_the_password():
    with pytest.raises(HistoryError) as error:
        open_store("postgresql://ana:hunter2@127.0.0.1:1/history", Path())
    assert "can't be used as history" in str(error.value)
    assert "hunter2" not in str(error.value)
    assert "\n" not in str(error.value)


def test_a_reader_sees_one_view_while_another_writes(store: Engine):
    with reading(store) as connection:
        assert connection.scalar(text("SELECT count(*) FROM series")) == 0
        with writing(store) as other:
            other.execute(text("INSERT INTO series (product, scope) VALUES ('a', 'b')"))
        assert connection.scalar(text("SELECT count(*) FROM series")) == 0
    with reading(store) as connection:
        assert connection.scalar(text("SELECT count(*) FROM series")) == 1
