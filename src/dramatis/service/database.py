"""The service's one SQLite file. A server that is killed loses nothing that was answered: each change is one transaction.

One connection is shared by all threads under a lock. Writes are few and small (a film takes seconds, an answer
microseconds), and readers of a write-ahead log do not wait for the disk.
"""

import dataclasses
import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from dramatis.errors import OutputError
from dramatis.service.records import Asset, Project, ServiceJob, Version

Record = TypeVar("Record")
_PLAIN = {"facts", "brief", "storyline", "notes", "request", "result", "error"}
"""Columns that hold JSON."""
_FIRST = """
CREATE TABLE assets (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, digest TEXT NOT NULL, suffix TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
    size INTEGER NOT NULL, facts TEXT NOT NULL, consent TEXT, created REAL NOT NULL
);
CREATE TABLE projects (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL, brief TEXT NOT NULL, storyline TEXT NOT NULL,
    notes TEXT NOT NULL, revision INTEGER NOT NULL, created REAL NOT NULL, changed REAL NOT NULL
);
CREATE TABLE jobs (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, work TEXT NOT NULL, state TEXT NOT NULL, request TEXT NOT NULL,
    engine TEXT NOT NULL, project TEXT, wire TEXT NOT NULL, external TEXT, callback TEXT, priority INTEGER NOT NULL,
    place REAL NOT NULL, effort REAL NOT NULL, progress REAL NOT NULL, phase TEXT NOT NULL, notes TEXT NOT NULL,
    result TEXT NOT NULL, error TEXT NOT NULL, created REAL NOT NULL, started REAL, finished REAL, worked REAL NOT NULL
);
CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT, job TEXT NOT NULL, owner TEXT NOT NULL, kind TEXT NOT NULL, data TEXT NOT NULL,
    at REAL NOT NULL
);
CREATE TABLE replies (
    owner TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL,
    created REAL NOT NULL, PRIMARY KEY (owner, key)
);
CREATE INDEX assets_by_digest ON assets (digest);
CREATE INDEX jobs_by_state ON jobs (state);
CREATE INDEX jobs_by_owner ON jobs (owner, created);
CREATE INDEX jobs_by_time ON jobs (created);
CREATE INDEX jobs_by_end ON jobs (finished);
CREATE UNIQUE INDEX jobs_by_external ON jobs (owner, external);
CREATE INDEX events_by_job ON events (job, id);
"""
_OF_PLANS = """
CREATE TABLE versions (
    id TEXT PRIMARY KEY, project TEXT NOT NULL, why TEXT NOT NULL, storyline TEXT NOT NULL, revision INTEGER NOT NULL,
    created REAL NOT NULL
);
CREATE INDEX versions_by_project ON versions (project, created);
"""
_OF_CALLBACKS = """
CREATE TABLE callbacks (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, job TEXT NOT NULL, url TEXT NOT NULL, body TEXT NOT NULL, created REAL NOT NULL,
    due REAL NOT NULL, tries INTEGER NOT NULL, state TEXT NOT NULL, said TEXT NOT NULL
);
CREATE INDEX callbacks_by_due ON callbacks (state, due);
"""
_OF_SIZES = """
DROP INDEX assets_by_digest;
CREATE INDEX assets_by_digest ON assets (digest, size);
DROP INDEX jobs_by_state;
CREATE INDEX jobs_by_state ON jobs (state, json_extract(result, '$.bytes'));
"""
_OF_TAKES = "CREATE INDEX jobs_by_work ON jobs (work, state, json_extract(request, '$.bytes'));"
"""All bytes are summed over these indices alone, without reading a job."""
_LAYOUTS = (_FIRST, _OF_PLANS, _OF_CALLBACKS, _OF_SIZES, _OF_TAKES)
"""Each adds to the tables that an earlier release wrote; the number of those in a file is its `user_version`."""


class Database:
    """The tables in a file; raises `OutputError` if it cannot be used."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        self._depth = 0
        try:
            self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._connection.row_factory = sqlite3.Row
            for setting in ("journal_mode = WAL", "synchronous = NORMAL", "busy_timeout = 5000"):
                self._connection.execute(f"PRAGMA {setting}")
            found = self._connection.execute("PRAGMA user_version").fetchone()[0]
            for number, added in enumerate(_LAYOUTS[found:], found + 1):
                self._connection.executescript(f"BEGIN; {added} PRAGMA user_version = {number}; COMMIT;")
        except sqlite3.Error as fault:
            raise OutputError(f"{path} cannot be used as the service's database ({fault}); name another folder.") from fault
        if found > len(_LAYOUTS):
            raise OutputError(f"{path} was written by a later version of Dramatis (tables {found}); name another folder.")

    @contextmanager
    def change(self) -> Iterator[None]:
        """One transaction: all that is written in the block, or nothing. Blocks may be nested."""
        with self._lock:
            if self._depth == 0:
                self._connection.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                if self._depth == 0:
                    self._connection.execute("ROLLBACK")
                raise
            self._depth -= 1
            if self._depth == 0:
                self._connection.execute("COMMIT")

    def run(self, sql: str, values: Sequence[object] = ()) -> int:
        """Execute a statement; the number of rows that it changed."""
        with self._lock:
            return self._connection.execute(sql, values).rowcount

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        """The rows of a query."""
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def find(self, kind: type[Record], sql: str, values: Sequence[object] = ()) -> list[Record]:
        """Records from the rows of a query that selects all columns of their table."""
        return [kind(**{name: _read(name, row[name]) for name in row.keys()}) for row in self.rows(sql, values)]  # noqa: SIM118 - a Row is no mapping

    def insert(self, table: str, record: Asset | Project | ServiceJob | Version) -> None:
        """Add a record to a table, whose columns are its fields."""
        values = {field.name: _written(field.name, getattr(record, field.name)) for field in dataclasses.fields(record)}
        marks = ", ".join("?" * len(values))
        self.run(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", list(values.values()))

    def update(self, table: str, changes: dict[str, object], where: str, values: Sequence[object]) -> int:
        """Change columns of the rows for which `where` holds; how many there were."""
        set_to = ", ".join(f"{name} = ?" for name in changes)
        written = [_written(name, value) for name, value in changes.items()]
        return self.run(f"UPDATE {table} SET {set_to} WHERE {where}", [*written, *values])

    def size(self) -> int:
        """Bytes of the file."""
        with self._lock:
            pages, each = (self._connection.execute(f"PRAGMA {what}").fetchone()[0] for what in ("page_count", "page_size"))
        return int(pages * each)

    def close(self) -> None:
        """Write everything into the one file and close it."""
        with self._lock:
            self._connection.close()


def _written(name: str, value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if name in _PLAIN else value


def _read(name: str, value: str) -> object:
    return value if name not in _PLAIN else None if value == "null" else json.loads(value)
