"""The model that weighs: the one that is shipped, or the latest that a data steward adopted. Every one is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from wholepicture.access.operations import acting
from wholepicture.foundation.authority import Authority
from wholepicture.foundation.refusals import Refused
from wholepicture.people.linkage.model import Model, read_model
from wholepicture.people.linkage.standard import settings as shipped_settings
from wholepicture.people.matching.models import MatchModelRow

SHIPPED: Final = "shipped"
_read: dict[int, tuple[Model, str]] = {}


def standing(version: int | None) -> tuple[Model, str]:
    """The model of that version, and how a decision says by which it was weighed; only inside `acting`.

    None is the one that is shipped. A version never changes, so it is read once.
    """
    if version is None:
        model, digest = _shipped()
        return model, f"{SHIPPED} {digest[:12]}"
    if version not in _read:
        text, digest = MatchModelRow.objects.values_list("settings", "digest").get(id=version)
        _read[version] = read_model(json.loads(text)), digest
    model, digest = _read[version]
    return model, f"{version} {digest[:12]}"


def standing_settings() -> dict[str, Any]:
    """Splink's settings JSON of the model that weighs now, for `match run`, `link` and Splink; only inside `acting`."""
    latest = MatchModelRow.objects.order_by("-id").values_list("settings", flat=True).first()
    found: dict[str, Any] = json.loads(latest) if latest else shipped_settings()
    return found


def adopt_model(
    *, authority: Authority, settings: Mapping[str, Any], reason: str, now: datetime, decided_by: str = ""
) -> int:
    """Weigh by another model from now on; returns its version. What was decided keeps the model that it was decided by.

    Only weights may differ from the model that is shipped: what is compared, and which pairs are looked at, are code
    that is tested. No weight makes a link (ADR 0081). `decided_by` names whoever a command acts for.
    """
    if len(reason.strip()) < 10:
        raise Refused("reason", "Say what the model was learnt from, and what you checked.")
    read_model(settings)  # refuses one that cannot be scored
    if _shape(settings) != _shape(shipped_settings()):
        raise Refused("bad_model", "The model compares, or looks up by, something else than the model that is shipped.")
    text = json.dumps(settings, sort_keys=True)
    with acting(authority):
        row = MatchModelRow.objects.create(
            settings=text,
            digest=_digest(text),
            by=UUID(authority.actor.practitioner) if authority.actor.practitioner else None,
            by_name=decided_by.strip() or authority.actor.name,
            reason=reason.strip(),
            at=now,
        )
    return row.pk


def _shape(settings: Mapping[str, Any]) -> Any:
    """A model without its weights."""
    levels = [[_condition(level) for level in one["comparison_levels"]] for one in settings["comparisons"]]
    names = [one.get("output_column_name") for one in settings["comparisons"]]
    rules = settings["blocking_rules_to_generate_predictions"]
    return names, levels, [rule if isinstance(rule, str) else rule["blocking_rule"] for rule in rules]


def _condition(level: Mapping[str, Any]) -> tuple[Any, ...]:
    adjusted = bool(level.get("tf_adjustment_column"))
    return level["sql_condition"], bool(level.get("is_null_level")), level.get("label_for_charts"), adjusted


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=1)
def _shipped() -> tuple[Model, str]:
    settings = shipped_settings()
    return read_model(settings), _digest(json.dumps(settings, sort_keys=True))
