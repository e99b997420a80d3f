"""SQLite with SQLCipher's encryption, typed as the SQLite of the standard library, whose interface it shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite3 import Connection as Connection
    from sqlite3 import Error as Error
    from sqlite3 import complete_statement as complete_statement
    from sqlite3 import connect as connect
else:
    from sqlcipher3 import Connection as Connection
    from sqlcipher3 import Error as Error
    from sqlcipher3 import complete_statement as complete_statement
    from sqlcipher3 import connect as connect
