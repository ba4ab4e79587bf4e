"""Short articles written for the tests: an original with what becomes of it, in several languages."""

from __future__ import annotations

ORIGINAL = (
    "The port authority of Marlow opened a second container terminal on Tuesday, doubling what the harbour can take. "
    "Mayor Helen Osgood cut the ribbon in front of some 400 guests. "
    "The terminal cost 85 million euros and was built by a Danish company in three years.\n"
    "Ships of up to 14,000 containers can now dock at any tide. "
    "The first one, the Aurora, arrived on Monday night from Rotterdam. "
    "Its captain told reporters that the quay was the easiest he had seen. "
    "Fishermen complained that the dredging had driven away the herring.\n"
    "The city hopes for 600 new jobs by 2027. "
    "A railway line to the inland depot is to follow next spring."
)
LIGHT_EDIT = (
    ORIGINAL.replace("on Tuesday", "yesterday")
    .replace("some 400", "about 400")
    .replace("told reporters", "told the Gazette")
)
BRIEF = ORIGINAL.split("\n", maxsplit=1)[0]
UPDATE = (
    "Trawlers blocked the entrance of Marlow harbour for six hours on Thursday in protest against dredging. "
    "Nobody was hurt, and the coastguard towed two boats away.\n"
    + "\n".join(ORIGINAL.split("\n")[1:])
    + " Mayor Helen Osgood cut the ribbon in front of some 400 guests."
)
UPDATE_AT_HOME = (
    "The port authority of Marlow opened a second container terminal on Tuesday while fishermen blocked its gate. "
    "Police led eleven of them away.\n" + UPDATE.split("\n", maxsplit=1)[1]
)
REWRITE = (
    "Marlow's harbour can take twice as much freight since a new container dock was inaugurated on Tuesday by its "
    "port officials. Helen Osgood, the mayor, cut the ribbon watched by roughly 400 invited people. "
    "A firm from Denmark needed three years to construct the dock, at a price of 85 million euros. "
    "Vessels carrying as many as 14,000 boxes may tie up there whatever the tide. "
    "From Rotterdam the Aurora came in as the first of them late on Monday. "
    "No quay had ever been simpler to approach, her captain informed the press. "
    "Fishing crews grumbled that herring had fled from the dredging. "
    "By 2027 the town expects 600 additional jobs. "
    "Next spring a rail link to the depot inland should come."
)
INDEPENDENT = (
    "Herring catches off Marlow fell by a third last year, a study of the fisheries institute found. "
    "Its authors blame warmer water rather than the works in the harbour, where a terminal was opened on Tuesday. "
    "The cooperative of the fishermen called the study an insult. "
    "It wants compensation from the state for every boat that stays in port."
)
OTHER = (
    "The national library has put 9,000 maps on the internet, the oldest of them drawn in 1512. "
    "Readers may copy them without asking. Historians praised the quality of the scans, made over eleven years by "
    "volunteers. A second batch with city plans will come out in autumn."
)
RATES_MONDAY = (
    "The crown closed at 7.41 to the euro on Monday, the central bank said. One dollar bought 6.93 crowns. "
    "Gold rose to 2,310 dollars an ounce. Dealers spoke of thin trading before the holiday."
)
RATES_TUESDAY = (
    "The crown closed at 7.45 to the euro on Tuesday, the central bank said. One dollar bought 6.98 crowns. "
    "Gold rose to 2,322 dollars an ounce. Dealers spoke of thin trading before the holiday."
)

PERSIAN = (
    "رئیس بانک مرکزی روز شنبه در تهران اعلام کرد که توافق‌نامه تازه‌ای با روسیه امضا شده است. "
    "به گفته او این قرارداد پرداخت‌های تجاری دو کشور را بدون دلار ممکن می‌کند. "
    "ارزش تجارت دو کشور سال گذشته به چهار میلیارد یورو رسید. "
    "کارشناسان هشدار دادند که تحریم‌ها همچنان مانع سرمایه‌گذاری است. "
    "اجرای این برنامه از ماه آینده آغاز می‌شود."
)
PERSIAN_ARABIC_LETTERS = PERSIAN.replace("ی", "ي").replace("ک", "ك")
ENGLISH_OF_PERSIAN = (
    "A new agreement with Russia has been signed, the governor of the central bank announced in Tehran on Saturday. "
    "The deal makes it possible, he said, to settle trade payments between the two countries without the dollar. "
    "Trade between the two states reached four billion euros last year. "
    "Experts warned that sanctions still stand in the way of investment. "
    "Carrying out the plan begins next month."
)
RUSSIAN_OF_PERSIAN = (
    "Новое соглашение с Россией подписано, объявил в субботу в Тегеране глава центрального банка. "
    "По его словам, договор позволит двум странам вести торговые расчеты без доллара. "
    "Товарооборот двух государств в прошлом году достиг четырех миллиардов евро. "
    "Эксперты предупредили, что санкции по-прежнему мешают инвестициям. "
    "Исполнение плана начнется в следующем месяце."
)
CHINESE = (
    "市政府周二宣布,新的海底隧道正式开通,全长十二公里,总投资八十五亿元。"
    "首批车辆于上午九点通过,市长在通车仪式上讲话。"
    "工程由三家企业用六年时间建成。"
    "专家表示,隧道将把两岸车程缩短四十分钟。"
    "港口工人担心渡轮航线会被取消。"
    "明年还将开工建设一条铁路。"
)
CHINESE_TRADITIONAL = (
    "市政府週二宣布,新的海底隧道正式開通,全長十二公里,總投資八十五億元。"
    "首批車輛於上午九點通過,市長在通車儀式上講話。"
    "工程由三家企業用六年時間建成。"
    "專家表示,隧道將把兩岸車程縮短四十分鐘。"
    "港口工人擔心渡輪航線會被取消。"
    "明年還將開工建設一條鐵路。"
)
ARABIC = (
    "افتتح وزير النقل يوم الاثنين الجسر الجديد الذي يربط ضفتي النهر وسط المدينة. "
    "وقال الوزير إن المشروع كلف مئة وعشرين مليون دولار واستغرق بناؤه أربع سنوات. "
    "وتوقعت البلدية أن تعبره ثلاثون ألف سيارة كل يوم. "
    "واشتكى أصحاب القوارب من أن ارتفاع الجسر لا يسمح بمرور سفنهم."
)
