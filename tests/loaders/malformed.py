"""Two hundred malformed inputs, made by chance from a seed, each with what its reject must say."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import random
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

BODY = "وزیر دفاع ایران روز شنبه در تهران با همتای چینی خود دیدار کرد و بر گسترش همکاری‌های دو کشور تأکید کرد."


@dataclass(frozen=True)
class Malformed:
    """A file that was made, and how many good articles are in it all the same."""

    path: Path
    good: int = 0


def make(folder: Path, count: int, seed: int = 0) -> Iterator[Malformed]:
    """Make malformed inputs of every kind in turn."""
    chance = random.Random(seed)
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        yield kind(folder / f"{number:03d}-{kind.__name__.strip('_')}", chance)


def _row(chance: random.Random) -> dict[str, str]:
    return {"id": f"r{chance.getrandbits(60)}", "text": f"{BODY} {chance.getrandbits(60)}"}


def _lines(chance: random.Random, count: int) -> bytes:
    return "".join(json.dumps(_row(chance), ensure_ascii=False) + "\n" for _ in range(count)).encode()


def _written(path: Path, data: bytes, good: int = 0) -> Malformed:
    path.write_bytes(data)
    return Malformed(path, good)


def _named(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def noise(path: Path, chance: random.Random) -> Malformed:
    """Random bytes under any ending."""
    ending = chance.choice(
        [".txt", ".csv", ".json", ".jsonl", ".parquet", ".xlsx", ".xls", ".zip", ".tar", ".tgz", ".warc", ".rss"]
    )
    return _written(_named(path, ending), chance.randbytes(chance.randrange(1, 20_000)))


def empty(path: Path, chance: random.Random) -> Malformed:
    """No bytes at all."""
    return _written(
        _named(path, chance.choice([".txt", ".html", ".rss", ".json", ".parquet", ".xlsx", ".zip", ".tar"])), b""
    )


def cut_archive(path: Path, chance: random.Random) -> Malformed:
    """A zip or tar that ends too early."""
    held = io.BytesIO()
    if chance.random() < 0.5:
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.jsonl", _lines(chance, 50))
        return _written(_named(path, ".zip"), held.getvalue()[: chance.randrange(10, len(held.getvalue()) - 30)])
    with tarfile.open(fileobj=held, mode="w:gz") as archive_:
        data = chance.randbytes(50_000)
        entry = tarfile.TarInfo("a.txt")
        entry.size = len(data)
        archive_.addfile(entry, io.BytesIO(data))
    return _written(_named(path, ".tar.gz"), held.getvalue()[: chance.randrange(10, 40_000)])


def cut_stream(path: Path, chance: random.Random) -> Malformed:
    """Packed lines that end too early."""
    ending, pack = chance.choice([(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)])
    data = pack(_lines(chance, 30))
    return _written(_named(path, f".jsonl{ending}"), data[: len(data) // 3], good=-1)


def wrong_encoding(path: Path, chance: random.Random) -> Malformed:
    """Text in an encoding that cannot be told."""
    encoding = chance.choice(["utf-16-le", "utf-16-be", "iso8859-6", "cp864", "utf-32-be"])
    return _written(
        _named(path, ".txt"),
        (BODY.replace("گ", "ك").replace("چ", "ج").replace("پ", "ب") * 20).encode(encoding, "ignore"),
    )


def stray_byte(path: Path, chance: random.Random) -> Malformed:
    """A table with one byte that is no UTF-8; the other rows are good."""
    rows = [f"r{chance.getrandbits(60)},{BODY} {n}\n".encode() for n in range(100)]
    rows.insert(chance.randrange(1, 100), b"bad,\xff\xfe\n")
    return _written(_named(path, ".csv"), b"id,text\n" + b"".join(rows), good=100)


def nul_bytes(path: Path, chance: random.Random) -> Malformed:
    """Mostly NUL."""
    ending = chance.choice([".txt", ".html", ".json", ".csv"])
    return _written(_named(path, ending), b"\0" * chance.randrange(10, 100_000))


def broken_html(path: Path, chance: random.Random) -> Malformed:
    """Markup that never closes, or that is only markup."""
    data = chance.choice(
        [
            b"<html><body>" + b"<div>" * 20_000,
            b"<" * 50_000,
            b"<!--" + b"x" * 50_000,
            b"<table>" + b"<tr><td>" * 10_000,
            b"<script>" + BODY.encode() * 100,
            b"<html><body></body></html>",
            b"&" * 100_000,
            b"<![CDATA[" * 5_000,
            b'<a href="' * 5_000,
        ]
    )
    return _written(_named(path, ".html"), data)


def large_attribute(path: Path, chance: random.Random) -> Malformed:
    """Ten megabytes in one attribute."""
    filling = chance.choice([b"a", b"a b", b"&amp;"])
    return _written(
        _named(path, ".html"), b'<html><body><div data-x="' + filling * (10_000_000 // len(filling)) + b'">x</div>'
    )


def deep_json(path: Path, chance: random.Random) -> Malformed:
    """Lists in lists in lists."""
    depth = chance.randrange(1_000, 200_000)
    opening, closing = chance.choice([("[", "]"), ('{"a":', "}")])
    ending = chance.choice([".json", ".jsonl"])
    return _written(_named(path, ending), (opening * depth + "1" + closing * depth).encode())


def wrong_json(path: Path, chance: random.Random) -> Malformed:
    """No list of articles."""
    data = chance.choice(
        [
            b"1",
            b"null",
            b'"x"',
            b'{"a": [1, 2]}',
            b'[{"text": ',
            b"[1, 2, 3]",
            b'{"text": 5',
            b"[]",
            b"{}",
            b"nan",
            b'[{"id": "x"}]',
        ]
    )
    return _written(_named(path, ".json"), data)


def cut_json(path: Path, chance: random.Random) -> Malformed:
    """A list that ends too early; what came before is good."""
    rows = [_row(chance) for _ in range(10)]
    data = json.dumps(rows, ensure_ascii=False).encode()
    return _written(_named(path, ".json"), data[:-20], good=9)


def half_surrogate(path: Path, chance: random.Random) -> Malformed:
    """A text that is none, among good ones."""
    return _written(_named(path, ".jsonl"), b'{"text": "\\udc00 x"}\n' + _lines(chance, 5), good=5)


def wrong_columns(path: Path, chance: random.Random) -> Malformed:
    """A table with other columns than its rows, or without a text."""
    if chance.random() < 0.5:
        rows = [f"{n},2,3\n" for n in range(20)]
        return _written(_named(path, ".csv"), ("a,b,c\n" + "".join(rows)).encode())
    rows = [f"r{chance.getrandbits(60)},{BODY} {n}{',x' if n % 2 else ''}\n" for n in range(20)]
    return _written(_named(path, ".csv"), ("id,text\n" + "".join(rows)).encode(), good=10)


def unclosed_quote(path: Path, chance: random.Random) -> Malformed:
    """A quotation mark that takes in the rest of the table."""
    rows = "".join(f"r{chance.getrandbits(60)},{BODY} {n}\n" for n in range(500))
    return _written(_named(path, ".csv"), ('id,text,extra\n1,"' + rows).encode(), good=499)


def long_line(path: Path, chance: random.Random) -> Malformed:
    """A line of more than forty megabytes, and a good one behind it."""
    return _written(_named(path, ".jsonl"), b'{"text": "' + b"x" * 41_000_000 + b'"}\n' + _lines(chance, 1), good=1)


def bomb(path: Path, chance: random.Random) -> Malformed:
    """Much out of little."""
    zeros = bytes(1 << 20)
    what = chance.choice(["zip", "jsonl.gz", "tar.gz", "txt.xz", "xlsx", "txt.bz2"])
    path = _named(path, f".{what}")
    if what in {"zip", "xlsx"}:
        with (
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
            archive.open("x/a.txt", "w") as member,
        ):
            for _ in range(150):
                member.write(zeros)
        return Malformed(path)
    opened = {"gz": gzip.open, "xz": lzma.open, "bz2": bz2.open}[what.rsplit(".", 1)[1]]
    with opened(path, "wb") as stream:
        if what == "tar.gz":
            entry = tarfile.TarInfo("a.txt")
            entry.size = 150 << 20
            stream.write(entry.tobuf())
        for _ in range(150):
            stream.write(zeros)
    return Malformed(path)


def lying_zip(path: Path, chance: random.Random) -> Malformed:
    """A member that says it is smaller than it is."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"x" * 5_000_000)
    data = held.getvalue().replace((5_000_000).to_bytes(4, "little"), chance.randrange(10, 1000).to_bytes(4, "little"))
    return _written(_named(path, ".zip"), data)


def leaving_archive(path: Path, chance: random.Random) -> Malformed:
    """Members whose paths leave the archive, links, and an archive in an archive."""
    name = chance.choice(["../x.txt", "/etc/x.txt", "a/../../x.txt", "..\\x.txt", "C:/x.txt"])
    held = io.BytesIO()
    if chance.random() < 0.5:
        with zipfile.ZipFile(held, "w") as archive:
            archive.writestr(name, BODY)
            archive.writestr("inner.zip", b"PK")
            link = zipfile.ZipInfo("link.txt")
            link.external_attr = 0o120777 << 16
            archive.writestr(link, "/etc/passwd")
        return _written(_named(path, ".zip"), held.getvalue())
    with tarfile.open(fileobj=held, mode="w") as tar:
        for kind, inner in (
            (tarfile.REGTYPE, name),
            (tarfile.SYMTYPE, "l.txt"),
            (tarfile.LNKTYPE, "h.txt"),
            (tarfile.FIFOTYPE, "f.txt"),
        ):
            entry = tarfile.TarInfo(inner)
            entry.type = kind
            entry.linkname = "/etc/passwd"
            tar.addfile(entry)
    return _written(_named(path, ".tar"), held.getvalue())


def link_outside(path: Path, chance: random.Random) -> Malformed:
    """A link that leaves the folder, or leads nowhere, or to itself."""
    path = _named(path, ".txt")
    path.symlink_to(chance.choice(["/etc/hostname", "/nowhere/at/all", path.name]))
    return Malformed(path)


def pipe(path: Path, chance: random.Random) -> Malformed:
    """A pipe into which nobody writes."""
    del chance
    path = _named(path, ".jsonl")
    os.mkfifo(path)
    return Malformed(path)


def cut_parquet(path: Path, chance: random.Random) -> Malformed:
    """A Parquet file that ends too early or has other bytes in the middle."""
    held = io.BytesIO()
    pd.DataFrame([_row(chance) for _ in range(200)]).to_parquet(held)
    data = bytearray(held.getvalue())
    if chance.random() < 0.5:
        return _written(_named(path, ".parquet"), bytes(data[: chance.randrange(8, len(data) - 8)]))
    for _ in range(200):
        data[chance.randrange(4, len(data) - 8)] = chance.randrange(256)
    return _written(_named(path, ".parquet"), bytes(data), good=-1)


def broken_book(path: Path, chance: random.Random) -> Malformed:
    """A zip that is no workbook."""
    path = _named(path, chance.choice([".xlsx", ".ods"]))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", b"<workbook><" * chance.randrange(1, 2000))
    return Malformed(path)


def broken_feed(path: Path, chance: random.Random) -> Malformed:
    """A feed that is none, or declares entities of its own."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    data = chance.choice(
        [
            f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><rss version="2.0"><channel><item><title>&l9;</title></item></channel></rss>',
            "<rss version='2.0'><channel>" + "<item>" * 10_000,
            "<notafeed/>",
            '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item><description>&f;</description></item></channel></rss>',
            "/etc/passwd",
        ]
    )
    return _written(_named(path, ".rss"), data.encode())


def broken_warc(path: Path, chance: random.Random) -> Malformed:
    """A web archive with lengths that are not so."""
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x/\r\nContent-Length: {chance.choice(['9999999', '-5', 'x', '3'])}\r\n\r\n"
    data = (head + "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x").encode()
    return _written(_named(path, ".warc"), data * chance.randrange(1, 4))


def broken_index(path: Path, chance: random.Random) -> Malformed:
    """An index whose lines point outside, nowhere, or are none."""
    line = chance.choice(
        [
            '{"filename": "../../etc/passwd", "offset": "0"}',
            '{"filename": "no.warc", "offset": "0"}',
            "{",
            "x",
            '{"offset": 1}',
        ]
    )
    return _written(_named(path, ".cdxj"), f"ir,x)/ 2024 {line}\n".encode())


def unknown(path: Path, chance: random.Random) -> Malformed:
    """A file of no known kind."""
    return _written(_named(path, chance.choice(["", ".pdf", ".docx", ".exe", ".mp4"])), chance.randbytes(100))


KINDS: list[Callable[[Path, random.Random], Malformed]] = [
    *(
        noise,
        empty,
        cut_archive,
        cut_stream,
        wrong_encoding,
        stray_byte,
        nul_bytes,
        broken_html,
        large_attribute,
        deep_json,
    ),
    *(
        wrong_json,
        cut_json,
        half_surrogate,
        wrong_columns,
        unclosed_quote,
        bomb,
        lying_zip,
        leaving_archive,
        link_outside,
    ),
    *(pipe, cut_parquet, broken_book, broken_feed, broken_warc, broken_index, unknown, long_line),
]
