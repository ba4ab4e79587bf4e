"""Every Scrapy component and its order, politeness and limits: the visible order of the house. Nothing is computed.

Values named SILKWATCH_… can also be given in the environment, which wins (see `crawler/session.py`).
"""

from __future__ import annotations

BOT_NAME = "silkwatch"
SPIDER_MODULES = ["crawler.spiders"]

# --- where things are -------------------------------------------------------------------------------------------
SILKWATCH_DB = "data/silkwatch.db"
SILKWATCH_BEAT = ""  # empty: the shipped beat
SILKWATCH_CONTACT = ""  # an address or page that site owners can turn to; it becomes part of the user agent

# --- politeness -------------------------------------------------------------------------------------------------
USER_AGENT = "Silkwatch/0.1 (news monitor)"
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Silkwatch"
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 2.0  # hosts of no source; a source's own delay is set per host by middlewares/pace.py
DOWNLOAD_DELAY_JITTER = 0.0  # a delay is a promise: jitter would halve some
# Requests that wait for their host's delay count as active: a low number would let slow hosts block fast ones.
CONCURRENT_REQUESTS = 256
CONCURRENT_ITEMS = 4  # of one response; Scrapy starts so many tasks for each response, used or not
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # candidates are unique already; a silent drop would lose one

# --- limits -----------------------------------------------------------------------------------------------------
DOWNLOAD_TIMEOUT = 40
DOWNLOAD_MAXSIZE = 12 * 1024 * 1024  # of the body as received and as decompressed
DOWNLOAD_WARNSIZE = 0
REDIRECT_MAX_TIMES = 6
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 24 * 1024 * 1024
REACTOR_THREADPOOL_MAXSIZE = 40  # name look-ups run here; a dead resolver must not queue up a whole pass
RETRY_TIMES = 2  # transient errors within a pass; everything else waits for a later pass
RETRY_GIVE_UP_LOG_LEVEL = "INFO"
STATS_DUMP = False  # the run's row tells it
SILKWATCH_RETRY_AFTER_MAX = 20.0  # seconds; a longer Retry-After waits for a later pass

# --- network ----------------------------------------------------------------------------------------------------
DOWNLOAD_VERIFY_CERTIFICATES = True
TWISTED_DNS_RESOLVER = "crawler.middlewares.address_guard.GuardedResolver"
SILKWATCH_ALLOW_PRIVATE = ""  # CIDRs, separated by commas, that may be connected to although private
SILKWATCH_FULL_FETCH_HOURS = (
    72.0  # a listing is fetched unconditionally this often, as some servers lie about changes
)
SILKWATCH_FULL_FETCH_AFTER = 30  # or after so many answers of "not modified" in a row

# --- reading ----------------------------------------------------------------------------------------------------
SILKWATCH_WORKERS = 2  # processes that read pages
SILKWATCH_PAGE_SECONDS = 30.0  # a page that takes longer is given up
SILKWATCH_WORKER_MB = 1500
SILKWATCH_LOOK = True  # False extracts every page, also those that cannot concern the beat
SILKWATCH_SITEMAP_DAYS = 14.0  # older dated entries of a sitemap are an archive, not news; 0 takes all
SILKWATCH_CHILD_SITEMAPS = 25  # sitemaps of an index that are followed in one pass

# --- components, in their order ---------------------------------------------------------------------------------
# Scrapy's own lists (…_BASE) are replaced, not amended: what is named here is all there is, and what is not named is
# not even imported (its remote control alone costs 0.15 s of every pass). Callbacks handle every status themselves,
# and listings are no linked pages: no referrer, depth or length rules.
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": 25,
}
DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}
DOWNLOADER_MIDDLEWARES = {
    "crawler.middlewares.robots.PoliteRobots": 100,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "crawler.middlewares.conditional.ConditionalListings": 450,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "crawler.middlewares.retry.TransientRetry": 550,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": 590,
    "crawler.middlewares.redirect.Redirects": 600,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": 700,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": 750,
    "crawler.middlewares.pace.Pace": 760,
    "crawler.middlewares.address_guard.AddressGuard": 770,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": 850,
}
DOWNLOAD_HANDLERS_BASE: dict[str, str] = {}
DOWNLOAD_HANDLERS = {  # no file:, ftp:, s3: or data: address is ever opened
    "http": "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler",
    "https": "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler",
}
ITEM_PIPELINES = {
    "crawler.pipelines.intake.Intake": 100,
    "crawler.pipelines.read.Reader": 200,
    "crawler.pipelines.admit.Admit": 300,
}
EXTENSIONS_BASE: dict[str, int] = {}
EXTENSIONS = {
    "scrapy.extensions.corestats.CoreStats": 0,
    "scrapy.extensions.logcount.LogCount": 0,
    "scrapy.extensions.closespider.CloseSpider": 0,
    "crawler.extensions.run_record.RunRecord": 100,
    "crawler.extensions.prompt_stop.PromptStop": 200,
}

# --- cookies and log --------------------------------------------------------------------------------------------
COOKIES_ENABLED = True  # some sites redirect for ever without the cookie they set; kept for one pass, per source
LOG_LEVEL = "INFO"
STATS_DUMP = False  # the run's row tells it
LOG_FORMATTER = "crawler.extensions.log_format.QuietFormat"
LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
LOG_DATEFORMAT = "%Y-%m-%dT%H:%M:%S%z"
