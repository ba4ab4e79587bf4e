"""Country and language codes: what the registry accepts, and how a language is called in an export. Pure."""

from __future__ import annotations

import re

UNKNOWN_COUNTRY = "ZZ"
"""User-assigned in ISO 3166-1 and CLDR's code for "unknown region"."""
UNKNOWN_LANGUAGE = "und"
"""BCP 47 for "undetermined": readers of the source get no hint and judge by the text."""
SEVERAL_LANGUAGES = "mul"

# ISO 3166-1 alpha-2, officially assigned (249).
_ASSIGNED = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP
KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT
MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ
UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""
# Exceptionally reserved (EU, UN), Kosovo's user-assigned code, and unknown.
COUNTRIES = frozenset(_ASSIGNED.split()) | {"EU", "UN", "XK", UNKNOWN_COUNTRY}

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")

_NAMES = {
    "ar": "Arabic", "az": "Azerbaijani", "de": "German", "en": "English", "es": "Spanish", "fa": "Persian",
    "fr": "French", "he": "Hebrew", "hi": "Hindi", "id": "Indonesian", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "ku": "Kurdish", "pl": "Polish", "pt": "Portuguese", "ru": "Russian", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "zh": "Chinese", "zh-Hans": "Chinese, simplified",
    "zh-Hant": "Chinese, traditional", SEVERAL_LANGUAGES: "Several languages", UNKNOWN_LANGUAGE: "Language unknown",
}  # fmt: skip


def is_language(tag: str) -> bool:
    """Whether the tag has the shape of a BCP 47 tag of language, script and region, in its canonical case."""
    return _LANGUAGE.fullmatch(tag) is not None


def language_name(tag: str) -> str:
    return _NAMES.get(tag, tag)


def normal_language(text: str) -> str | None:
    """A language as feeds and spreadsheets write it (`en-us`, `zh_Hans_CN`, `fa,en`) as a canonical tag, or None.

    Several languages, separated by comma, semicolon or space, are `mul`.
    """
    named = [n for n in re.split(r"[,;\s]+", text.strip()) if n]
    if len(named) > 1:
        return SEVERAL_LANGUAGES if all(normal_language(n) for n in named) else None
    first, *rest = (named or [""])[0].replace("_", "-").split("-")
    tag = "-".join([first.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])
    return tag if is_language(tag) else None
