"""Articles of our own for the fake web: about the beat, beside it, and copies of each other."""

from __future__ import annotations

PORT_DEAL = [
    "Iran and China signed a ten-year agreement in Tehran on Monday to enlarge the container port of Chabahar, "
    "officials of both governments said after two days of talks on trade and transport.",
    "The Chinese ambassador told reporters that a consortium from Shandong would bring cranes and 340 million dollars "
    "of credit, to be repaid in crude oil over the life of the contract.",
    "Iran's transport minister called the agreement the largest since the two countries published their twenty-five "
    "year cooperation plan, and said dredging would begin before the end of the winter.",
    "Shipping brokers in Dubai were more careful: insurers have yet to say whether they will cover vessels that call "
    "at a port run by a company under American sanctions.",
]
OIL_BUYERS = [
    "Independent refiners in China took record volumes of Iranian crude in October, tanker trackers reported, although "
    "Washington added four terminals in Shandong to its sanctions list in the same month.",
    "Iran now sells more than nine barrels in ten to Chinese buyers, most of it under the names of other countries, "
    "according to three traders in Singapore who asked not to be named.",
    "Beijing does not publish the purchases. A spokesman of the foreign ministry said China's trade with Iran was "
    "lawful and that it opposed sanctions without a mandate of the United Nations.",
]
FESTIVAL = [
    "The small town of Bruchhausen opened its lantern festival on Friday evening with a parade of six hundred children "
    "and a brass band that had travelled all day through the rain.",
    "The mayor promised that next year's parade would be longer, and that the bakery on the market square would again "
    "hand out ginger biscuits to everyone who carried a light.",
    "Visitors came from as far as the coast; the last train home was so full that the railway added two carriages.",
]
FA_VISIT = [
    "وزیر خارجه ایران روز سه‌شنبه برای گفت‌وگو درباره اجرای برنامه همکاری ۲۵ ساله ایران و چین وارد پکن شد.",
    "به گفته سخنگوی وزارت خارجه، دو طرف درباره فروش نفت، راه‌آهن و همکاری در سازمان همکاری شانگهای رایزنی می‌کنند.",
    "وزیر خارجه چین در آغاز دیدار گفت پکن با تحریم‌های یک‌جانبه علیه ایران مخالف است و از گسترش روابط پشتیبانی می‌کند.",
]
ZH_VISIT = [
    "伊朗外交部长星期二抵达北京,就落实中伊全面合作计划同中国外长举行会谈。",
    "双方讨论了石油贸易、铁路建设以及在上海合作组织框架内的合作。中国外长表示,中方反对针对伊朗的单边制裁。",
    "伊朗外长说,德黑兰愿意与北京加强在能源和运输领域的合作,并感谢中国在联合国安理会发挥的作用。",
]
RU_VISIT = [
    "Министр иностранных дел Ирана прибыл во вторник в Пекин, чтобы обсудить выполнение двадцатипятилетнего соглашения "
    "о сотрудничестве с Китаем, сообщили в посольстве.",
    "Стороны говорили о поставках нефти, строительстве железной дороги и работе в Шанхайской организации сотрудничества. "
    "Пекин вновь выступил против односторонних санкций.",
]
AR_VISIT = [
    "وصل وزير الخارجية الإيراني إلى بكين يوم الثلاثاء لبحث تنفيذ اتفاق التعاون الممتد خمسة وعشرين عاما بين إيران والصين، "
    "بحسب ما أعلنته وزارة الخارجية في طهران.",
    "وناقش الجانبان تجارة النفط ومشاريع السكك الحديدية والتنسيق داخل منظمة شنغهاي للتعاون، وأكدت الصين رفضها للعقوبات "
    "الأحادية المفروضة على إيران.",
]
