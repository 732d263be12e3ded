"""feeds.py SITE: are the site's feeds what a parser of feeds understands?  Prints
TAP, a claim for each feed."""
import re
import sys
import urllib.request

import feedparser

SITE = sys.argv[1]
TYPES = {"atom": "application/atom+xml", "rss": "application/rss+xml"}
PATHS = ["news", "library", "library?country=SN", "events", "glossary", "schemes",
         "themes/overview", "countries/sn", "organisations/ilo",
         "search?language=es", "search?q=sant%C3%A9+%22tiers+payant%22"]


def get(path, form, lang):
    name, _, query = path.partition("?")
    url = f"{SITE}/{lang}/{name}.{form}" + (f"?{query}" if query else "")
    with urllib.request.urlopen(url) as answer:
        return url, answer.headers["Content-Type"], answer.read()


def faults(path, form, lang):
    """What is wrong with a feed, a text each."""
    url, kind, body = get(path, form, lang)
    feed = feedparser.parse(body, response_headers={"content-type": kind})
    if feed.bozo:
        yield f"bozo: {feed.bozo_exception}"
    if kind != f"{TYPES[form]}; charset=utf-8":
        yield f"served as {kind}"
    if not feed.version.startswith(form):
        yield f"read as {feed.version}"
    if feed.feed.get("language") != lang:
        yield f"in {feed.feed.get('language')}"
    if not feed.feed.get("title") or not feed.feed.get("link"):
        yield "no title or link"
    if not any(l.rel == "self" and l.href == url for l in feed.feed.links):
        yield "not its own address"
    if not 0 < len(feed.entries) <= 50:
        yield f"{len(feed.entries)} entries"
    if len({e.id for e in feed.entries}) != len(feed.entries):
        yield "an id stands twice"
    dates = [e.get("published_parsed") for e in feed.entries]
    dates = [d for d in dates if d]
    if dates != sorted(dates, reverse=True):
        yield "not the newest first"
    for entry in feed.entries:
        if not entry.id.startswith("tag:") or not entry.title:
            yield f"no id or title: {entry}"
        if not re.match(re.escape(f"{SITE}/{lang}/") + "[a-z]+/[a-z0-9-]+$", entry.link):
            yield f"no link: {entry.link}"
        if "updated_parsed" not in entry or not entry.tags:
            yield f"no date or category: {entry.id}"


claims = 0
for form in TYPES:
    for lang in ("en", "fr", "es"):
        for path in PATHS:
            claims += 1
            wrong = list(faults(path, form, lang))
            code = "RSS-8" if form == "rss" else "ATOM-1"
            print(f"{'not ' if wrong else ''}ok {claims} - {code}:"
                  f" a parser reads {lang}/{path} as {form}")
            for fault in wrong[:5]:
                print(f"# {fault}")
print(f"1..{claims}")
