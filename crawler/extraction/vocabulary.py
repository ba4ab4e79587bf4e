"""The words that pages use: names of fields and elements, and what newsrooms print around articles in many languages.

Data, in one place; the modules that read pages say what each list is used for.
"""

from __future__ import annotations

import re


def words(text: str) -> tuple[str, ...]:
    """The words of a text, separated by white space."""
    return tuple(text.split())


def one_of(lines: str) -> str:
    """A regular expression for any of the patterns that stand one a line or separated by two spaces."""
    patterns = [part.strip() for line in lines.strip().splitlines() for part in re.split(r"\s{2,}", line.strip())]
    return f"(?:{'|'.join(filter(None, patterns))})"


ARTICLE_TYPES = frozenset(
    words("""
    Article NewsArticle AnalysisNewsArticle AskPublicNewsArticle BackgroundNewsArticle OpinionNewsArticle
    ReportageNewsArticle ReviewNewsArticle SatiricalArticle AdvertiserContentArticle BlogPosting LiveBlogPosting
    SocialMediaPosting Report TechArticle ScholarlyArticle Review VideoObject
    """)
)
PAGE_TYPES = frozenset(words("WebPage ItemPage AboutPage MedicalWebPage Webpage"))
LIST_TYPES = frozenset(words("CollectionPage SearchResultsPage"))
OTHER_TYPES = frozenset(words("Product ProfilePage DiscussionForumPosting QAPage JobPosting Recipe FAQPage"))
"""schema.org types: of articles, of pages as such, of lists, and of pages that are neither."""

OTHER_KINDS = words("product profile music book restaurant place")
"""Beginnings of `og:type` of pages that are no articles."""

TITLE_META = words("og:title twitter:title dc.title dcterms.title title headline sailthru.title")
AUTHOR_META = words("""
    author article:author dc.creator dcterms.creator parsely-author sailthru.author byl citation_author
    article:author_name rbauthors weibo:article:author
""")
PUBLISHED_META = words("""
    article:published_time og:article:published_time og:published_time article:published datepublished
    originalpublicationdate article_date_original rnews:datepublished parsely-pub-date sailthru.date
    cxenseparse:recs:publishtime shareaholic:article_published_time bt:pubdate dcsext.articlefirstpublished
    article:post_date article:create_at apub:time publishdate publish-date publish_date pubdate pub_date ptime
    publication_date publication-date published-date date_published datecreated dc.date.issued dcterms.issued
    dc.date.created dcterms.created dcterms.date dc.date prism.publicationdate citation_publication_date
    citation_online_date og:release_date displaydate created creation_date date timestamp weibo:article:create_at
""")
MODIFIED_META = words("""
    article:modified_time og:article:modified_time og:updated_time article:modified datemodified lastmod
    last-modified dcterms.modified dc.date.modified modified_date updated_time
""")
"""Names of meta elements, the most trusted first."""

BODY_KEYS = frozenset(
    words("""
    articlebody body bodyhtml body_html content contenthtml content_html text fulltext full_text html storybody
    articlecontent article_content detail maintext rawcontent richtext rich_text
    """)
)
"""Keys under which the data of script-rendered pages carry an article's text."""

NO_TEXT = words("""
    script style noscript template svg math iframe object embed canvas audio video input select textarea link meta
    datalist source map picture time head
""")
INLINE = frozenset(
    words("""
    a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd mark nobr q s samp small span strike
    strong sub sup time tt u var wbr
    """)
)
WITHIN_TEXT = frozenset(
    words("p span font blockquote li a b strong em i u s small big center pre q h1 h2 h3 h4 h5 h6 ul ol sup sub")
)
"""Elements: without text of their own, of running text, and below which no article's frame is looked for."""

NOISE_LINES = one_of("""
    advertisement  skip advertisement  anzeige  werbung  publicidad  publicité  pubblicità  reklama?  реклама  広告
    광고  广告  廣告  تبلیغات  إعلان  reklam  iklan  (?:story|article) continues below(?: advertisement)?  loading
""")
ENDING_LINES = one_of(r"""
    (?:\d+ )?comments?  kommentare  commentaires  comentarios  comentários  commenti  комментарии  评论  評論
    发表评论  文章评论  コメント  댓글  نظرات  التعليقات  yorumlar
    share(?: this)?(?: article| story)?  teilen  partager  compartir  分享  分享到
    related(?: (?:articles?|stories|topics|content|posts?|news|coverage|links))?  you (?:may|might) also like
    more on this(?: story| topic)?  read (?:more|next|also)  see also  top stories  mehr zum thema  lesen sie auch
    auch interessant  (?:à|a) lire aussi  sur le même sujet  te puede interesar  lea también  leia também
    leggi anche  相关(?:阅读|新闻|报道|文章|内容|链接)  相關(?:新聞|文章)  延伸閱讀  延伸阅读  関連記事  관련\s?기사
    читайте также  مطالب مرتبط  بیشتر بخوانید  اقرأ أيضا  ilgili haberler
""")
INVITATIONS = one_of(r"""
    (?:click here to )?(?:subscribe to|sign up (?:for|to))  follow (?:us|him|her|them) on
    follow .{2,40} on (?:twitter|facebook|instagram)  join our  get the latest .{0,40}(?:inbox|newsletter)
""")
"""Whole lines around articles: labels of advertisements; headings that lead on; invitations."""

CHALLENGES = one_of(r"""
    just a moment  attention required  checking your browser  ddos[- ]guard  are you a robot  are you human
    verify you are  pardon our interruption  access to this page has been denied  security check
    human verification  bot verification  request unsuccessful\. incapsula  安全验证  人机验证  访问验证  滑动验证
    проверка браузера  вы не робот
""")
CONSENTS = one_of(r"""
    before you continue  your privacy choices  we value your privacy  privacy settings
    cookie (?:consent|settings|policy)  we use cookies  einwilligung  zustimmung  datenschutz-?einstellungen
    vos choix (?:concernant|relatifs)  consent
""")
LOGINS = one_of("""
    log ?in  sign ?in  login  anmelden  einloggen  connexion  se connecter  iniciar sesión  登录  登入  ورود
    تسجيل الدخول  вход
""")
ERRORS = one_of(r"""
    ^\W*(?:error\W*)?(?:40[34]|410|50[0234])\b
    (?:page|article|file|document|content) (?:was |is |could )?not (?:be )?found
    page (?:you (?:are|were) looking for|no longer|does not|doesn.t)  internal server  service unavailable
    bad gateway  access denied  forbidden  temporarily unavailable  site maintenance  under maintenance  not found$
    seite (?:wurde )?nicht gefunden  page introuvable  página no encontrada  página não encontrada
    pagina non trovata  страница не найдена  ошибка 404  页面不存在  页面没有找到  找不到(?:该)?(?:页面|网页)
    頁面不存在  无法访问  您访问的页面  صفحه (?:مورد نظر )?(?:شما )?(?:یافت نشد|پیدا نشد|موجود نیست)
    الصفحة غير موجودة  sayfa bulunamadı  ページが見つかりません
""")
"""What stands in titles, or texts, of pages that took the article's place."""
