"""A number that one process raises and the others watch: something is to be read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from bot.errors import StorageError
from bot.storage.engine import READS, why
from bot.storage.tables import generation

if TYPE_CHECKING:
    from sqlalchemy import Engine


class Generation:
    """One number, by its name. Everything raises StorageError when the database fails."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name
        self._mine = generation.c.name == name

    def now(self) -> int:
        """Its value; 0 before it was ever raised."""
        try:
            with self._engine.connect() as db:
                reading = db.execution_options(**{READS: True})
                return reading.execute(select(generation.c.number).where(self._mine)).scalar() or 0
        except SQLAlchemyError as error:
            raise StorageError(f"The database could not be read: {why(error)}.") from error

    def advance(self) -> int:
        """Raise it by one; its new value, which nobody else gets."""
        try:
            return self._raised() or self._begun()
        except SQLAlchemyError as error:
            raise StorageError(f"The database could not be written: {why(error)}.") from error

    def _raised(self) -> int | None:
        more = {generation.c.number: generation.c.number + 1}
        with self._engine.begin() as db:
            raised = update(generation).where(self._mine).values(more)
            return db.execute(raised.returning(generation.c.number)).scalar()

    def _begun(self) -> int:
        try:
            with self._engine.begin() as db:
                db.execute(insert(generation).values(name=self._name, number=1))
        except IntegrityError:  # another was first
            return self._raised() or 0
        return 1
