"""The model before it is trained: what is compared, at which levels, and which pairs are looked at at all.

In SQL that DuckDB and Spark both run and `sql` compiles. The weights in `weights.csv` are learnt from labelled pairs of
a synthetic people with siblings, twins and namesakes (`bench/matching.py --weights`); `train` replaces what a file can
tell better. Address and postcode are one comparison: counted apart, a household would look like a person.
"""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import Any, Final

from wholepicture.people.linkage.nicknames import pairs


def settings() -> dict[str, Any]:
    """Splink's settings for a file of the contract's columns, each level with its standard m and u."""
    found = _unweighed()
    shares = _shares()
    for comparison in found["comparisons"]:
        for level in comparison["comparison_levels"]:
            if not level.get("is_null_level"):
                m, u = shares[comparison["output_column_name"], level["label_for_charts"]]
                level |= {"m_probability": m, "u_probability": u}
    return found


def _shares() -> dict[tuple[str, str], tuple[float, float]]:
    text = files(__package__).joinpath("weights.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {(row["comparison"], row["level"]): (float(row["m"]), float(row["u"])) for row in rows}


def _unweighed() -> dict[str, Any]:
    return {
        "link_type": "link_only",
        "unique_id_column_name": "id",
        "probability_two_random_records_match": 0.0001,
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
        "blocking_rules_to_generate_predictions": [{"blocking_rule": rule} for rule in BLOCKING],
        "comparisons": [_given(), _family(), _middle(), _born(), _sex(), _home(), _number("nhs_number", "NHS numbers"),
                        _number("upn", "UPNs")],
    }  # fmt: skip


def _starts(column: str, length: int, other: str = "") -> str:
    return f"substr(l.{column}, 1, {length}) = substr(r.{other or column}, 1, {length})"


def _area(side: str) -> str:
    return f"substr({side}.postcode, 1, length({side}.postcode) - 3)"


def _day(side: str) -> str:
    return f"CASE WHEN length({side}.born) = 10 THEN {side}.born END"


_BORN: Final = f"{_day('l')} = {_day('r')}"
_TURNED: Final = f"substr(l.born, 1, 5) || substr(l.born, 9, 2) || '-' || substr(l.born, 6, 2) = {_day('r')}"
_YEAR: Final = "substr(l.born, 1, 4) = substr(r.born, 1, 4)"
_NAMES: Final = "l.given_name = r.given_name AND l.family_name = r.family_name"
_EXCHANGED: Final = "l.given_name = r.family_name AND l.family_name = r.given_name"
_POSTCODE: Final = "l.postcode = r.postcode"
# Many towns have a 12 High Street: where both say in which area, it must be one.
_ADDRESS: Final = f"l.address = r.address AND (l.postcode IS NULL OR r.postcode IS NULL OR {_area('l')} = {_area('r')})"
_GIVEN, _FAMILY = _starts("given_name", 3), _starts("family_name", 3)
_GIVEN_IS_FAMILY, _FAMILY_IS_GIVEN = _starts("given_name", 3, "family_name"), _starts("family_name", 3, "given_name")

# Each begins with what the store has an index on (people_look_up, which says the same; a test compares the two). Names
# are never looked up by themselves: hundreds share the commonest, and more with every town that joins.
BLOCKING: Final = (
    "l.nhs_number = r.nhs_number",
    "l.upn = r.upn",
    f"{_BORN} AND {_FAMILY}",
    f"{_BORN} AND {_GIVEN}",
    f"{_BORN} AND {_GIVEN_IS_FAMILY}",
    f"{_BORN} AND {_FAMILY_IS_GIVEN}",
    f"{_BORN} AND {_area('l')} = {_area('r')}",
    f"{_TURNED} AND {_FAMILY}",
    f"{_TURNED} AND {_GIVEN}",
    f"{_NAMES} AND {_YEAR}",
    f"{_NAMES} AND substr(l.born, 6, 5) = substr(r.born, 6, 5)",
    f"{_NAMES} AND {_area('l')} = {_area('r')}",
    f"{_EXCHANGED} AND {_YEAR}",
    f"{_POSTCODE} AND {_GIVEN}",
    f"{_POSTCODE} AND {_FAMILY}",
    f"{_POSTCODE} AND {_GIVEN_IS_FAMILY}",
    f"{_POSTCODE} AND {_YEAR}",
    f"{_ADDRESS} AND {_GIVEN}",
    f"{_ADDRESS} AND {_FAMILY}",
    f"{_ADDRESS} AND {_BORN}",
)


def _comparison(name: str, levels: list[dict[str, Any]]) -> dict[str, Any]:
    return {"output_column_name": name, "comparison_levels": levels}


def _null(condition: str, label: str) -> dict[str, Any]:
    return {"sql_condition": condition, "label_for_charts": label, "is_null_level": True}


def _level(condition: str, label: str) -> dict[str, Any]:
    return {"sql_condition": condition, "label_for_charts": label}


def _blank(column: str) -> str:
    return f"{column}_l IS NULL OR {column}_r IS NULL"


def _is_part(column: str) -> str:
    padded = [f"' ' || {column}_{side} || ' '" for side in "lr"]
    return f"strpos({padded[0]}, {padded[1]}) > 0 OR strpos({padded[1]}, {padded[0]}) > 0"


def _initial(column: str) -> str:
    return (f"(length({column}_l) = 1 OR length({column}_r) = 1) AND "
            f"substr({column}_l, 1, 1) = substr({column}_r, 1, 1)")  # fmt: skip


def _alike(column: str, least: float) -> str:
    return f"jaro_winkler_similarity({column}_l, {column}_r) >= {least}"


_SWAPPED: Final = (
    "jaro_winkler_similarity(given_name_l, family_name_r) >= 0.92 AND "
    "jaro_winkler_similarity(family_name_l, given_name_r) >= 0.92 AND "
    "jaro_winkler_similarity(given_name_l, given_name_r) < 0.92"
)


def _given() -> dict[str, Any]:
    listed = ", ".join(f"'{pair}'" for pair in sorted(pairs()) if pair.split("|") == sorted(pair.split("|")))
    both = "least(given_name_l, given_name_r) || '|' || greatest(given_name_l, given_name_r)"
    return _comparison("given_name", [
        _null(_blank("given_name"), "not known of both"),
        _level("given_name_l = given_name_r", "same"),
        _level(_SWAPPED, "given and family names exchanged"),
        _level(f"{both} IN ({listed})", "forms of one name"),
        _level(_is_part("given_name"), "one is a part of the other"),
        _level("given_name_l = middle_name_r OR middle_name_l = given_name_r", "known by the middle name"),
        _level(f"damerau_levenshtein(given_name_l, given_name_r) <= 1 OR {_alike('given_name', 0.92)}",
               "nearly the same"),
        _level(_initial("given_name"), "an initial that agrees"),
        _level(_alike("given_name", 0.8), "alike"),
        _level("ELSE", "different"),
    ])  # fmt: skip


def _family() -> dict[str, Any]:
    return _comparison("family_name", [
        _null(_blank("family_name"), "not known of both"),
        _level("family_name_l = family_name_r", "same"),
        _level(_SWAPPED, "given and family names exchanged"),
        _level(_is_part("family_name"), "one is a part of the other"),
        _level(f"damerau_levenshtein(family_name_l, family_name_r) <= 1 OR {_alike('family_name', 0.92)}",
               "nearly the same"),
        _level(_alike("family_name", 0.8), "alike"),
        _level("ELSE", "different"),
    ])  # fmt: skip


def _middle() -> dict[str, Any]:
    return _comparison("middle_name", [
        _null(_blank("middle_name"), "not known of both"),
        _level("middle_name_l = middle_name_r", "same"),
        _level(f"{_is_part('middle_name')} OR ({_initial('middle_name')})", "a part or initial"),
        _level(_alike("middle_name", 0.88), "nearly the same"),
        _level("ELSE", "different"),
    ])  # fmt: skip


def _born() -> dict[str, Any]:
    turned = (
        "substr(born_l, 1, 4) = substr(born_r, 1, 4) AND substr(born_l, 6, 2) = substr(born_r, 9, 2) AND "
        "substr(born_l, 9, 2) = substr(born_r, 6, 2) AND length(born_l) = 10 AND length(born_r) = 10"
    )
    so_far = "substr(born_l, 1, length(born_r)) = born_r OR substr(born_r, 1, length(born_l)) = born_l"
    return _comparison("born", [
        _null(_blank("born"), "not known of both"),
        _level("born_l = born_r AND length(born_l) = 10", "same day"),
        _level(so_far, "same, as far as known"),
        _level(turned, "day and month exchanged"),
        _level("damerau_levenshtein(born_l, born_r) <= 1", "one figure differs"),
        _level("substr(born_l, 1, 7) = substr(born_r, 1, 7)", "same month and year"),
        _level("substr(born_l, 1, 4) = substr(born_r, 1, 4)", "same year"),
        _level("ELSE", "different"),
    ])  # fmt: skip


def _sex() -> dict[str, Any]:
    return _comparison("sex", [
        _null(_blank("sex"), "not known of both"),
        _level("sex_l = sex_r", "same"),
        _level("ELSE", "different"),
    ])  # fmt: skip


def _home() -> dict[str, Any]:
    area = "substr(postcode_l, 1, length(postcode_l) - 3) = substr(postcode_r, 1, length(postcode_r) - 3)"
    blank = f"({_blank('postcode')}) AND ({_blank('address')})"
    near = f"({_alike('address', 0.9)} AND postcode_l = postcode_r)"
    return _comparison("home", [
        _null(blank, "not known of both"),
        _level("address_l = address_r AND postcode_l = postcode_r", "same address and postcode"),
        _level("address_l = address_r", "same address"),
        _level(near, "nearly the same address, same postcode"),
        _level("postcode_l = postcode_r", "same postcode"),
        _level("damerau_levenshtein(postcode_l, postcode_r) <= 1 OR " + _alike("address", 0.92),
               "nearly the same"),
        _level(area, "same area"),
        _level("ELSE", "different"),
    ])  # fmt: skip


def _number(column: str, words: str) -> dict[str, Any]:
    return _comparison(column, [
        _null(_blank(column), f"valid {words} not known of both"),
        _level(f"{column}_l = {column}_r", "same"),
        _level("ELSE", "different"),
    ])  # fmt: skip
