"""Names as people write them, made alike for looking up."""

from __future__ import annotations

import unicodedata

# ł, ø and their kin have no decomposition, so they are named here.
_SPELT = str.maketrans("łŁøØđĐßæœ", "lLoOdDsao")


def fold(name: str) -> str:
    """A name for looking up: no accents, one case, letters and single blanks only. The name itself is kept as given."""
    plain = unicodedata.normalize("NFKD", name.translate(_SPELT)).encode("ascii", "ignore").decode()
    return " ".join("".join(c if c.isalpha() else " " for c in plain.lower()).split())


def fold_address(address: str) -> str:
    """An address as a key: letters and digits only, so that commas, case and line breaks do not keep homes apart."""
    plain = unicodedata.normalize("NFKD", address).encode("ascii", "ignore").decode()
    return "-".join("".join(c if c.isalnum() else " " for c in plain.lower()).split())
