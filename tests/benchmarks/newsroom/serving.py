"""The newspaper on 127.0.0.1: nginx where it is installed, else a small server of our own; always another process."""

from __future__ import annotations

import gzip
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.request import urlopen

from tests.benchmarks.newsroom.pages import NAME, page
from tests.benchmarks.newsroom.stories import TEMPLATES, BenchStory

SITE: Final = "bench"
"""Id of the site, and so the name of its seed file."""

_NGINX: Final = """\
{user}daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
  types {{ text/html html; application/xml xml; text/plain txt; }}
  access_log off; charset utf-8; gzip_static on; sendfile on; keepalive_requests 100000;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{ listen 127.0.0.1:{port}; root {folder}/www; }}
}}
"""
_SEED: Final = """\
name = "{name}"
country = "pan"
home = "{base}/"
timezone = "Asia/Beirut"
months = "levant"
delay_s = 0
concurrency = 16
private_network = true

[[source]]
kind = "sitemap"
url = "{base}/sitemap.xml"

[articles]
allow = ['{path}']
"""


@contextmanager
def serving(stories: list[BenchStory], folder: Path) -> Iterator[tuple[str, str]]:
    """The address without the last slash, and what serves it, while the block lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    write_pages(stories, folder / "www", base=base)
    command, name = _server(folder, port)
    with subprocess.Popen(command) as process:
        try:
            wait_for(f"{base}/robots.txt", process)
            yield base, name
        finally:
            process.terminate()


def write_pages(stories: list[BenchStory], folder: Path, *, base: str) -> None:
    """Pages, sitemaps and robots.txt as files, each beside its gzipped twin."""
    (folder / "news").mkdir(parents=True)
    _write(folder / "robots.txt", b"User-agent: *\nDisallow:\n")
    _write(folder / "sitemap.xml", _sitemap(stories, base))
    for number in range(TEMPLATES):  # for those who know a newspaper by its templates
        _write(folder / f"sitemap-{number}.xml", _sitemap([each for each in stories if each.template == number], base))
    for story in stories:
        _write(folder / story.path.removeprefix("/"), page(story, stories, base=base))


def write_seeds(folder: Path, *, base: str, path: str = r"/news/\d+\.html") -> None:
    """The seed file that leads our crawler to it; `path` is the pattern of its articles' addresses."""
    target = folder / "sites" / "pan"
    target.mkdir(parents=True)
    (target / f"{SITE}.toml").write_text(_SEED.format(name=NAME, base=base, path=path), encoding="utf-8")


def _sitemap(stories: Iterable[BenchStory], base: str) -> bytes:
    listed = "".join(
        f"<url><loc>{base}{story.path}</loc><lastmod>{story.published.isoformat()}</lastmod></url>\n"
        for story in stories
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0"?><urlset xmlns="{space}">\n{listed}</urlset>'.encode()


def _write(path: Path, body: bytes) -> None:
    path.write_bytes(body)
    path.with_name(path.name + ".gz").write_bytes(gzip.compress(body, 6, mtime=0))


def _server(folder: Path, port: int) -> tuple[list[str], str]:
    found = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin")
    if not found:
        own = "tests.benchmarks.newsroom.file_server"
        return [sys.executable, "-m", own, str(folder / "www"), str(port)], "our own server"
    config = folder / "nginx.conf"
    config.write_text(_NGINX.format(folder=folder, port=port, user="user root; " if os.geteuid() == 0 else ""))
    return [found, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(config)], "nginx"


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Until somebody answers. Raises RuntimeError after five seconds, or if the server has ended."""
    for _ in range(100):
        try:
            with urlopen(url, timeout=1):
                return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.05)
    raise RuntimeError("the benchmark's server did not start; its error is on stderr")
