"""One story in four languages with all that becomes of it: what each relation is told by in each of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Family:
    """A story and its kin, all in one language and all written for the tests."""

    language: str
    sentences: tuple[str, ...]
    edits: tuple[tuple[str, str], ...]
    """Small changes of words that a copy on another site has."""
    new_lead: str
    """The opening of an update: it takes the place of the first sentence."""
    rewrite: str
    report: str
    """Another report on the same event, written independently."""
    quoting: str
    """An article on something else that holds {} of the story."""
    form: tuple[str, str]
    """Two days of a notice that comes every day."""
    other: str

    @property
    def story(self) -> str:
        return self.joined(self.sentences)

    @property
    def copy(self) -> str:
        text = self.story
        for old, new in self.edits:
            assert old in text, old
            text = text.replace(old, new)
        return text

    @property
    def cut(self) -> str:
        return self.joined(self.sentences[:3])

    @property
    def update(self) -> str:
        return self.joined([self.new_lead, *self.sentences[1:6]])

    def joined(self, sentences: tuple[str, ...] | list[str]) -> str:
        return ("" if self.language == "zh" else " ").join(sentences)


ENGLISH = Family(
    language="en",
    sentences=(
        "The governor of the central bank announced in Tehran on Saturday that a new agreement with Russia was signed.",
        "He said the contract makes it possible to settle trade payments between both countries without the dollar.",
        "Trade between the two states reached four billion euros last year.",
        "Two Russian banks are to open branches in Tehran and Isfahan in June.",
        "Experts warned that sanctions still stand in the way of investment.",
        "The foreign minister called the deal a step against American pressure.",
        "The plan comes into force next month and runs for five years.",
    ),
    edits=(("on Saturday", "yesterday"), ("He said", "The banker said"), ("stand in the way of", "hamper")),
    new_lead="Washington on Monday threatened to punish every bank that takes part in the payments of Iran and Russia.",
    rewrite=(
        "Iran and Russia have concluded a fresh accord, Tehran's central bank chief made known on Saturday. "
        "Commercial payments among the pair can, by his account, now be cleared with no use of the dollar. "
        "Last year their commerce came to 4 billion euros. "
        "From June a couple of banks from Russia want branches of their own in Isfahan and Tehran. "
        "Investments, analysts cautioned, are blocked by sanctions as before. "
        "Against the pressure of America this was a move forward, in the words of the top diplomat. "
        "Starting in a month, the programme is meant to last 5 years."
    ),
    report=(
        "A central bank signed an agreement with Russia in Tehran on Saturday, but dealers in the bazaar expect little of it. "
        "Who sells pistachios to Russia has been paid in goods for years, one of them said in his shop. "
        "That payments will do without the dollar he had heard on the radio. "
        "What he needs is a lorry that gets through the customs within a week. "
        "His neighbour sells carpets and would rather have tourists back."
    ),
    quoting=(
        "The port of Bandar Anzali wants to dredge its basin so that larger ships can call there. {} "
        "The director of the harbour has asked three companies for bids, and a decision is due in autumn. "
        "Dredging was put off twice because the budget of the province had no money for it. "
        "Residents fear for the lagoon behind the quay, where pelicans spend the winter."
    ),
    form=(
        (
            "The dollar stood at 58,200 tomans in Tehran on Monday, 300 more than the day before. A gram of gold cost "
            "3,410,000 tomans. The index of the stock exchange closed at 2,114,300 points. Traders spoke of a calm day."
        ),
        (
            "The dollar stood at 58,900 tomans in Tehran on Tuesday, 700 more than the day before. A gram of gold cost "
            "3,455,000 tomans. The index of the stock exchange closed at 2,108,700 points. Traders spoke of a calm day."
        ),
    ),
    other=(
        "A lynx was seen in the mountains above Sari for the first time in twelve winters. A ranger filmed it from his "
        "hut at dawn. The animal rested on a rock and left when snow began to fall. Biologists want to put up cameras."
    ),
)
PERSIAN = Family(
    language="fa",
    sentences=(
        "رئیس بانک مرکزی روز شنبه در تهران اعلام کرد که توافق‌نامه تازه‌ای با روسیه امضا شده است.",
        "به گفته او این قرارداد پرداخت‌های تجاری دو کشور را بدون دلار ممکن می‌کند.",
        "ارزش تجارت دو کشور سال گذشته به چهار میلیارد یورو رسید.",
        "دو بانک روسی قرار است در ماه ژوئن در تهران و اصفهان شعبه باز کنند.",
        "کارشناسان هشدار دادند که تحریم‌ها همچنان مانع سرمایه‌گذاری است.",
        "وزیر خارجه این توافق را گامی در برابر فشار آمریکا خواند.",
        "این برنامه از ماه آینده اجرا می‌شود و پنج سال ادامه دارد.",
    ),
    edits=(("روز شنبه", "دیروز"), ("به گفته او", "وی افزود"), ("هشدار دادند", "می‌گویند")),
    new_lead="واشنگتن روز دوشنبه هر بانکی را که در پرداخت‌های ایران و روسیه شرکت کند به مجازات تهدید کرد.",
    rewrite=(
        "ایران و روسیه پیمان جدیدی بسته‌اند؛ این را رئیس کل بانک مرکزی شنبه در تهران خبر داد. "
        "از این پس مبادلات بازرگانی میان دو طرف، چنان که او توضیح داد، نیازی به دلار ندارد. "
        "حجم داد و ستد آنها پارسال ۴ میلیارد یورو بود. "
        "شعبه‌های دو بانک از روسیه از ژوئن در اصفهان و تهران به کار خواهند افتاد. "
        "تحلیلگران یادآور شدند سرمایه‌گذاری به سبب تحریم هنوز دشوار است. "
        "به نظر وزیر امور خارجه، این کار ایستادن در برابر فشارهای ایالات متحده است. "
        "اجرای طرح ماه بعد شروع خواهد شد و مدت آن ۵ سال است."
    ),
    report=(
        "بانک مرکزی شنبه در تهران با روسیه توافقی امضا کرد، ولی بازاریان امیدی به آن ندارند. "
        "پسته‌فروشی گفت سال‌هاست در برابر جنس خود از روسیه کالا می‌گیرد. "
        "اینکه پرداخت‌ها بدون دلار خواهد بود از رادیو شنیده بود. "
        "آنچه او می‌خواهد کامیونی است که یک هفته‌ای از گمرک بگذرد. "
        "همسایه‌اش فرش می‌فروشد و چشم به راه گردشگران است."
    ),
    quoting=(
        "بندر انزلی می‌خواهد حوضچه خود را لایروبی کند تا کشتی‌های بزرگ‌تر پهلو بگیرند. {} "
        "مدیر بندر از سه شرکت قیمت خواسته و تصمیم در پاییز گرفته می‌شود. "
        "لایروبی دو بار عقب افتاد چون استان بودجه‌ای برای آن نداشت. "
        "مردم محل نگران تالاب پشت اسکله‌اند که پلیکان‌ها زمستان را آنجا می‌گذرانند."
    ),
    form=(
        (
            "دلار روز دوشنبه در تهران ۵۸۲۰۰ تومان بود، ۳۰۰ تومان بیش از روز قبل. هر گرم طلا ۳۴۱۰۰۰۰ تومان قیمت داشت. "
            "شاخص بورس با ۲۱۱۴۳۰۰ واحد بسته شد. معامله‌گران از روزی آرام سخن گفتند."
        ),
        (
            "دلار روز سه‌شنبه در تهران ۵۸۹۰۰ تومان بود، ۷۰۰ تومان بیش از روز قبل. هر گرم طلا ۳۴۵۵۰۰۰ تومان قیمت داشت. "
            "شاخص بورس با ۲۱۰۸۷۰۰ واحد بسته شد. معامله‌گران از روزی آرام سخن گفتند."
        ),
    ),
    other=(
        "پس از دوازده زمستان یک سیاه‌گوش در کوه‌های بالای ساری دیده شد. محیط‌بانی سپیده‌دم از کلبه‌اش از آن فیلم گرفت. "
        "حیوان روی صخره‌ای آرمیده بود و با آغاز برف رفت. زیست‌شناسان می‌خواهند دوربین بگذارند."
    ),
)
CHINESE = Family(
    language="zh",
    sentences=(
        "央行行长周六在德黑兰宣布,已与俄罗斯签署一项新协议。",
        "他说,这份合同使两国之间的贸易付款可以不用美元结算。",
        "两国贸易额去年达到四十亿欧元。",
        "两家俄罗斯银行将于六月在德黑兰和伊斯法罕开设分行。",
        "专家警告说,制裁仍然阻碍着投资。",
        "外交部长称这项协议是抵制美国压力的一步。",
        "该计划下个月生效,为期五年。",
    ),
    edits=(("周六", "昨天"), ("他说", "行长表示"), ("阻碍着", "妨碍")),
    new_lead="华盛顿周一威胁说,凡参与伊朗和俄罗斯付款往来的银行都要受到惩罚。",
    rewrite=(
        "俄罗斯同伊朗缔结了新的协定,消息是央行行长本周六于德黑兰公布的。"
        "据其介绍,今后双方的贸易往来付款再也用不着美元。"
        "去年双边贸易的规模为40亿欧元。"
        "从六月起,来自俄罗斯的两间银行打算让分行在伊斯法罕与德黑兰开门营业。"
        "分析专家提醒,投资依旧受制裁所困。"
        "在外长看来,此举可以对抗来自美国的压力。"
        "计划自下月实施,持续时间为5年。"
    ),
    report=(
        "周六央行在德黑兰同俄罗斯签署的协议,大巴扎的商人并不看好。"
        "一位卖开心果的店主多年来只收货物。"
        "他从收音机里听说,两国贸易的付款往后用不着美元。"
        "他想要的不过是一辆一星期内能过海关的卡车。"
        "隔壁卖地毯的说,只要制裁还在,谁也不会来投资。"
    ),
    quoting=(
        "安扎利港打算疏浚港池,好让更大的船靠岸。{}"
        "港口主任已向三家公司询价,秋天作出决定。"
        "疏浚曾两度推迟,因为省里没有这笔预算。"
        "居民担心码头后面的潟湖,鹈鹕在那里过冬。"
        "渔民则希望水道加深以后鱼会回来,年轻人也不必再去外地找活干。"
    ),
    form=(
        (
            "周一德黑兰市场上美元报58200土曼,比前一天上涨300土曼。每克黄金售3410000土曼。"
            "证券交易所指数收于2114300点。交易员称当天行情平静。"
        ),
        (
            "周二德黑兰市场上美元报58900土曼,比前一天上涨700土曼。每克黄金售3455000土曼。"
            "证券交易所指数收于2108700点。交易员称当天行情平静。"
        ),
    ),
    other=(
        "萨里以南的山区十二个冬天以来第一次出现猞猁。一名护林员清晨在小屋里拍下了它。"
        "它卧在岩石上,下雪时才离开。生物学者准备安装相机。"
    ),
)
ARABIC = Family(
    language="ar",
    sentences=(
        "أعلن محافظ البنك المركزي يوم السبت في طهران توقيع اتفاق جديد مع روسيا.",
        "وقال إن العقد يتيح تسوية المدفوعات التجارية بين البلدين دون استخدام الدولار.",
        "وبلغت التجارة بين الدولتين في العام الماضي أربعة مليارات يورو.",
        "ومن المقرر أن يفتح مصرفان روسيان فروعا في طهران وأصفهان في يونيو.",
        "وحذر الخبراء من أن العقوبات ما زالت تعرقل الاستثمار.",
        "ووصف وزير الخارجية الصفقة بأنها خطوة في وجه الضغط الأمريكي.",
        "وتدخل الخطة حيز التنفيذ الشهر المقبل وتستمر خمس سنوات.",
    ),
    edits=(("يوم السبت", "أمس"), ("وقال إن", "وأضاف أن"), ("ما زالت", "لا تزال")),
    new_lead="هددت واشنطن يوم الاثنين بمعاقبة كل مصرف يشارك في المدفوعات بين إيران وروسيا.",
    rewrite=(
        "أبرمت إيران وروسيا معاهدة جديدة كشف عنها السبت من طهران رئيس البنك المركزي. "
        "وصار في وسع الطرفين بحسب شرحه أن يدفعا ثمن التجارة بغير الدولار. "
        "وكانت تجارتهما قد وصلت العام الماضي إلى 4 مليارات يورو. "
        "وابتداء من يونيو ستكون لبنكين من روسيا فروع في أصفهان وطهران. "
        "ونبه محللون إلى أن الاستثمارات تعيقها العقوبات كما كانت. "
        "ورأى وزير الخارجية في ذلك تحديا لضغوط الولايات المتحدة. "
        "ويبدأ تطبيق البرنامج بعد شهر لمدة 5 أعوام."
    ),
    report=(
        "وقع البنك المركزي السبت في طهران اتفاقا مع روسيا لكن تجار البازار لا ينتظرون منه شيئا. "
        "وقال بائع فستق إنه يتقاضى منذ سنوات بضائع بدل النقود من زبائنه في روسيا. "
        "أما أن المدفوعات ستكون دون الدولار فقد سمعه من المذياع. "
        "وكل ما يريده شاحنة تجتاز الجمارك في أسبوع. "
        "أما جاره بائع السجاد فينتظر عودة السياح."
    ),
    quoting=(
        "يعتزم ميناء أنزلي تعميق حوضه كي ترسو فيه سفن أكبر. {} "
        "وطلب مدير الميناء عروضا من ثلاث شركات ويصدر القرار في الخريف. "
        "وتأجل التعميق مرتين لأن المحافظة لم تجد له مالا. "
        "ويخشى السكان على البحيرة خلف الرصيف حيث تمضي طيور البجع شتاءها."
    ),
    form=(
        (
            "بلغ سعر الدولار في طهران يوم الاثنين 58200 تومان بزيادة 300 عن اليوم السابق. وبيع غرام الذهب بمبلغ "
            "3410000 تومان. وأغلق مؤشر البورصة عند 2114300 نقطة. وتحدث المتعاملون عن يوم هادئ."
        ),
        (
            "بلغ سعر الدولار في طهران يوم الثلاثاء 58900 تومان بزيادة 700 عن اليوم السابق. وبيع غرام الذهب بمبلغ "
            "3455000 تومان. وأغلق مؤشر البورصة عند 2108700 نقطة. وتحدث المتعاملون عن يوم هادئ."
        ),
    ),
    other=(
        "شوهد وشق في الجبال فوق ساري لأول مرة منذ اثني عشر شتاء. وصوره حارس من كوخه عند الفجر. "
        "وكان الحيوان راقدا على صخرة ثم رحل حين بدأ الثلج. ويريد علماء الأحياء نصب آلات تصوير."
    ),
)
FAMILIES = (ENGLISH, PERSIAN, CHINESE, ARABIC)
