"""Statements compiled once for a database, and run by its driver.

`Connection.execute` prepares anew, each time, what never changes: parameters, events, the shape of
the rows. Here SQLAlchemy turns a statement into the database's own text the first time it is run;
from then on the driver is given that text and the values in order, for a quarter of the work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import Connection, Dialect, Executable

    Converter = Callable[[Any], Any]
    Row = dict[str, Any]


class Prepared:
    """The statements run so far, compiled for one kind of database; for any number of threads."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._known: dict[Executable, _Compiled] = {}

    def on(self, connection: Connection) -> Sql:
        """Runs statements in the transaction of this connection."""
        return Sql(self, connection.connection.cursor())

    def compiled(self, statement: Executable, values: Mapping[str, Any]) -> _Compiled:
        """The statement for values of these names, which are the same every time."""
        known = self._known.get(statement)
        if known is None:
            known = self._known[statement] = _Compiled(statement, values, self._dialect)
        return known


class Sql:
    """One piece of work in a transaction. Raises the driver's own errors."""

    def __init__(self, prepared: Prepared, cursor: Any) -> None:
        self._prepared = prepared
        self._cursor = cursor

    def do(self, statement: Executable, values: Mapping[str, Any]) -> int:
        """Run it; how many rows it changed."""
        compiled = self._prepared.compiled(statement, values)
        self._cursor.execute(compiled.text, compiled.given(values))
        return int(self._cursor.rowcount)

    def rows(self, statement: Executable, values: Mapping[str, Any]) -> list[Row]:
        """Run it; its rows by the names of the columns."""
        compiled = self._prepared.compiled(statement, values)
        self._cursor.execute(compiled.text, compiled.given(values))
        converters = compiled.converters(self._cursor.description)
        names = [column[0] for column in self._cursor.description]
        rows = (dict(zip(names, row, strict=True)) for row in self._cursor.fetchall())
        return [_converted(row, converters) for row in rows]

    def row(self, statement: Executable, values: Mapping[str, Any]) -> Row | None:
        """Run it; its first row, if any."""
        return next(iter(self.rows(statement, values)), None)


class _Compiled:
    """The database's own text of a statement, and how values go in and come out."""

    def __init__(self, statement: Any, values: Mapping[str, Any], dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=list(values))
        self.text = str(compiled)
        self._order: list[str] | None = compiled.positiontup  # None: the driver takes names
        self._in: dict[str, Converter] = {
            name: convert
            for bind, name in compiled.bind_names.items()
            if (convert := bind.type.dialect_impl(dialect).bind_processor(dialect))
        }
        self._dialect = dialect
        self._types = {c.name: c.type for c in getattr(statement, "exported_columns", ())}
        self._out: dict[str, Converter] | None = None
        constant = {name: v for name, v in compiled.params.items() if name not in values}
        self._constant = _converted(constant, self._in)

    def given(self, values: Mapping[str, Any]) -> Any:
        """The values as the driver wants them."""
        all_ = self._constant | _converted(values, self._in)
        return all_ if self._order is None else tuple(all_[name] for name in self._order)

    def converters(self, description: Sequence[Sequence[Any]]) -> Mapping[str, Converter]:
        """How the columns come out, by name; what the driver says of them is always the same."""
        if self._out is None:
            kinds = {column[0]: column[1] for column in description}
            self._out = {
                name: convert
                for name, type_ in self._types.items()
                if (convert := _reader(type_, self._dialect, kinds[name]))
            }
        return self._out


def _reader(type_: Any, dialect: Dialect, kind: Any) -> Converter | None:
    """What makes a value of this column's type of what the driver gives for its own `kind`."""
    reader: Converter | None = type_.dialect_impl(dialect).result_processor(dialect, kind)
    return reader


def _converted(values: Mapping[str, Any], by: Mapping[str, Converter]) -> Row:
    converted = dict(values)
    for name in by.keys() & converted.keys():
        converted[name] = by[name](converted[name])
    return converted
