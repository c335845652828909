"""One of our pages as a response: the template with what every page needs, under the stricter policy."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from datasette import Response

from newscrawler.browse.links import readable, safe_link
from newscrawler.browse.security import policy


async def page(
    datasette: Any, request: Any, name: str, database: str, context: Mapping[str, Any], *, status: int = 200
) -> Response:
    """The template `reading/<name>.html` with that context."""
    own = {"database": database, "own_page": name, "safe_link": safe_link, "readable": readable}
    html = await datasette.render_template(
        f"reading/{name}.html", own | dict(context), request=request, view_name=f"newscrawler-{name}"
    )
    return Response.html(html, status=status, headers={"content-security-policy": policy(own_page=True)})


async def missing(datasette: Any, request: Any, database: str, what: str = "article") -> Response:
    """A 404 of our own, because Datasette prints a traceback for every NotFound. `what`: a key of words' [missing]."""
    return await page(datasette, request, "missing", database, {"what": what}, status=404)


def download(text: str, *, name: str, kind: str) -> Response:
    """A text to be saved under an ASCII file name; `kind` is its media type."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(text, headers=headers, content_type=f"{kind}; charset=utf-8")


def data(record: Any, *, status: int = 200) -> Response:
    """A value as JSON with its Arabic readable."""
    body = json.dumps(record, ensure_ascii=False, indent=1, default=str)
    return Response(body, status=status, content_type="application/json; charset=utf-8")
