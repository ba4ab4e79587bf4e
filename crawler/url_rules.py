"""What is known of the spelling of addresses, as data: parameters that follow readers, variants, redirectors.

Each entry was met in feeds, sitemaps or share links of news sites. A name that may also identify an article is
listed as ambiguous: it is dropped only when its value cannot be an identifier. What is not listed is kept, since a
wrong merge of two addresses is worse than a missed one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VARIANT_LABELS = frozenset(
    ["www", "www1", "www2", "www3", "m", "mobile", "mobil", "mob", "amp", "wap", "touch", "3g", "pda"]
)
"""Host labels that name a rendering of a site and not another site."""

BLOG_SERVICES = (
    "wordpress.com", "tumblr.com", "substack.com", "medium.com", "livejournal.com", "typepad.com", "over-blog.com",
    "blogfa.com", "blog.ir", "mihanblog.com", "persianblog.ir",
)  # fmt: skip
"""Services that the public suffix list leaves out: each blog is a publisher."""

# --- parameters ---------------------------------------------------------------------------------------------------

TRACKING_PREFIXES = (
    "utm_", "utm-", "at_", "itm_", "mtm_", "matomo_", "piwik_", "hsa_", "_hs", "__hs", "gad_", "guce_", "sfmc_",
    "amp_", "wt.", "wt_mc", "wt_zmc", "aspsession", "bsft_", "__twitter", "_branch", "spm_",
)  # fmt: skip
"""Long enough that no site means its own numbers: `pk_`, `ns_` or `wt_` would also swallow pk_no and ns_id."""

TRACKING = _words(
    """
    fbclid gclid gclsrc dclid msclkid twclid ttclid yclid ysclid igshid igsh wbraid gbraid srsltid epik dicbo tblci
    tblclid rb_clickid li_fat_id s_kwcid ef_id ob_click_id oborigurl gad _ga _gl _ke _gac _r usqp
    cmpid cmp_id icid intcid icmp ico ito ocid ncid nlid ftag smid smtyp smprod sref srcref srnd xtor xtref xtcr scm
    mbid cndid esrc emailid emc emci emdi ceid recirc taid tpcc itid pcampaign link_source jwsource
    isappinstalled nsukey chksm sharefrom share_from share_id shareid share_token shared sharetype share_type
    traffic_source trk trkcampaign trackingid tracking guccounter sr_share hootpostid sthisfb wprov
    ref_ ref_src ref_url ref_source referer referrer reflink refsrc rss rssfeed isrss fromrss from_rss utm
    hpt iref campaign_id campaignid newsletter nlsource outbrain cachebuster nocache cache_bust no_cache rnd rand
    pk_campaign pk_kwd pk_source pk_medium pk_content pk_cid mc_cid mc_eid oly_enc_id oly_anon_id vero_conv vero_id
    ns_mchannel ns_source ns_campaign ns_linkname ns_fee ga_source ga_medium ga_term ga_content ga_campaign ga_place
    fb_action_ids fb_action_types fb_ref fb_source fb_comment_id fb_news_token mkt_tok soc_src soc_trk spm _openstat
    __cf_chl_tk __cf_chl_rt_tk
    maca intcmp index_ref oref sdsrc srcref replytocom feedtype feedname cx_click nlayer
    dm_source dm_medium dm_campaign wpisrc wpmm hpid rref ribbon-ad-idx contentcollection contentplacement clicksource
    unlocked_article_code accesstoken leadsource sharetoken reflink ftcamp segmentid
    hsctatracking hss_channel link_location mibextid cm_mmc cm_ven cm_cat cm_pla cm_ite cm_sp cm_re
    intlink_from_url intlink_ts rfunc pgtype
    tt_from share_did share_uid clickfrom sudaref retcode pgv_ref _trans_ wfr bd_vid xhsshare
    """
)

AMBIGUOUS = _words(
    """
    from ref refid linkid src source origin via cmp cid campaign medium partner share sh feature platform scene nl
    s_cid icn rm
    """
)
"""Mostly tracking; kept when the value may be an identifier: three digits in a row and no word of four letters."""

NUMBERED = _words("cid tid iid mod")
"""Tracking for some sites and an article's number for others: a value of digits only is kept, however short."""

COMPANIONS: Mapping[str, frozenset[str]] = {
    "rfunc": _words("cre mod loc r tj tr doct"),
    "pgtype": _words("action module region version surface block index name type"),
    "__biz": _words(
        "scene key ascene uin devicetype pass_ticket winzoom subscene sessionid clicktime enterid version lang"
    ),
    "reflink": _words("st"),
    "wfr": _words("for"),
    "share": _words("nb"),
}
"""Names that say nothing when the parameter they are listed under stands beside them, and may identify otherwise."""

TRACKING_VALUES = _words(
    """
    rss rss2 rssfeed rss_feed rss-feed feed atom newsletter twitter facebook telegram whatsapp linkedin googlenews
    google_news copylink singlemessage timeline groupmessage
    """
)
"""A value that says by which way the reader came, whatever the parameter is called."""

SESSION = re.compile(r"(?:jsession|phpsess|session_?|aspsession\w*|oscs|zen|sess)id|aspsession\w*|cfid|cftoken", re.I)
OPAQUE_SESSION = frozenset({"sid", "ticket", "token", "sess", "session"})
OPAQUE = re.compile(r"[\w.~-]{16,}", re.ASCII)
"""Session ids when their value is a long random string; one with slashes names a place (`sid=05/11/19/2010223`)."""

PRINT_NAMES = _words(
    """
    print printable printer printerfriendly printer_friendly printversion print_version printmode printview printpage
    isprint toprint forprint pfstyle bprint
    """
)
AMP_NAMES = frozenset({"amp", "isamp", "amphtml", "is_amp", "ampmode"})
MOBILE_NAMES = frozenset({"mobile", "ismobile", "is_mobile", "mobileview", "nomobile", "mobile_view"})
WHOLE_NAMES = frozenset({"singlepage", "single_page", "fullpage", "onepage", "showall"})
VARIANT_VALUES = frozenset({"amp", "all-amp", "valve-amp", "print", "printable", "printer", "mobile"})
"""Values that ask for a rendering: outputType=amp, view=print, device=mobile."""
VARIANT_VALUE_NAMES = _words(
    """
    outputtype output service view mode format type tmpl layout action device version platform display site style
    template task page pagewanted
    """
)
PAGE_NAMES = frozenset({"page", "seite", "pagina", "pagewanted", "pg"})
FIRST_OR_WHOLE = frozenset({"0", "1", "all"})
"""Page numbers that stand for the article itself; page 2 is kept."""

LANGUAGE_NAMES = frozenset({"lang", "language", "locale", "hl", "edition", "region", "country", "l"})

# --- paths --------------------------------------------------------------------------------------------------------

VARIANT_SEGMENTS = _words(
    """
    amp amphtml amp.html print printable print.html printversion print-version print_version printview print-page
    printpage printerfriendly printer-friendly
    """
)
VARIANT_SUFFIX = re.compile(r"(?:[.,](?:amp|print)|(?<=\d)[-_]print)(?=\.(?:s?html?|php|aspx?)$|$)")
INDEX_FILE = re.compile(r"(?:index|default)\.(?:x?html?|shtml|php\d?|aspx?|jsp|cfm|do)", re.I)
PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid|sessionid|_yl[tcuv])=[^/;]*", re.I)
GLUED = re.compile(r"&(?:amp;)?(?:utm_[a-z]+|fbclid|gclid)=.*", re.I | re.DOTALL)
"""Tracking parameters that somebody appended to an address without a question mark."""
COOKIELESS = re.compile(r"\((?:[A-Z]\([0-9a-z]+\))+\)", re.I)
"""ASP.NET keeps a session in the path: /(S(lit3py55t21z5v55vlm25s55))/"""

HOME_WORDS = _words(
    "home index main default frontpage front-page homepage home-page portal start startseite inicio accueil"
)
LISTING_SEGMENTS = _words(
    """
    tag tags category categories cat author authors topic topics keyword keywords search login
    signin sign-in signup register subscribe subscription subscriptions newsletters account about about-us aboutus
    contact contact-us contactus members profile privacy privacy-policy terms terms-of-use terms-of-service
    cookies cookie-policy advertise advertising careers jobs faq help rss feed feeds sitemap
    wp-login.php wp-admin cart shop podcasts
    """
)
"""Path segments under which no article lives."""

MEDIA_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|bmp|tiff?|avif|mp[34]|m4[av]|mov|avi|wmv|flv|mkv|webm|og[agv]|wav|aac|wma|pdf|"
    r"docx?|xlsx?|pptx?|zip|rar|7z|gz|tar|exe|apk|dmg|css|js|json|xml|rss|atom|rdf|opml|ics|m3u8?|torrent|epub)$",
    re.I,
)
"""The last path segment of what is never an HTML article."""

# --- redirectors --------------------------------------------------------------------------------------------------

REDIRECT_SEGMENT = re.compile(
    r"\w*redir\w*|\w*click\w*|clck|away|outbound|outgoing|exit|jump|leave|linkfilter|safelinks?|url|out|go|goto|"
    r"links?|l|r|u|share|sharer|intent|tweet|track|tracking|forward|fwd|visit",
    re.I,
)
REDIRECT_LABEL = re.compile(
    r"\w*redir\w*|\w*clicks?|l|lm|r|t|go|out|exit|track|tracking|trk|links?|away|anon\w*|nullrefer|href|"
    r"\w+\.safelinks",
    re.I,
)
REDIRECT_NAMES = (
    "url", "u", "q", "z", "target", "dest", "destination", "redirect", "redirect_url", "redirect_to", "redirecturl",
    "redir", "link", "to", "goto", "rurl", "ru", "out", "href", "adurl", "uri", "murl", "page_url", "desturl", "st",
)  # fmt: skip
AMP_CACHES = ("cdn.ampproject.org", "cdn.ampproject.net", "ampproject.net", "bing-amp.com")
AMP_VIEWERS = re.compile(r"(?:www\.|news\.)?(?:google(?:\.[a-z]{2,3}){1,2}|bing\.com)")
ARCHIVES = re.compile(r"(?:web|wayback)\.archive\.org")
ESCAPED_FRAGMENT = "_escaped_fragment_"
"""How crawlers asked for the hashbang routes of script applications: what it says stands behind `#!`."""

# --- articles -----------------------------------------------------------------------------------------------------

LANGUAGES = _words(
    """
    ar az be bg bn bs ca cs da de el en eo es et eu fa fi fr gl he hi hr hu hy id is it ja ka kk km ko ku ky lt lv mk
    ml mn ms my ne nl no pa pl ps pt ro ru sd si sk sl sq sr sv sw ta te tg th tk tl tr uk ur uz vi zh cn jp
    eng rus ara arb arm hye fas per far chi zho fra fre ger deu spa tur kor jpn heb ukr
    """
)
"""Language codes as sites write them in paths and host labels (cn and jp are countries, used as languages; of three
letters only those met)."""

LISTING_NAMES = _words("page paged pg cat category tag tags s q search query start offset limit sort order")
"""Parameters of listings and searches: their numbers identify no article."""

IDS_OF_OTHERS = _words(
    """
    siteid site_id catid cat_id categoryid category_id sectionid section_id topicid tagid userid user_id uid authorid
    author_id appid app_id clientid client_id campid adid ad_id sessionid community_id languageid langid pageid menuid
    menu_id boardid forumid parentid areaid regionid cpid subid refid memberid
    """
)
"""Parameters whose number is that of a section, a reader, a program."""

KINDS_WITH_OWN_NUMBERS = _words(
    "video videos photo photos picture pictures gallery galleries audio podcast user users forum thread live"
)
"""Sites number these apart from their articles."""
