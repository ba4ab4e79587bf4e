"""What stands around agency copy, in the languages of the corpora at hand; other languages get the English."""

from __future__ import annotations

from collections.abc import Sequence

Phrases = dict[str, Sequence[str]]

DATELINES: Phrases = {
    "en": ("TEHRAN, March {day} (Agency) -- ", "BEIJING (Wire) – ", "LONDON, {day} July - "),
    "fa": ("تهران - {day} فروردین - خبرگزاری - ", "به گزارش خبرگزاری از پکن، "),
    "ar": ("طهران، {day} مارس (الوكالة) - ", "بكين - الوكالة: "),
    "zh": ("本报德黑兰3月{day}日电 ", "通讯社北京7月{day}日电(记者 李明)"),
    "ru": ("ТЕГЕРАН, {day} марта. /Агентство/. ", "ПЕКИН, {day} июля - "),
    "tr": ("TAHRAN, {day} Mart (Ajans) - ",),
    "de": ("TEHERAN, {day}. März (Agentur) - ", "Peking (dpd) - "),
    "fr": ("TÉHÉRAN, {day} mars (Agence) - ",),
    "es": ("TEHERÁN, {day} de marzo (Agencia) - ",),
}
MENUS: Phrases = {
    "en": (
        "Skip to main content | Home | World | Politics | Markets | Video | Log in",
        "Share Tweet Print Email A- A+",
    ),
    "fa": ("صفحه نخست | سیاست | اقتصاد | ورزش | عکس | فیلم", "کد خبر: 123456 چاپ اشتراک گذاری"),
    "ar": ("الرئيسية | سياسة | اقتصاد | رياضة | فيديو",),
    "zh": ("首页 新闻 国际 财经 体育 视频", "当前位置:首页 > 国际 > 正文 字号:大 中 小"),
    "ru": ("Главная | Политика | Экономика | Спорт | Видео",),
    "tr": ("Ana Sayfa | Gündem | Ekonomi | Spor | Video",),
    "de": ("Startseite | Politik | Wirtschaft | Sport | Video | Anmelden",),
    "fr": ("Accueil | Monde | Politique | Économie | Sport | Vidéos",),
    "es": ("Inicio | Mundo | Política | Economía | Deportes | Vídeos",),
}
TAILS: Phrases = {
    "en": (
        "Copyright 2026. All rights reserved. Sign up for our newsletter.",
        "Related articles: Seven things to know this weekend. Follow us on social media.",
        "(Reporting by the foreign desk; editing by Jane Doe)",
    ),
    "fa": ("انتهای پیام/", "اخبار مرتبط نظر شما چیست؟ ما را در تلگرام دنبال کنید"),
    "ar": ("جميع الحقوق محفوظة. تابعونا على فيسبوك", "اقرأ أيضا"),
    "zh": ("责任编辑:王明 版权所有 未经许可不得转载", "相关新闻 更多精彩内容请关注微信公众号"),
    "ru": ("Все права защищены. Читайте также", "Подписывайтесь на наш телеграм-канал"),
    "tr": ("Tüm hakları saklıdır. Bizi takip edin",),
    "de": ("Alle Rechte vorbehalten. Lesen Sie auch", "(red, Agentur)"),
    "fr": ("Tous droits réservés. À lire aussi",),
    "es": ("Todos los derechos reservados. Lea también",),
}
LINKS: Phrases = {
    "en": ("Read also: ", "RELATED: ", "READ MORE: "),
    "fa": ("بیشتر بخوانید: ",),
    "ar": ("اقرأ أيضا: ",),
    "zh": ("相关阅读:", "延伸阅读:"),
    "ru": ("Читайте также: ",),
    "tr": ("Ayrıca okuyun: ",),
    "de": ("Lesen Sie auch: ",),
    "fr": ("À lire aussi : ",),
    "es": ("Lea también: ",),
}
READ_MORE: Phrases = {
    "en": ("… Read more", "... Continue reading", "…"),
    "fa": ("… ادامه مطلب",),
    "ar": ("… اقرأ المزيد",),
    "zh": ("……查看全文",),
    "ru": ("… Читать далее",),
    "tr": ("… Devamını oku",),
    "de": ("… Weiterlesen",),
    "fr": ("… Lire la suite",),
    "es": ("… Leer más",),
}
CAPTION: Phrases = {
    "en": ("(Photo: Agency)", "(credit: AGENCY/JANE DOE)"),
    "fa": ("(عکس: خبرگزاری)",),
    "ar": ("(تصوير: الوكالة)",),
    "zh": ("(图片来源:通讯社)", "通讯社记者 李明 摄"),
    "ru": ("(Фото: Агентство)",),
    "tr": ("(Fotoğraf: Ajans)",),
    "de": ("(Foto: Agentur)",),
    "fr": ("(Photo : Agence)",),
    "es": ("(Foto: Agencia)",),
}
