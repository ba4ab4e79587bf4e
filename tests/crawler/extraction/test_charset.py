"""Pages are decoded by what they are, then by what they say of themselves."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.charset import declared, decode
from tests.shared import needs_shared, shared

ZH = "伊朗外交部长星期二抵达北京,就落实中伊全面合作计划同中国外长举行会谈。双方讨论了石油贸易和铁路建设。"
ZH_HANT = "伊朗外交部長星期二抵達北京,就落實中伊全面合作計劃同中國外長舉行會談。雙方討論了石油貿易和鐵路建設。"
RU = "Первый прямой контейнерный поезд из китайского Сианя прибыл на сухой порт под Тегераном."
AR = "اشترت مصافٍ مستقلة في الصين كميات قياسية من النفط الخام الإيراني في أكتوبر."
DE = "Die Häfen größer, die Zölle höher: Teheran und Peking über Öl."
JA = "イランの外相は火曜日に北京に到着し、中国の外相と会談した。"
KO = "이란 외무장관은 화요일 베이징에 도착해 중국 외교부장과 회담을 했다."


def page(text: str, charset: str, label: str | None) -> bytes:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">' if label else ""
    return f"<html><head>{meta}</head><body><p>{text}</p></body></html>".encode(charset)


@pytest.mark.parametrize(
    ("text", "charset", "label"),
    [
        (ZH, "gb18030", "gb2312"),
        (ZH, "gb18030", "gbk"),
        (ZH, "utf-8", "gb2312"),
        (ZH_HANT, "big5", "big5"),
        (RU, "cp1251", "windows-1251"),
        (RU, "koi8-r", "koi8-r"),
        (AR, "cp1256", "windows-1256"),
        (DE, "cp1252", "iso-8859-1"),
        (DE, "cp1252", "us-ascii"),
        (JA, "cp932", "shift_jis"),
        (JA, "euc-jp", "euc-jp"),
        (KO, "cp949", "euc-kr"),
        (DE, "utf-16", None),
        (RU, "utf-8-sig", "windows-1251"),
    ],
)
def test_a_label_is_read_as_browsers_read_it(text: str, charset: str, label: str | None) -> None:
    assert f"<p>{text}</p>" in decode(page(text, charset, label))


@pytest.mark.parametrize(
    ("text", "charset"), [(ZH, "gb18030"), (ZH_HANT, "big5"), (JA, "cp932"), (KO, "cp949"), (RU, "cp1251")]
)
@pytest.mark.parametrize("label", [None, "iso-8859-1", "utf-8", "no-such-charset"])
def test_a_missing_or_wrong_label_is_seen_through(text: str, charset: str, label: str | None) -> None:
    assert f"<p>{text * 3}</p>" in decode(page(text * 3, charset, label))


def test_the_sources_hint_goes_before_header_and_page() -> None:
    raw = page(RU, "koi8-r", "windows-1251")
    assert RU in decode(raw, header="windows-1251", hint="koi8-r")
    assert RU in decode(page(RU, "koi8-r", None), header="koi8-r")


def test_a_cut_or_damaged_page_is_read_all_the_same() -> None:
    assert decode("伊朗外长".encode()[:-1]).startswith("伊朗外")
    damaged = page(RU * 5, "utf-8", "utf-8").replace("Тегераном".encode(), b"\xff\xfe\xd0", 1)
    assert "контейнерный" in decode(damaged)


def test_a_pages_own_label_is_told_as_a_codec() -> None:
    assert declared(b'<meta charset="GB2312">') == "gb18030"
    assert declared(b"<?xml version='1.0' encoding='windows-1251'?>") == "cp1251"
    assert declared(b'<meta charset="rot13">') is None
    assert declared(b"<p>charset=utf-8</p>") is None


@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "gb2312", "utf-16", "base64", "idna", "x", "\x00"]))
def test_decoding_never_fails(raw: bytes, label: str | None) -> None:
    assert isinstance(decode(raw, header=label, hint=label), str)


@given(st.text(max_size=200))
def test_utf8_is_kept_letter_by_letter(text: str) -> None:
    raw = text.encode("utf-8", "ignore")
    if not raw.startswith((b"\xef\xbb\xbf", b"\xff", b"\xfe")) and b"\x1b" not in raw and b"\x00" not in raw:
        assert decode(raw) == raw.decode()


@needs_shared
def test_real_files_are_decoded_as_labelled() -> None:
    folder = shared("data", "encodings")
    rows = [json.loads(line) for line in (folder / "encodings.jsonl").read_text("utf-8").splitlines()]
    known = {"GB2312": "gb18030", "EUC-TW": "cp1252"}
    right = 0
    for row in rows:
        raw = (folder / row["file"]).read_bytes()
        wanted = raw.decode(known.get(row["encoding"], row["encoding"]), "replace")
        letters = [[char for char in text if char > "\x7f"] for text in (wanted, decode(raw))]
        right += letters[0] == letters[1]
    assert right >= 97, f"{right} of {len(rows)}"
