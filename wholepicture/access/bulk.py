"""Adds many rows at once. The ORM writes a placeholder for every value, which is most of the time of a large import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.db import connections, models
from django.db.models.fields import NOT_PROVIDED, Field

_Row = TypeVar("_Row", bound=models.Model)


def insert_all(rows: Iterable[_Row], *, batch: int = 5000) -> None:
    """Insert rows of one model as the engine, each column as one array; what the database fills in is left to it."""
    rest = iter(rows)
    while some := list(islice(rest, batch)):
        _insert(some)


def _insert(rows: list[_Row]) -> None:
    connection = connections["engine"]
    fields = list(_given(type(rows[0])))
    names = ", ".join(f'"{f.column}"' for f in fields)
    arrays = ", ".join(f"%s::{f.db_type(connection)}[]" for f in fields)
    values = [[getattr(row, f.attname) for row in rows] for f in fields]
    table = type(rows[0])._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f'INSERT INTO "{table}" ({names}) SELECT * FROM unnest({arrays})', values)


def _given(model: type[models.Model]) -> Iterator[Field[object, object]]:
    for field in model._meta.concrete_fields:
        numbered = isinstance(field, models.AutoField | models.BigAutoField)
        if not numbered and field.db_default is NOT_PROVIDED:
            yield field
