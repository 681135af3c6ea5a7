"""The model before it is trained: what is compared, at which levels, and which pairs are looked at at all.

In SQL that DuckDB and Spark both run and `sql` compiles. Each level carries the m that the generator's labelled
pairs gave it (`wholepicture synth`), for files too small to show it; `train` replaces what the file itself can tell.
Address and postcode are one comparison: counted apart, a household would look like a person.
"""

from __future__ import annotations

from typing import Any, Final

from wholepicture.people.linkage.nicknames import pairs


def settings() -> dict[str, Any]:
    """Splink's settings for a file of the contract's columns."""
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


_BORN: Final = "l.born = r.born"
_YEAR: Final = "substr(l.born, 1, 4) = substr(r.born, 1, 4)"
_NAMES: Final = "l.given_name = r.given_name AND l.family_name = r.family_name"
_EXCHANGED: Final = "l.given_name = r.family_name AND l.family_name = r.given_name"
_TURNED: Final = (
    f"{_YEAR} AND substr(l.born, 6, 2) = substr(r.born, 9, 2) AND substr(l.born, 9, 2) = substr(r.born, 6, 2)"
)


def _starts(column: str, length: int, other: str = "") -> str:
    return f"substr(l.{column}, 1, {length}) = substr(r.{other or column}, 1, {length})"


_TWISTED: Final = f"{_starts('given_name', 3, 'family_name')} AND {_starts('family_name', 3, 'given_name')}"


def _area(side: str) -> str:
    return f"substr({side}.postcode, 1, length({side}.postcode) - 3)"


BLOCKING: Final = (
    "l.nhs_number = r.nhs_number",
    "l.upn = r.upn",
    f"{_BORN} AND {_starts('family_name', 3)}",
    f"{_BORN} AND {_starts('given_name', 3)}",
    f"{_BORN} AND {_starts('given_name', 3, 'family_name')}",
    f"{_BORN} AND {_starts('family_name', 3, 'given_name')}",
    f"{_BORN} AND {_area('l')} = {_area('r')}",
    f"{_TURNED} AND {_starts('family_name', 3)}",
    f"{_TURNED} AND {_starts('given_name', 3)}",
    f"{_NAMES} AND {_YEAR}",
    f"{_NAMES} AND substr(l.born, 6, 5) = substr(r.born, 6, 5)",
    f"{_NAMES} AND {_area('l')} = {_area('r')}",
    f"{_EXCHANGED} AND {_YEAR}",
    f"l.postcode = r.postcode AND {_starts('given_name', 3)}",
    f"l.address = r.address AND {_starts('given_name', 3)}",
    f"l.postcode = r.postcode AND {_starts('family_name', 3)}",
    f"l.address = r.address AND {_starts('family_name', 3)}",
    f"l.address = r.address AND {_starts('given_name', 3, 'family_name')}",
    f"l.address = r.address AND {_starts('family_name', 3, 'given_name')}",
    f"l.address = r.address AND {_YEAR}",
    f"{_TWISTED} AND {_area('l')} = {_area('r')}",
    f"substr(l.born, 1, 7) = substr(r.born, 1, 7) AND {_starts('given_name', 4)} AND {_starts('family_name', 4)}",
    "l.postcode = r.postcode AND substr(l.born, 1, 7) = substr(r.born, 1, 7)",
)

_U_FLOOR: Final = 1e-6


def _comparison(name: str, levels: list[dict[str, Any]]) -> dict[str, Any]:
    return {"output_column_name": name, "comparison_levels": levels}


def _null(condition: str, label: str) -> dict[str, Any]:
    return {"sql_condition": condition, "label_for_charts": label, "is_null_level": True}


def _level(condition: str, label: str, m: float, u: float) -> dict[str, Any]:
    return {"sql_condition": condition, "label_for_charts": label, "m_probability": m, "u_probability": u}


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
    listed = ", ".join(f"'{pair}'" for pair in sorted(pairs()) if pair < "|".join(reversed(pair.split("|"))))
    both = "least(given_name_l, given_name_r) || '|' || greatest(given_name_l, given_name_r)"
    return _comparison("given_name", [
        _null(_blank("given_name"), "not known of both"),
        _level("given_name_l = given_name_r", "same", 0.72, 0.005),
        _level(_SWAPPED, "given and family names exchanged", 0.01, _U_FLOOR),
        _level(f"{both} IN ({listed})", "forms of one name", 0.06, 0.001),
        _level(_is_part("given_name"), "one is a part of the other", 0.03, 0.0005),
        _level("given_name_l = middle_name_r OR middle_name_l = given_name_r", "known by the middle name", 0.01, 0.002),
        _level(f"damerau_levenshtein(given_name_l, given_name_r) <= 1 OR {_alike('given_name', 0.92)}",
               "nearly the same", 0.10, 0.003),
        _level(_initial("given_name"), "an initial that agrees", 0.01, 0.002),
        _level(_alike("given_name", 0.8), "alike", 0.03, 0.012),
        _level("ELSE", "different", 0.03, 0.975),
    ])  # fmt: skip


def _family() -> dict[str, Any]:
    return _comparison("family_name", [
        _null(_blank("family_name"), "not known of both"),
        _level("family_name_l = family_name_r", "same", 0.74, 0.004),
        _level(_SWAPPED, "given and family names exchanged", 0.01, _U_FLOOR),
        _level(_is_part("family_name"), "one is a part of the other", 0.04, 0.0005),
        _level(f"damerau_levenshtein(family_name_l, family_name_r) <= 1 OR {_alike('family_name', 0.92)}",
               "nearly the same", 0.11, 0.002),
        _level(_alike("family_name", 0.8), "alike", 0.02, 0.01),
        _level("ELSE", "different", 0.08, 0.98),
    ])  # fmt: skip


def _middle() -> dict[str, Any]:
    return _comparison("middle_name", [
        _null(_blank("middle_name"), "not known of both"),
        _level("middle_name_l = middle_name_r", "same", 0.8, 0.008),
        _level(f"{_is_part('middle_name')} OR ({_initial('middle_name')})", "a part or initial", 0.08, 0.02),
        _level(_alike("middle_name", 0.88), "nearly the same", 0.07, 0.008),
        _level("ELSE", "different", 0.05, 0.964),
    ])  # fmt: skip


def _born() -> dict[str, Any]:
    turned = (
        "substr(born_l, 1, 4) = substr(born_r, 1, 4) AND substr(born_l, 6, 2) = substr(born_r, 9, 2) AND "
        "substr(born_l, 9, 2) = substr(born_r, 6, 2) AND length(born_l) = 10 AND length(born_r) = 10"
    )
    so_far = "substr(born_l, 1, length(born_r)) = born_r OR substr(born_r, 1, length(born_l)) = born_l"
    return _comparison("born", [
        _null(_blank("born"), "not known of both"),
        _level("born_l = born_r AND length(born_l) = 10", "same day", 0.87, 0.00012),
        _level(so_far, "same, as far as known", 0.02, 0.001),
        _level(turned, "day and month exchanged", 0.03, 0.0001),
        _level("damerau_levenshtein(born_l, born_r) <= 1", "one figure differs", 0.055, 0.003),
        _level("substr(born_l, 1, 7) = substr(born_r, 1, 7)", "same month and year", 0.008, 0.003),
        _level("substr(born_l, 1, 4) = substr(born_r, 1, 4)", "same year", 0.008, 0.03),
        _level("ELSE", "different", 0.009, 0.963),
    ])  # fmt: skip


def _sex() -> dict[str, Any]:
    return _comparison("sex", [
        _null(_blank("sex"), "not known of both"),
        _level("sex_l = sex_r", "same", 0.99, 0.5),
        _level("ELSE", "different", 0.01, 0.5),
    ])  # fmt: skip


def _home() -> dict[str, Any]:
    area = "substr(postcode_l, 1, length(postcode_l) - 3) = substr(postcode_r, 1, length(postcode_r) - 3)"
    blank = f"({_blank('postcode')}) AND ({_blank('address')})"
    near = f"({_alike('address', 0.9)} AND postcode_l = postcode_r)"
    return _comparison("home", [
        _null(blank, "not known of both"),
        _level("address_l = address_r AND postcode_l = postcode_r", "same address and postcode", 0.55, 0.00005),
        _level("address_l = address_r", "same address", 0.06, 0.0001),
        _level(near, "nearly the same address, same postcode", 0.08, 0.0001),
        _level("postcode_l = postcode_r", "same postcode", 0.05, 0.0003),
        _level("damerau_levenshtein(postcode_l, postcode_r) <= 1 OR " + _alike("address", 0.92),
               "nearly the same", 0.04, 0.001),
        _level(area, "same area", 0.07, 0.01),
        _level("ELSE", "different", 0.15, 0.988),
    ])  # fmt: skip


def _number(column: str, words: str) -> dict[str, Any]:
    return _comparison(column, [
        _null(_blank(column), f"valid {words} not known of both"),
        _level(f"{column}_l = {column}_r", "same", 0.985, _U_FLOOR),
        _level("ELSE", "different", 0.015, 1 - _U_FLOOR),
    ])  # fmt: skip
