"""Month names as news sites write them, for reading dates without a parser of all languages."""

from __future__ import annotations

from crawler.extraction.vocabulary import words

GREGORIAN = (
    words("""
        january jan januar januari janvier janv enero ene gennaio gen janeiro ocak січня січ январь января
        янв ledna stycznia януари ян يناير كانون‌الثاني ژانویه ژانويه जनवरी ianuarie januára siječnja
    """),
    words("""
        february feb februar februari février fevrier févr fév febrero febbraio febbr fevereiro fev şubat
        subat лютого лют февраль февраля фев února lutego فبراير شباط فوریه فوريه फरवरी februarie februára
        veljače февруари
    """),
    words("""
        march mar märz marz maerz mrz mars marzo março marco mart березня бер март марта мар března marca
        مارس آذار مارچ मार्च martie ožujka maart maret
    """),
    words("""
        april apr avril avr abril abr aprile nisan квітня кві апрель апреля апр dubna kwietnia أبريل ابريل
        نيسان آوریل آوريل अप्रैल aprilie apríla travnja април
    """),
    words("""
        may mai mei maj mayo maggio mag maio mayıs mayis травня тра май мая května maja مايو أيار مه می मई
        mája svibnja
    """),
    words("""
        june jun juni juin junio giugno giu junho haziran червня чер июнь июня июн června czerwca يونيو
        حزيران ژوئن जून iunie júna lipnja юни
    """),
    words("""
        july jul juli juillet juil julio luglio lug julho temmuz липня лип июль июля июл července lipca
        يوليو تموز ژوئیه ژوئيه जुलाई iulie júla srpnja юли
    """),
    words("""
        august aug août aout agosto ago ağustos agustos серпня сер август августа авг srpna sierpnia أغسطس
        اغسطس آب اوت अगस्त augusti augustus kolovoza
    """),
    words("""
        september sept sep septembre septiembre setiembre settembre set setembro eylül eylul вересня вер
        сентябрь сентября сен сент září wrzesnia września سبتمبر أيلول سپتامبر सितंबर septembrie septembra
        rujna септември
    """),
    words("""
        october oct oktober okt octobre octubre ottobre ott outubro out ekim жовтня жов октябрь октября окт
        října października أكتوبر اكتوبر تشرين‌الأول اکتبر अक्टूबर octombrie októbra listopada октомври
    """),
    words("""
        november nov novembre noviembre novembro kasım kasim листопада лис ноябрь ноября ноя listopadu нояб
        نوفمبر تشرين‌الثاني نوامبر नवंबर noiembrie novembra studenoga ноември
    """),
    words("""
        december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro aralık aralik грудня
        гру декабрь декабря дек prosince grudnia ديسمبر كانون‌الأول دسامبر दिसंबर decembrie decembra
        prosinca desember декември
    """),
)

JALALI = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")

PERSIAN_ORDINALS = words("""
    یکم دوم سوم چهارم پنجم ششم هفتم هشتم نهم دهم یازدهم دوازدهم سیزدهم چهاردهم پانزدهم شانزدهم هفدهم هجدهم
    نوزدهم بیستم
""")


def spelling(name: str) -> str:
    """A name as dates are compared: one Arabic yeh and kaf, no joiners, no case."""
    return name.casefold().replace("i̇", "i").replace("ي", "ی").replace("ك", "ک").replace("\u200c", " ")


def _persian_days() -> dict[str, str]:
    """Days of the month as words, longest first, so that `بیست و سوم` is not read as `سوم`."""
    days = {word: number for number, word in enumerate(PERSIAN_ORDINALS, 1)}
    days |= {f"بیست و {PERSIAN_ORDINALS[unit - 1]}": 20 + unit for unit in range(1, 10)}
    days |= {"اول": 1, "سی ام": 30, "سیام": 30, "سی و یکم": 31}
    return {word: str(days[word]) for word in sorted(days, key=len, reverse=True)}


PERSIAN_DAYS = _persian_days()
NUMBER_OF: dict[str, int] = {spelling(name): number for number, names in enumerate(GREGORIAN, 1) for name in names}
JALALI_NUMBER_OF: dict[str, int] = {spelling(name): number for number, name in enumerate(JALALI, 1)}
