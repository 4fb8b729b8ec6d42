"""Packages and the XML in them: what is damaged, encrypted or without end is one error, and takes neither time nor
memory."""

from __future__ import annotations

import random
from typing import ClassVar

import pytest
from helpers import tried_on
from packages import packed, relations

from goalcheck.errors import InputError
from goalcheck.limits import MOST_PARTS, Limits
from goalcheck.readers.package import Package
from goalcheck.readers.xml_events import Attributes, Handler, attribute, parse

TEXT = "".join(chr(0x4E00 + number * 7919 % 20000) for number in range(3000)).encode()


SOUND = packed({"xl/Workbook.xml": TEXT})


def key(data: bytes, limits: Limits | None = None) -> str:
    """What is wrong with the only part of ``data``."""
    with pytest.raises(InputError) as caught:
        Package(data, limits or Limits()).read("xl/workbook.xml")
    return caught.value.key


def outcome(data: bytes) -> bytes | str:
    try:
        return Package(data).read("xl/workbook.xml")
    except InputError as error:
        return error.key


def test_parts_are_found_whatever_the_case() -> None:
    package = Package(SOUND)
    assert "XL\\workbook.xml" in package
    assert package.read("/xl/workbook.XML") == TEXT
    assert package.read("xl/styles.xml") == b""


def test_a_package_that_was_cut_off_or_changed() -> None:
    for end in range(4, len(SOUND), 37):
        assert key(SOUND[:end]) == "incomplete-package"
    chance = random.Random(1)
    for _ in range(300):
        changed = bytearray(SOUND)
        changed[chance.randrange(len(SOUND))] ^= 1 << chance.randrange(8)
        assert outcome(bytes(changed)) in (TEXT, b"", "incomplete-package", "damaged-part", "has-password")


def test_a_size_that_lies() -> None:
    at = SOUND.index(b"PK\x01\x02") + 24
    for size in (len(TEXT) - 1, len(TEXT) + 1, 0, 2**32 - 2):
        assert key(SOUND[:at] + size.to_bytes(4, "little") + SOUND[at + 4 :]) in ("damaged-part", "incomplete-package")


def test_two_parts_of_one_name() -> None:
    parts = {"xl/workbook.xml": TEXT, "XL/workbook.xml": TEXT}
    assert outcome(packed(parts)) == TEXT
    assert key(packed(parts | {"XL/workbook.xml": TEXT + b" "})) == "damaged-part"


def test_limits() -> None:
    blanks = packed({"xl/workbook.xml": b" " * (3 * 2**20)})
    assert key(blanks, Limits(size=1)) == "unpacks-to-too-much"
    assert key(SOUND[:-1] + b"PK\x01\x02" * (MOST_PARTS + 1)) == "too-many-parts"


@tried_on(
    ("text", "wrong"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "doctype"),
        (b"<a>" * 1000, "nested-too-deep"),
        (b"<a><b></a>", "damaged-part"),
        (b"<a>", "damaged-part"),
        (b"", "damaged-part"),
        (b"<?xml version='1.0' encoding='no-such'?><a/>", "damaged-part"),
        (b"<?xml version='1.0' encoding='GBK'?><a/>", "damaged-part"),
        (b"<a>&b;</a>", "damaged-part"),
        (b"<a>\0</a>", "damaged-part"),
    ],
)
def test_xml_that_is_not_read(text: bytes, wrong: str) -> None:
    with pytest.raises(InputError) as caught:
        parse([text], "a.xml", Handler())
    assert caught.value.key == wrong


def test_a_comment_without_end_takes_no_time() -> None:
    with pytest.raises(InputError) as caught:
        parse([b"<a><!--", *[b"x" * 2**16] * 100_000], "a.xml", Handler())
    assert caught.value.key == "damaged-part"
    parse([b"<a>", *[b"-" * 2**16] * 100, b"</a>"], "a.xml", Handler())


def test_elements_are_counted_once_however_they_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goalcheck.readers.xml_events.MOST_ELEMENTS", 1000)
    for element in (b"<b/>", b"<b></b>"):
        for encoding in ("utf-8", "utf-16"):
            parse([(b"<a>" + element * 990 + b"</a>").decode().encode(encoding)], "a.xml", Handler())
            with pytest.raises(InputError) as caught:
                parse([(b"<a>" + element * 1010 + b"</a>").decode().encode(encoding)], "a.xml", Handler())
            assert caught.value.key == "too-many-elements"


def test_names_are_told_by_their_namespaces() -> None:
    seen: list[tuple[str, str | None]] = []

    class Seen(Handler):
        namespaces: ClassVar = {"urn:one": "w", "urn:two": ""}

        def start(self, name: str, attributes: Attributes) -> None:
            seen.append((name, attribute(attributes, "val")))

    text = '<x:a xmlns:x="urn:one" x:val="1"><a xmlns="urn:two" val="2"/><y:a xmlns:y="urn:other"/><a/></x:a>'
    parse([text.encode("utf-16")], "a.xml", Seen())
    assert seen == [("w:a", "1"), ("a", "2"), ("urn:other a", None), ("a", None)]


def test_relations_lead_to_parts() -> None:
    for target in ("worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml", "..\\xl\\worksheets\\sheet1.xml"):
        package = Package(packed({"xl/_rels/workbook.xml.rels": relations(("worksheet", target))}))
        assert package.relations("xl/workbook.xml") == {"r0": ("worksheet", "xl/worksheets/sheet1.xml")}
