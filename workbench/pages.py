"""A web page to an article: by its site's profile, else by trafilatura, and which of the two is told."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from workbench.dates import parse_date
from workbench.encodings import decode_page, undecodable
from workbench.markup import lines_of
from workbench.sites import Site, outlet_of_url, site_of_url
from workbench.types import Article, Reject, stable_id

LARGEST_PAGE = 8_000_000
"""Characters of a page, embedded pictures not counted: what is larger is no article."""

logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # a page that is none is told as a reject
_EMBEDDED = re.compile(r"data:[\w/+.;=-]{0,80};base64,[A-Za-z0-9+/=\s%]{64,}")
_LONG_ATTRIBUTE = re.compile(r"""(=\s*)("[^"<>]{20000,}"|'[^'<>]{20000,}')""")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_ZWNJ = re.compile("\u200c|&zwnj;|&#8204;|&#x200c;", re.IGNORECASE)
_STAND_INS = [chr(code) for code in range(0x13A0, 0x13F6)]  # Cherokee
_OWN_ADDRESS = ("link[rel='canonical']@href", "meta[property='og:url']@content")
_LEAST = 40  # letters of a body: fewer are a caption or a notice, and the fallback may find more


def article_of_page(data: bytes, name: str, url: str | None = None, declared: str | None = None) -> Article | Reject:
    """Read one article from a page.

    Parameters
    ----------
    data : bytes
    name : str
        Named in a reject; its last part stands in for an address in the article's id.
    url : str, optional
        Where the page was found; else the page's own word for it is taken.
    declared : str, optional
        Encoding that the answer's head declared.

    Returns
    -------
    Article or Reject
        ``read_by`` is ``site <profile>``, or ``trafilatura``, with the profile that found nothing behind it. Bodies hold
        one paragraph a line; a lead that the body does not repeat is its first line.
    """
    try:
        html = _LONG_ATTRIBUTE.sub(r'\1""', _EMBEDDED.sub("", decode_page(data, declared)))
        if not html.strip():
            return Reject(name, "the page is empty")
        if len(html) > LARGEST_PAGE:
            return Reject(
                name, f"a page of {len(html) / 1e6:.0f} million characters; the limit is {LARGEST_PAGE / 1e6:.0f}"
            )
        found = _read(html, name, url)
    except (ValueError, RecursionError) as error:
        return Reject(name, f"not a page that can be read: {error}"[:200])
    if isinstance(found, Article) and (wrong := undecodable(found.text)):
        return Reject(name, f"its text holds {wrong}")
    return found


def _read(html: str, name: str, url: str | None) -> Article | Reject:
    import lxml.etree
    import lxml.html

    try:
        parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        page = lxml.html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, AssertionError) as error:
        return Reject(name, f"not a page that can be read: {error}"[:200])
    told = (value for selector in _OWN_ADDRESS for value in _values(page, selector))
    address = url or next((value for value in told if value.startswith(("http://", "https://"))), None)
    site = site_of_url(address)
    found = _by_site(page, site, name, address) if site else None
    return found or _by_trafilatura(html, name, address, site)


def _by_site(page: Any, site: Site, name: str, url: str | None) -> Article | None:
    held = next((element for selector in site.within for element in page.cssselect(selector)), page)
    part = {field: _first(held, page, site.fields[field]) for field in ("title", "rutitr", "lead", "date", "category")}
    dropped = {element for selector in site.drop for element in held.cssselect(selector)}
    lines = next((lines for selector in site.fields["body"] if (lines := _body(held, selector, site, dropped))), [])
    if sum(map(len, lines)) < _LEAST:
        return None
    text = "\n".join(lines)
    lead, lead_is_shown = part["lead"]
    if lead and lead_is_shown and _squeezed(lead) not in _squeezed(text):
        text = f"{lead}\n{text}"
    raw = part["date"][0]
    moment = parse_date(raw) or (_date_of_url(url, site) if url else None)
    tags = next((values for selector in site.fields["tags"] if (values := list(_values(page, selector)))), [])
    return Article(
        stable_id(url or name.rsplit("/", 1)[-1], text),
        text,
        part["title"][0],
        outlet_of_url(url),
        moment,
        raw,
        url,
        rutitr=part["rutitr"][0],
        lead=lead,
        category=part["category"][0],
        tags="، ".join(dict.fromkeys(tags)) or None,
        read_by=f"site {site.name}",
    )


def _by_trafilatura(html: str, name: str, url: str | None, site: Site | None) -> Article | Reject:
    import trafilatura

    # Trafilatura drops half-spaces, as it does all that cannot be seen, so a letter that the page has not stands in for them.
    stand_in = next(letter for letter in _STAND_INS if letter not in html)
    shown = _ZWNJ.sub(stand_in, html)
    page: Any = trafilatura.bare_extraction(shown, url=url, with_metadata=True, include_comments=False)
    if page is None or len((page.text or "").strip()) < _LEAST:
        return Reject(name, "no article found in the page" + (f" (nor by the profile {site.name})" if site else ""))
    text, title = (part and part.replace(stand_in, "\u200c") for part in (page.text, page.title))
    return Article(
        stable_id(page.url or url or name.rsplit("/", 1)[-1], text),
        text,
        title,
        outlet_of_url(url or page.url) or (page.sitename and page.sitename.replace(stand_in, "\u200c")),
        parse_date(page.date),
        page.date,
        url or page.url,
        read_by="trafilatura" + (f" ({site.name} found no body)" if site else ""),
    )


def _values(element: Any, selector: str) -> Iterator[str]:
    """The texts or attributes that a selector finds, none of them empty."""
    path, _, attribute = selector.partition("@")
    for found in element.cssselect(path):
        value = found.get(attribute, "") if attribute else " ".join(lines_of(found))
        value = _SPACE.sub(" ", value).strip()
        if value:
            yield value


def _first(held: Any, page: Any, selectors: tuple[str, ...]) -> tuple[str | None, bool]:
    """The first value that stands in the article, or else on the page, and whether a reader sees it."""
    for selector in selectors:
        for where in (held,) if held is page else (held, page):
            for value in _values(where, selector):
                return value, "@" not in selector
    return None, False


def _body(held: Any, selector: str, site: Site, dropped: set[Any]) -> list[str]:
    taken: set[Any] = set()
    lines: list[str] = []
    for element in held.cssselect(selector):
        if not any(above in taken or above in dropped for above in (element, *element.iterancestors())):
            taken.add(element)
            lines += lines_of(element, dropped)
    return [line for line in lines if not any(pattern.match(line) for pattern in site.boilerplate)]


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _date_of_url(url: str, site: Site) -> datetime | None:
    found = site.url_date.search(url) if site.url_date else None
    return parse_date(f"{found['year']}/{found['month']}/{found['day']}") if found else None
