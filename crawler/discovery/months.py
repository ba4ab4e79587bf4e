"""Names of months in the languages that feeds are written in: data for dates in words."""

from __future__ import annotations

import calendar

_NAMES = """
en january february march april may june july august september october november december
de januar februar märz april mai juni juli august september oktober november dezember
de jänner feber maerz april mai juni juli august september oktober november dezember
fr janvier février mars avril mai juin juillet août septembre octobre novembre décembre
fr janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
es enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
pt janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
it gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
nl januari februari maart april mei juni juli augustus september oktober november december
sv januari februari mars april maj juni juli augusti september oktober november december
da januar februar marts april maj juni juli august september oktober november december
fi tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu
pl stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
cs ledna února března dubna května června července srpna září října listopadu prosince
ro ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
hu január február március április május június július augusztus szeptember október november december
tr ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
az yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr
id januari februari maret april mei juni juli agustus september oktober november desember
ru января февраля марта апреля мая июня июля августа сентября октября ноября декабря
ru январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
uk січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
el ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου
he בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר
ar يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
ar كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول
fa ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر
ur جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر
hi जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर
"""

_JALALI = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"

SHORTEST = 3
"""Letters of an abbreviation."""


_LETTERS = str.maketrans("أإآيك", "ااایک")


def month_key(name: str) -> str:
    """A name as it stands in `MONTHS`: lower case, Persian and Arabic letters unified, no full stop."""
    return name.lower().rstrip(".").translate(_LETTERS)


def _numbered() -> dict[str, int]:
    """Each name, and each abbreviation that means one month in all languages; English abbreviations go first."""
    names: dict[str, set[int]] = {}
    short: dict[str, set[int]] = {}
    for row in _NAMES.strip().splitlines():
        for number, name in enumerate(row.split()[1:], 1):
            full = month_key(name).replace("_", " ")
            names.setdefault(full, set()).add(number)
            for length in range(SHORTEST, len(full)):
                short.setdefault(full[:length], set()).add(number)
    clear = {name: min(numbers) for name, numbers in (short | names).items() if len(numbers) == 1}
    english = {name.lower()[:length]: n for n, name in enumerate(calendar.month_name) if name for length in (3, 4)}
    jalali = {month_key(name): number for number, name in enumerate(_JALALI.split(), 1)}
    return clear | english | jalali


MONTHS = _numbered()
"""Number of a month, Gregorian or Persian, by its name or abbreviation."""
