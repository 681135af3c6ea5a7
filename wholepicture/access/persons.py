"""A person's id in a row: it follows what is decided about who is one person, and the row itself is never changed.

Two persons may be found to be one, and later be told apart again. Rows keep the id that they were written with; what
it stands for is decided where identities are grouped (`people`), and asked here, in the database, on the way in and
on the way out. So whatever is written about a person, by whichever package, follows a merge and follows its undoing
(DESIGN principle 10; docs/adr/0083).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import Exact, In
from django.db.models.sql.compiler import SQLCompiler

from wholepicture.access.engine import reads_from

_Given = TypeVar("_Given")
_Read = TypeVar("_Read")

if TYPE_CHECKING:  # the types of Django's fields and lookups take parameters; the classes themselves do not

    class _Uuid(models.UUIDField[_Given, _Read]):
        """A UUID."""

    class _Equal(Exact[Any]):
        """Equality."""

    class _Among(In[Any]):
        """One of several."""
else:

    class _Uuid(models.UUIDField):
        def __class_getitem__(cls, _):
            return cls

    _Equal, _Among = Exact, In


class PersonField(_Uuid[_Given, _Read]):
    """The id of a person, as it was when the row was written; read as whom it stands for now, and found by either."""

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """To the schema it is a plain UUID."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.UUIDField", args, kwargs

    def select_format(self, compiler: SQLCompiler, sql: str, params: Any) -> tuple[str, Any]:
        """Read as the person that it stands for."""
        return f"access_stands_for({sql})", params


@PersonField.register_lookup
class _IsThePerson(_Equal):
    """Written of this person, under whichever id that stands for them."""

    def get_rhs_op(self, connection: BaseDatabaseWrapper, rhs: str) -> str:
        return f"= ANY (access_alike(ARRAY[{rhs}]::uuid[]))"


@PersonField.register_lookup
class _IsOneOfThePeople(_Among):
    """Written of one of these people, under whichever ids that stand for them."""

    def get_rhs_op(self, connection: BaseDatabaseWrapper, rhs: str) -> str:
        # A list comes as (a, b), and another query in its own brackets.
        people = f"ARRAY[{rhs[1:-1]}]::uuid[]" if self.rhs_is_direct_value() else f"ARRAY{rhs}"
        return f"= ANY (access_alike({people}))"


def standing_for(people: Iterable[UUID]) -> dict[UUID, UUID]:
    """Whom each id stands for now: itself, unless its first identity was found to be somebody else's."""
    wanted = list(people)
    with connections[reads_from()].cursor() as cursor:
        cursor.execute("SELECT p, access_stands_for(p) FROM unnest(%s::uuid[]) AS p", [wanted])
        return dict(cursor.fetchall())


__all__ = ["PersonField", "standing_for"]
