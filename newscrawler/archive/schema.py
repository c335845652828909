"""The tables, as migrations: one function per change, never edited once released.

STRICT tables; times are UTC, ISO 8601 with seconds and `Z`, so that they sort as text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newscrawler.archive.migrating import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID: Final = 0x4E415257
"""`PRAGMA application_id` of every archive: tells ours from other SQLite files."""

migrations = Migrations("newscrawler")


def _run(db: Database, script: str) -> None:
    """Each statement by itself: `executescript` would commit the migration's transaction."""
    for statement in script.split(";\n\n"):
        if statement.strip():
            db.execute(statement)


@migrations()
def m0001_articles_and_what_surrounds_them(db: Database) -> None:
    """Sites, sources, runs, captures, articles and their copies, older states, tags and relations."""
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    _run(
        db,
        """
CREATE TABLE sites (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    name_en TEXT,
    country TEXT NOT NULL,
    kind TEXT NOT NULL,
    home TEXT NOT NULL,
    timezone TEXT NOT NULL,
    status TEXT NOT NULL,
    first_seen_at TEXT NOT NULL,
    last_crawled_at TEXT
) STRICT;

CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    site TEXT NOT NULL REFERENCES sites(id),
    kind TEXT NOT NULL,
    url TEXT NOT NULL,
    section TEXT,
    parent_id INTEGER REFERENCES sources(id),
    polls INTEGER NOT NULL DEFAULT 0,
    last_polled_at TEXT,
    last_status TEXT,
    last_detail TEXT,
    last_links INTEGER,
    last_new INTEGER,
    etag TEXT,
    last_modified TEXT,
    body_hash TEXT,
    UNIQUE (site, url)
) STRICT;

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    state TEXT NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'finished', 'stopped', 'interrupted')),
    spider TEXT NOT NULL,
    arguments TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(arguments)),
    pid INTEGER NOT NULL,
    version TEXT NOT NULL,
    taken_up INTEGER NOT NULL DEFAULT 0,
    ended INTEGER NOT NULL DEFAULT 0,
    exit_code INTEGER,
    problems TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(problems))
) STRICT;

CREATE TABLE captures (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL,
    requested_url TEXT NOT NULL,
    site TEXT NOT NULL REFERENCES sites(id),
    run_id INTEGER REFERENCES runs(id),
    fetched_at TEXT NOT NULL,
    status INTEGER NOT NULL,
    content_type TEXT,
    file TEXT NOT NULL,
    offset INTEGER NOT NULL,
    length INTEGER NOT NULL,
    sha256 TEXT NOT NULL
) STRICT;

CREATE INDEX captures_url ON captures (url, fetched_at);

CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    site TEXT NOT NULL REFERENCES sites(id),
    section TEXT,
    title TEXT NOT NULL,
    standfirst TEXT,
    text TEXT NOT NULL,
    authors TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(authors)),
    agency TEXT,
    published_at TEXT,
    published_raw TEXT,
    published_from TEXT,
    modified_at TEXT,
    image_url TEXT,
    keywords TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(keywords)),
    language TEXT NOT NULL,
    words INTEGER NOT NULL,
    original_id INTEGER REFERENCES articles(id),
    state TEXT NOT NULL DEFAULT 'live' CHECK (state IN ('live', 'withdrawn')),
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    changed_at TEXT,
    capture_id INTEGER REFERENCES captures(id),
    extractor TEXT NOT NULL,
    provenance TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(provenance)),
    content_hash TEXT NOT NULL,
    search_text TEXT NOT NULL
) STRICT;

CREATE INDEX articles_site_published ON articles (site, published_at);

CREATE INDEX articles_published ON articles (published_at);

CREATE INDEX articles_section ON articles (section);

CREATE INDEX articles_language ON articles (language);

CREATE INDEX articles_content_hash ON articles (content_hash);

CREATE INDEX articles_original ON articles (original_id) WHERE original_id IS NOT NULL;

CREATE TABLE copies (
    url TEXT PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id),
    site TEXT NOT NULL REFERENCES sites(id),
    title TEXT NOT NULL,
    published_at TEXT,
    seen_at TEXT NOT NULL,
    capture_id INTEGER REFERENCES captures(id)
) STRICT;

CREATE INDEX copies_article ON copies (article_id);

CREATE TABLE revisions (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id),
    seen_at TEXT NOT NULL,
    title TEXT NOT NULL,
    standfirst TEXT,
    text TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    capture_id INTEGER REFERENCES captures(id)
) STRICT;

CREATE INDEX revisions_article ON revisions (article_id);

CREATE TABLE tags (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'organisation', 'place', 'topic', 'keyword')),
    name TEXT NOT NULL,
    UNIQUE (kind, name)
) STRICT;

CREATE TABLE article_tags (
    article_id INTEGER NOT NULL REFERENCES articles(id),
    tag_id INTEGER NOT NULL REFERENCES tags(id),
    source TEXT NOT NULL,
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    mentions INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (article_id, tag_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX article_tags_tag ON article_tags (tag_id, article_id);

CREATE TABLE related (
    article_id INTEGER NOT NULL REFERENCES articles(id),
    other_id INTEGER NOT NULL REFERENCES articles(id),
    similarity REAL NOT NULL,
    PRIMARY KEY (article_id, other_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX related_other ON related (other_id);

CREATE TABLE takedowns (
    url TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT
""",
    )


@migrations()
def m0002_frontier_and_ledger(db: Database) -> None:
    """Every discovered address before it is requested, and how each visit ended."""
    _run(
        db,
        """
CREATE TABLE frontier (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    site TEXT NOT NULL REFERENCES sites(id),
    source_id INTEGER REFERENCES sources(id),
    title TEXT,
    section TEXT,
    published TEXT,
    lastmod TEXT,
    discovered_at TEXT NOT NULL,
    due_at TEXT,
    taken_run INTEGER,
    tries INTEGER NOT NULL DEFAULT 0,
    visits INTEGER NOT NULL DEFAULT 0,
    outcome TEXT,
    detail TEXT,
    ended_at TEXT,
    article_id INTEGER REFERENCES articles(id)
) STRICT;

CREATE INDEX frontier_due ON frontier (site, due_at) WHERE due_at IS NOT NULL;

CREATE TABLE outcomes (
    run_id INTEGER NOT NULL REFERENCES runs(id),
    url TEXT NOT NULL,
    site TEXT NOT NULL REFERENCES sites(id),
    outcome TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '',
    notes TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(notes)),
    article_id INTEGER REFERENCES articles(id),
    capture_id INTEGER REFERENCES captures(id),
    at TEXT NOT NULL,
    PRIMARY KEY (run_id, url)
) STRICT, WITHOUT ROWID;

CREATE INDEX outcomes_url ON outcomes (url)
""",
    )


@migrations()
def m0003_signatures_for_near_copies(db: Database) -> None:
    """MinHash signatures with their algorithm and version, and their bands for look-up."""
    _run(
        db,
        """
CREATE TABLE signatures (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id),
    algorithm TEXT NOT NULL,
    signature BLOB NOT NULL
) STRICT;

CREATE TABLE bands (
    key INTEGER NOT NULL,
    article_id INTEGER NOT NULL REFERENCES articles(id),
    PRIMARY KEY (key, article_id)
) STRICT, WITHOUT ROWID
""",
    )


@migrations()
def m0004_search(db: Database) -> None:
    """FTS5 over the folded `search_text`, kept in step by triggers; `meta` remembers how it was folded."""
    _run(
        db,
        """
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE articles_fts USING fts5 (
    search_text,
    content = 'articles',
    content_rowid = 'id',
    tokenize = 'unicode61'
);

CREATE TRIGGER articles_fts_insert AFTER INSERT ON articles BEGIN
    INSERT INTO articles_fts (rowid, search_text) VALUES (new.id, new.search_text);
END;

CREATE TRIGGER articles_fts_delete AFTER DELETE ON articles BEGIN
    INSERT INTO articles_fts (articles_fts, rowid, search_text) VALUES ('delete', old.id, old.search_text);
END;

CREATE TRIGGER articles_fts_update AFTER UPDATE OF search_text ON articles
WHEN old.search_text <> new.search_text BEGIN
    INSERT INTO articles_fts (articles_fts, rowid, search_text) VALUES ('delete', old.id, old.search_text);
    INSERT INTO articles_fts (rowid, search_text) VALUES (new.id, new.search_text);
END
""",
    )


@migrations()
def m0005_edits_and_disappearances(db: Database) -> None:
    """What kind of edit ended an older state, when pages disappeared and came back, and validators of pages."""
    _run(
        db,
        """
ALTER TABLE revisions ADD COLUMN replaced_at TEXT;

ALTER TABLE revisions ADD COLUMN kind TEXT CHECK (kind IN ('headline', 'correction', 'addition', 'rewrite'));

ALTER TABLE revisions ADD COLUMN words_changed INTEGER;

ALTER TABLE copies ADD COLUMN agency TEXT;

ALTER TABLE frontier ADD COLUMN etag TEXT;

ALTER TABLE frontier ADD COLUMN last_modified TEXT;

ALTER TABLE frontier ADD COLUMN body_hash TEXT;

CREATE TABLE withdrawals (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id),
    withdrawn_at TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('not-found', 'gone', 'legal', 'redirected', 'emptied')),
    detail TEXT NOT NULL DEFAULT '',
    capture_id INTEGER REFERENCES captures(id),
    returned_at TEXT
) STRICT;

CREATE INDEX withdrawals_article ON withdrawals (article_id)
""",
    )


@migrations()
def m0006_tags_know_their_list(db: Database) -> None:
    """What the page itself names, with which lists an article was tagged, and what a tag is called in English."""
    _run(
        db,
        """
ALTER TABLE articles ADD COLUMN mentions TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(mentions));

ALTER TABLE articles ADD COLUMN tagged_with TEXT;

ALTER TABLE tags ADD COLUMN name_en TEXT;

ALTER TABLE tags ADD COLUMN country TEXT
""",
    )


@migrations()
def m0007_runs_know_their_worst_stall(db: Database) -> None:
    """How long the crawl's loop stood still at worst, and in which line."""
    _run(
        db,
        """
ALTER TABLE runs ADD COLUMN worst_stall_ms INTEGER;

ALTER TABLE runs ADD COLUMN worst_stall_in TEXT
""",
    )


@migrations()
def m0008_indices_for_revisits(db: Database) -> None:
    """Rows never visited are found among any number that are due again (28 ms with 100,000 of them, now 0.03); an
    article's addresses are found at all; and an article is gone once at a time.
    """
    _run(
        db,
        """
CREATE INDEX frontier_turn ON frontier (site, (visits > 0), due_at) WHERE due_at IS NOT NULL;

DROP INDEX frontier_due;

CREATE INDEX frontier_article ON frontier (article_id) WHERE article_id IS NOT NULL;

CREATE UNIQUE INDEX withdrawals_open ON withdrawals (article_id) WHERE returned_at IS NULL
""",
    )


@migrations()
def m0009_outcomes_by_site_and_time(db: Database) -> None:
    """An outlet's outcomes of some days: the keeper's page compares each with its past (cut off after 1 s among
    620,000 outcomes, now 0.15 s).
    """
    db.execute("CREATE INDEX outcomes_site_at ON outcomes (site, at, outcome)")


@migrations()
def m0010_articles_for_counting(db: Database) -> None:
    """What the search page counts and sorts by, 55 bytes an article in one place: the articles' own rows lie scattered
    over the whole file. Beside 100,000 articles a word that all of them have was counted by outlet in 120 ms, now in
    50; its newest 20 were found in 216 ms, now in 26.
    """
    db.execute("CREATE INDEX articles_facets ON articles (id, site, section, language, published_at, original_id)")


@migrations()
def m0011_polling_and_backfill(db: Database) -> None:
    """When each source's turn is and what that goes by; which addresses only a backfill visits; and what a backfill
    still has to read.
    """
    _run(
        db,
        """
ALTER TABLE sources ADD COLUMN due_at TEXT;

ALTER TABLE sources ADD COLUMN interval_s INTEGER CHECK (interval_s > 0);

ALTER TABLE sources ADD COLUMN rate REAL NOT NULL DEFAULT 0 CHECK (rate >= 0);

ALTER TABLE sources ADD COLUMN peak_rate REAL NOT NULL DEFAULT 0 CHECK (peak_rate >= 0);

ALTER TABLE sources ADD COLUMN read_at TEXT;

ALTER TABLE sources ADD COLUMN full_at TEXT;

ALTER TABLE sources ADD COLUMN listed INTEGER NOT NULL DEFAULT 0 CHECK (listed >= 0);

ALTER TABLE sources ADD COLUMN listing_hash TEXT;

ALTER TABLE sources ADD COLUMN failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0);

ALTER TABLE sources ADD COLUMN open_since TEXT;

ALTER TABLE sources ADD COLUMN lastmod TEXT;

ALTER TABLE sources ADD COLUMN depth INTEGER NOT NULL DEFAULT 0 CHECK (depth >= 0);

ALTER TABLE sources ADD COLUMN stamps INTEGER NOT NULL DEFAULT 0 CHECK (stamps IN (0, 1));

CREATE INDEX sources_due ON sources (site, due_at) WHERE due_at IS NOT NULL;

ALTER TABLE frontier ADD COLUMN backfilled INTEGER NOT NULL DEFAULT 0 CHECK (backfilled IN (0, 1));

CREATE TABLE backfill (
    id INTEGER PRIMARY KEY,
    site TEXT NOT NULL REFERENCES sites(id),
    root TEXT NOT NULL,
    kind TEXT NOT NULL,
    url TEXT NOT NULL,
    section TEXT,
    depth INTEGER NOT NULL DEFAULT 0 CHECK (depth >= 0),
    day TEXT,
    after_hash TEXT,
    tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
    done_at TEXT,
    status TEXT,
    detail TEXT,
    links INTEGER,
    new INTEGER,
    UNIQUE (site, url)
) STRICT;

CREATE INDEX backfill_waiting ON backfill (site, day) WHERE done_at IS NULL
""",
    )


@migrations()
def m0012_health(db: Database) -> None:
    """What each run gave for each site and the verdict after it, which verdict was told last, addresses that were
    forgotten, and how far a run's lines were pruned.
    """
    _run(
        db,
        """
CREATE TABLE health (
    run_id INTEGER NOT NULL REFERENCES runs(id),
    site TEXT NOT NULL REFERENCES sites(id),
    at TEXT NOT NULL,
    verdict TEXT NOT NULL
        CHECK (verdict IN ('healthy', 'quiet', 'broken-extraction', 'blocked', 'unreachable', 'moved')),
    reason TEXT NOT NULL CHECK (json_valid(reason)),
    since TEXT NOT NULL,
    seen TEXT CHECK (seen IN ('healthy', 'quiet', 'broken-extraction', 'blocked', 'unreachable', 'moved')),
    polled INTEGER NOT NULL,
    discovered INTEGER NOT NULL,
    archived INTEGER NOT NULL,
    revised INTEGER NOT NULL,
    copies INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    errors INTEGER NOT NULL,
    outcomes TEXT NOT NULL CHECK (json_valid(outcomes)),
    requests INTEGER NOT NULL,
    answers INTEGER NOT NULL,
    latency_ms INTEGER,
    latency_p90_ms INTEGER,
    read INTEGER NOT NULL,
    unread INTEGER NOT NULL,
    crashed INTEGER NOT NULL,
    dated INTEGER NOT NULL,
    sectioned INTEGER NOT NULL,
    authored INTEGER NOT NULL,
    words INTEGER,
    new_day INTEGER NOT NULL,
    usual_new REAL,
    PRIMARY KEY (run_id, site)
) STRICT, WITHOUT ROWID;

CREATE INDEX health_site ON health (site, run_id);

ALTER TABLE sites ADD COLUMN verdict_told TEXT;

ALTER TABLE runs ADD COLUMN pruned INTEGER NOT NULL DEFAULT 0;

CREATE TABLE forgotten (
    key INTEGER PRIMARY KEY,
    ended INTEGER NOT NULL,
    outcome TEXT NOT NULL
) STRICT;

CREATE INDEX frontier_discovered ON frontier (discovered_at)
""",
    )


@migrations()
def m0013_hosts_that_asked_us_to_wait(db: Database) -> None:
    """Until when a host wants no request, over all runs; and what a run has to say that isn't a problem."""
    _run(
        db,
        """
CREATE TABLE hosts (
    host TEXT PRIMARY KEY,
    back_off_until TEXT NOT NULL,
    reason TEXT NOT NULL,
    refusals INTEGER NOT NULL CHECK (refusals > 0),
    refused_at TEXT NOT NULL
) STRICT;

ALTER TABLE runs ADD COLUMN remarks TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(remarks))
""",
    )


@migrations()
def m0014_runs_have_a_name_of_their_own(db: Database) -> None:
    """By which a run is known again in another archive, where it has another number; and captures by their place, which
    is the same in every archive. Merging looks each up: without the index a million of them are read for every one.
    """
    _run(
        db,
        """
ALTER TABLE runs ADD COLUMN uid TEXT;

UPDATE runs SET uid = started_at || '-' || pid || '-' || id;

CREATE UNIQUE INDEX runs_uid ON runs (uid);

CREATE INDEX captures_place ON captures (file, offset)
""",
    )
    db.execute(  # by itself: `_run` cuts at every semicolon before an empty line
        """CREATE TRIGGER runs_uid_given AFTER INSERT ON runs WHEN new.uid IS NULL BEGIN
               UPDATE runs SET uid = lower(hex(randomblob(8))) WHERE id = new.id;
           END"""
    )
