"""A SQLite database that is not trusted: opened for reading only, rows asked for by table and column, all bounded.

A packed database is unpacked into memory and never onto disk, where it would stay readable. Only plain tables are
read: a view, a trigger or a virtual table is code of whoever made the file. Whatever SQLite raises becomes a
SourceError at this border.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

from uitknop.core import Phrase
from uitknop.core.errors import Malformed, SourceError, TooLarge
from uitknop.sources import limits
from uitknop.sources.probe import Probe

MAGIC = b"SQLite format 3\0"
Cell = int | float | str | bytes | None

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,79}")
_TABLE = re.compile(r"\s*CREATE\s+TABLE\b", re.IGNORECASE)
_MOST_TABLES = 1000
_LONGEST_VALUE = 1_000_000
_EVERY_STEPS = 100_000
_ROWS_AT_ONCE = 2000
_WRITE_VERSION = slice(18, 20)  # of the header: 2 says that changes wait in a file beside it, which isn't there
_SETTINGS = (
    "query_only=on",
    "trusted_schema=off",
    "cell_size_check=on",
    "temp_store=memory",
    "automatic_index=off",
    "cache_size=-4000",
    "mmap_size=0",
)
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})


class Database:
    """An open database.

    Args:
        connection: open, already bounded.
        name: shown to people.
    """

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self._connection = connection
        self._name = name
        self._tables = self._find_tables()

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the plain tables, sorted."""
        return tuple(sorted(self._tables))

    def columns(self, table: str) -> frozenset[str]:
        """Names of the columns of a table, in small letters."""
        return self._tables[table]

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[Cell, ...]]:
        """The rows of one table; a column it does not have is None.

        Raises:
            SourceError: the database is damaged, or takes more steps than an honest one.
        """
        wanted = ", ".join(self._column(table, column) for column in columns)
        return self._all(f'SELECT {wanted} FROM "{table}"')

    def joined(
        self, child: str, columns: Sequence[str], parent: str, parent_columns: Sequence[str]
    ) -> Iterator[tuple[Cell, ...]]:
        """The rows of a table with those of the table its `parent_key` points at.

        Raises:
            SourceError: as for `rows`.
        """
        wanted = [self._column(child, column, "c.") for column in columns]
        wanted += [self._column(parent, column, "p.") for column in parent_columns]
        return self._all(
            f'SELECT {", ".join(wanted)} FROM "{child}" c CROSS JOIN "{parent}" p ON p."row_id" = c."parent_key"'
        )

    def _column(self, table: str, column: str, prefix: str = "") -> str:
        return f'{prefix}"{column}"' if column in self._tables[table] else "NULL"

    def _all(self, query: str) -> Iterator[tuple[Cell, ...]]:
        with closing(self._connection.execute(query)) as cursor:
            while rows := cursor.fetchmany(_ROWS_AT_ONCE):
                yield from rows

    def _find_tables(self) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        listed = self._all("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        names = [
            name
            for name, sql in listed
            if isinstance(name, str) and isinstance(sql, str) and _NAME.fullmatch(name) and _TABLE.match(sql)
        ]
        if len(names) > _MOST_TABLES:
            raise TooLarge(Phrase("{name} holds more tables than any export. Export it again.", {"name": self._name}))
        for name in names:
            columns = [str(row[1]) for row in self._all(f'PRAGMA table_info("{name}")')]
            found[name] = frozenset(column.lower() for column in columns if _NAME.fullmatch(column))
        return found


@contextmanager
def opened(probe: Probe) -> Iterator[Database]:
    """The database a file holds.

    Raises:
        Malformed: damaged, or no database.
        TooLarge: too many bytes, or it takes more steps than an honest one.
    """
    steps_left = limits.DATABASE_STEPS[0] + limits.DATABASE_STEPS[1] * probe.size
    calls_left = steps_left // _EVERY_STEPS

    def count() -> int:
        nonlocal calls_left
        calls_left -= 1
        return int(calls_left < 0)

    try:
        with closing(_connected(probe)) as connection:
            _bound(connection)
            connection.set_progress_handler(count, _EVERY_STEPS)
            yield Database(connection, probe.name)
    except SourceError:
        raise
    except (sqlite3.Error, sqlite3.Warning, OverflowError, ValueError) as fault:
        if calls_left < 0:
            raise TooLarge(
                Phrase("{name} takes longer to read than any export does. Export it again.", {"name": probe.name})
            ) from fault
        raise Malformed(
            Phrase("{name} is no database that can be read. Export or copy it again.", {"name": probe.name})
        ) from fault


def _connected(probe: Probe) -> sqlite3.Connection:
    if probe.place or probe.packed:
        content = _content(probe)
        connection = sqlite3.connect(":memory:", isolation_level=None)
        try:
            connection.deserialize(content)
        except BaseException:
            connection.close()
            raise
        return connection
    if probe.size > limits.DATABASE_ON_DISK_BYTES:
        raise TooLarge(Phrase("{name} is larger than any database of its kind.", {"name": probe.name}))
    where = f"{probe.path.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(where, uri=True, isolation_level=None)


def _content(probe: Probe) -> bytearray:
    """The unpacked bytes, held once."""
    content = bytearray()
    with probe.open(limits.DATABASE_BYTES) as stream:
        while block := stream.read(1 << 20):
            content += block
    content[_WRITE_VERSION] = b"\x01\x01"
    return content


def _bound(connection: sqlite3.Connection) -> None:
    """Make a connection one that can only read plain values of bounded size."""
    for limit, most in (
        (sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE),
        (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000),
        (sqlite3.SQLITE_LIMIT_COLUMN, 500),
        (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 50),
        (sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 2),
        (sqlite3.SQLITE_LIMIT_VDBE_OP, 100_000),
        (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
        (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1),
        (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
    ):
        connection.setlimit(limit, most)
    connection.text_factory = _text
    for setting in _SETTINGS:
        connection.execute(f"PRAGMA {setting}").close()
    connection.set_authorizer(_judge)


def _text(content: bytes) -> str:
    return content.decode("utf-8", errors="replace")


def _judge(action: int, first: str | None, second: str | None, _database: str | None, inner: str | None) -> int:
    """Reading columns is allowed, and asking for the columns of a table; nothing else, and nothing from inside a
    trigger or view.
    """
    if inner is not None:
        return sqlite3.SQLITE_DENY
    if action in _ALLOWED or (action == sqlite3.SQLITE_PRAGMA and first == "table_info"):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY
