"""Whatever bytes come, the answer is a bundle or a list of places, columns and remedies."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.files import TODAY, encoded, sound
from wholepicture.exchange.bundles.errors import BundleErrors
from wholepicture.exchange.bundles.reader import read_bundle_files, read_bundle_zip

SHAPE = re.compile(r"[a-z]+\.csv:[1-9][0-9]*: .+\bexpected .+", re.DOTALL)
CHUNKS = st.one_of(
    st.binary(max_size=6),
    st.sampled_from(
        [b'"', b",", b"\n", b"\r", b";", b"@", b":", b"\0", b"{", b"\xef\xbb\xbf", b"never", b"2024-13", b"[]"]
    ),
)


@st.composite
def spoilt_files(draw: st.DrawFn) -> dict[str, bytes]:
    files = encoded(sound())
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(sorted(files)))
        data = files[name]
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 8)))
        files[name] = data[:start] + draw(CHUNKS) + data[end:]
    return files


@settings(deadline=None, max_examples=400)
@given(spoilt_files())
def test_spoilt_files(files: dict[str, bytes]) -> None:
    try:
        read_bundle_files(files, "small", today=TODAY)
    except BundleErrors as errors:
        assert errors.problems
        for problem in errors.problems:
            assert SHAPE.fullmatch(str(problem)), problem
            assert str(problem).encode()


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=200))
def test_any_bytes_as_a_zip_file(data: bytes) -> None:
    try:
        read_bundle_zip(data, "upload")
    except BundleErrors as errors:
        assert errors.problems
