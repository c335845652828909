"""Every setting, with its unit and its reason. Set by `-s NAME=VALUE` or the environment variable NAME.

The first part is this project's own (`NEWS_…`); the second changes Scrapy's defaults, each with a reason.
"""

import os
from collections.abc import Mapping
from typing import Any

from scrapy.settings.default_settings import DOWNLOADER_MIDDLEWARES_BASE as _SCRAPYS_MIDDLEWARES
from scrapy.settings.default_settings import EXTENSIONS_BASE as _SCRAPYS_EXTENSIONS
from scrapy.settings.default_settings import SPIDER_MIDDLEWARES_BASE as _SCRAPYS_SPIDER_MIDDLEWARES

from newscrawler import __version__


def _environment(name: str, default: Any) -> Any:
    return os.environ.get(name, default)


def _without(components: Mapping[str, int], *unused: str) -> dict[str, int]:
    """Scrapy's own components but for these. To turn one off by `None` is to have it imported: Scrapy looks which one
    is meant. A name that Scrapy doesn't know any more is a KeyError, for what it named would be on again.
    """
    kept = dict(components)
    for name in unused:
        del kept[name]
    return kept


# --- ours -----------------------------------------------------------------------------------------

NEWS_ARCHIVE = _environment("NEWS_ARCHIVE", "data/archive.db")
"""Path of the SQLite file. Relative to the folder the command runs in."""

NEWS_RAW_DIR = _environment("NEWS_RAW_DIR", "data/warc")
"""Folder of the WARC files."""

NEWS_RAW_ENABLED = _environment("NEWS_RAW_ENABLED", True)
"""Whether responses are kept as WARC records. About 25 kB a page; without them nothing can be re-read."""

NEWS_RAW_MAX_BYTES = _environment("NEWS_RAW_MAX_BYTES", 1_000_000_000)
"""Bytes. A WARC file is closed and the next begun once it is larger; 1 GB is what the tools of the field expect."""

NEWS_SEEDS_DIR = _environment("NEWS_SEEDS_DIR", "seeds")
"""Folder of the seed files: `sites/**/*.toml` and `tags/*.toml`. Without a `tags` folder the project's own is used."""

NEWS_EXTRACT_WORKERS = _environment("NEWS_EXTRACT_WORKERS", os.cpu_count() or 1)
"""Processes that read pages. 0: in the crawl's own process, without a time limit."""

NEWS_EXTRACT_TIMEOUT_S = _environment("NEWS_EXTRACT_TIMEOUT_S", 20.0)
"""Seconds a worker may take for one page before it is ended. The slowest real page needs about 0.3."""

NEWS_CLUSTER = _environment("NEWS_CLUSTER", "")
"""Address of a Dask scheduler, `tcp://host:8786`. Empty: local workers."""

NEWS_MIN_WORDS = _environment("NEWS_MIN_WORDS", 20)
"""Words in the body below which a page is a caption or a ticker line (`TooShort`).
Of 5,060 real articles of a broadcaster 0.4 % have fewer than 20 words; captions and listings have fewer too."""

NEWS_ARABIC_SHARE_MIN = _environment("NEWS_ARABIC_SHARE_MIN", 0.5)
"""Arabic letters among all letters, 0 to 1; below it a text is `NotArabic`. Nearly perfect with the next one."""

NEWS_FOREIGN_SHARE_MAX = _environment("NEWS_FOREIGN_SHARE_MAX", 0.03)
"""Letters outside the 36 of standard Arabic (پ چ گ ک ی ە …) among Arabic-script letters, 0 to 1. The 99.9th
percentile of Arabic articles is 0.005; Persian, Urdu, Pashto, Uyghur and Kurdish have 0.12 to 0.37."""

NEWS_DUPLICATE_MIN = _environment("NEWS_DUPLICATE_MIN", 0.6)
"""Jaccard similarity of folded word pairs from which an article is a near copy. From .6 on it is the same article."""

NEWS_RELATED_MIN = _environment("NEWS_RELATED_MIN", 0.35)
"""Jaccard similarity from which two articles are related: .35 to .6 mixes reports of one event with templates."""

NEWS_TAG_CONFIDENCE_MIN = _environment("NEWS_TAG_CONFIDENCE_MIN", 0.5)
"""Confidence below which a person, organisation or place is no tag, 0 to 1. A listed name has 0.8, a name found by a
rule 0.5 to 0.95 by its evidence. DECISIONS.md has what other limits find."""

NEWS_TOPIC_MODEL = _environment("NEWS_TOPIC_MODEL", "data/topics.json")
"""Path of the topic model that `scrapy tags train` makes. Without the file, articles whose section names no topic get
none."""

NEWS_REVISIT = _environment("NEWS_REVISIT", "1h 6h 1d 7d 30d")
"""When an archived article is visited again, counted from the visit before. Units s, m, h, d."""

NEWS_REVISIT_SHARE = _environment("NEWS_REVISIT_SHARE", 0.5)
"""Share of a site's article requests that may be such visits while addresses never visited wait, 0 to 1. With half,
a backlog of revisits delays news by one request each, and is itself worked off; when no news waits, nothing is held
back. 0: revisits only then."""

NEWS_BACKFILL_PAGES = _environment("NEWS_BACKFILL_PAGES", 20)
"""Listings (sitemaps, section pages, days of an archive) that a run with `mode=backfill` reads of each site; the next
one goes on from there. Twenty section pages list about 400 articles, a quarter of an hour at two seconds each."""

NEWS_CONTACT = _environment("NEWS_CONTACT", "")
"""Address or URL that goes into the user agent, so that a newspaper can complain to a person."""

NEWS_RUN_LIMIT_S = _environment("NEWS_RUN_LIMIT_S", 0.0)
"""Seconds after which a run takes up nothing more and ends as if its work were done; what is due waits for the next
one. 0: none, for runs may not overlap anyway: the lock keeps the second one out."""

NEWS_RUN_REQUESTS_MAX = _environment("NEWS_RUN_REQUESTS_MAX", 0)
"""Requests in one run, for sources, articles, robots.txt, redirects and retries alike; then it ends as after the
limit above. 0: none. For a line that is paid by volume, or a first crawl that is to be watched."""

NEWS_ALERT_URLS = _environment("NEWS_ALERT_URLS", "")
"""Where to tell that an outlet's verdict changed: apprise URLs (https://appriseit.com), separated by spaces. One
message for each run after which a verdict is another than the one last told. Empty: nobody is told."""

NEWS_KEEP = _environment("NEWS_KEEP", "400d")
"""How long every line of the ledger and every address without an article is kept; units as above, at least 60d, 0: for
ever. A year and a month: the same weeks of two years can be compared. Older lines go where a later one has the same
address, with the run's totals kept; of older addresses a hash and the outcome stay. Articles are never pruned."""

NEWS_PROGRESS = _environment("NEWS_PROGRESS", "auto")
"""`live` draws a table on the terminal, `lines` prints a line a minute, `off` prints neither.
`auto`: live on a terminal, lines elsewhere."""

NEWS_PROGRESS_EVERY_S = _environment("NEWS_PROGRESS_EVERY_S", 60.0)
"""Seconds between two progress lines where there is no terminal."""

# --- Scrapy ---------------------------------------------------------------------------------------

BOT_NAME = "newscrawler"
SPIDER_MODULES = ["newscrawler.spiders.news", "newscrawler.spiders.replay"]
SPIDER_LOADER_CLASS = "newscrawler.spiders.loader.SpidersByModule"  # imports the one that is asked for
COMMANDS_MODULE = "newscrawler.commands"

USER_AGENT = f"newscrawler/{__version__}"  # and NEWS_CONTACT, added by the spider
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "newscrawler"

SCHEDULER = "newscrawler.scheduler.FrontierScheduler"  # rows of the archive, not a queue in memory
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # the frontier's UNIQUE constraint does that

CONCURRENT_REQUESTS = 0  # no ceiling: each site's own is what binds, and a shared one lets slow sites starve others
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # where no seed says more; every request goes by its site's slot
DOWNLOAD_DELAY = 0  # each site's `delay_s` is set on its slot
CONCURRENT_ITEMS = 1  # a page has one article; the default of 100 makes 100 tasks per response

DOWNLOAD_TIMEOUT = 30  # seconds; the default of 180 lets one dead host hold a place for three minutes
DOWNLOAD_MAXSIZE = 10_000_000  # bytes; the largest real article page seen has 0.6 MB
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = True
DOWNLOAD_VERIFY_CERTIFICATES = True
URLLENGTH_LIMIT = 0  # no limit: percent-encoded Arabic slugs are longer than the default of 2083
REDIRECT_MAX_TIMES = 5
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # the ledger has it as an outcome
RETRY_TIMES = 1  # at once; later tries are the frontier's
RETRY_HTTP_CODES = [408, 500, 502, 504, 522, 524]  # not 429 and 503: they ask for a pause (middlewares/back_off.py)
COOKIES_ENABLED = False
REFERER_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False  # a local server that executes code
HTTPCACHE_ENABLED = False

DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "ar,en;q=0.3",  # with the default "en" sites answer in English
}

DOWNLOADER_MIDDLEWARES_BASE = _without(
    _SCRAPYS_MIDDLEWARES,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware",  # ours knows ports and names the outcome
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware",  # article pages that reload themselves
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware",
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware",
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware",
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware",
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware",  # off by its setting, and imports requests: 0.1 s
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware",  # off by its setting
    "scrapy.downloadermiddlewares.stats.DownloaderStats",  # extensions/traffic.py counts by site
)
DOWNLOADER_MIDDLEWARES = {
    "newscrawler.middlewares.scope.ScopeMiddleware": 50,
    "newscrawler.middlewares.private_network.PrivateNetworkMiddleware": 60,
    "newscrawler.middlewares.robots.RobotsMiddleware": 100,
    "newscrawler.middlewares.redirects.PageRedirectMiddleware": 600,
    "newscrawler.middlewares.whole_body.WholeBodyMiddleware": 990,
    "newscrawler.middlewares.whole_body.UnpackMiddleware": 590,
    "newscrawler.middlewares.back_off.BackOffMiddleware": 970,  # what it lets pass goes out
    "newscrawler.middlewares.raw_store.RawStoreMiddleware": 950,  # sees what the server sent, still compressed
    "newscrawler.middlewares.conditional.ConditionalMiddleware": 955,  # a page known by its bytes isn't kept twice
    "newscrawler.middlewares.noarchive.NoArchiveMiddleware": 960,  # before the raw store keeps anything
}

DOWNLOADER = "newscrawler.downloader.CountingDownloader"
DOWNLOAD_HANDLERS = {  # connections are kept by what a site's slot allows
    "http": "newscrawler.slots.KeptConnections",
    "https": "newscrawler.slots.KeptConnections",
}

SPIDER_MIDDLEWARES_BASE = _without(  # each is one more generator that every article goes through
    _SCRAPYS_SPIDER_MIDDLEWARES,
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware",  # marks first requests; nobody asks
    "scrapy.spidermiddlewares.referer.RefererMiddleware",  # off by its setting
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware",
    "scrapy.spidermiddlewares.depth.DepthMiddleware",  # the frontier has no depth
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware",  # for spiders that copy `meta`: ours don't
)

EXTENSIONS_BASE = _without(
    _SCRAPYS_EXTENSIONS,
    "scrapy.extensions.logstats.LogStats",
    "scrapy.extensions.remote_control.RemoteControl",  # off by its setting, and imports a web server: 0.15 s
    "scrapy.extensions.telnet.TelnetConsole",  # off by its setting: 0.04 s
)

EXTENSIONS = {
    "newscrawler.extensions.log_level.LogLevel": 0,
    "newscrawler.extensions.run_ledger.RunLedger": 10,
    "newscrawler.extensions.progress.Progress": 20,
    "newscrawler.extensions.steady.Steady": 25,  # before the stalls are watched: it holds the loop once, at the start
    "newscrawler.extensions.stalls.Stalls": 30,
    "newscrawler.extensions.warden.Warden": 35,
    "newscrawler.extensions.traffic.CountTraffic": 40,
    "newscrawler.extensions.alerts.Alerts": 50,
    "scrapy.extensions.corestats.CoreStats": 0,
    "scrapy.extensions.memusage.MemoryUsage": 0,
}

ITEM_PIPELINES = {
    "pipelines.language.LanguagePipeline": 100,
    "pipelines.dedup.DedupPipeline": 200,
    "pipelines.tag.TagPipeline": 300,
    "pipelines.archive.ArchivePipeline": 400,
}

FEED_EXPORT_ENCODING = "utf-8"  # or Arabic becomes \\uXXXX
LOG_LEVEL = _environment("LOG_LEVEL", "WARNING")  # what a person must see; with INFO, a line for every page
LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
LOG_DATEFORMAT = "%Y-%m-%d %H:%M:%S"
ASYNCIO_EVENT_LOOP = _environment("ASYNCIO_EVENT_LOOP", None if os.name == "nt" else "uvloop.Loop")
