"""bibtex.py BIB CSL: does a parser of BibTeX find in the one file what the
other has?  Says what it does not, and fails."""
import json
import re
import sys

from bibtexparser.bparser import BibTexParser

SIGNS = {
    r"\&": "&", r"\%": "%", r"\$": "$", r"\#": "#", r"\_": "_",
    r"\textbraceleft{}": "{", r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~", r"\textasciicircum{}": "^",
    r"\textbackslash{}": "\\",
}
SIGN = re.compile("|".join(re.escape(s) for s in sorted(SIGNS, key=len, reverse=True)))


def read(text):
    """What TeX would print; braces that are no signs only group."""
    parts, at = [], 0
    for sign in SIGN.finditer(text):
        parts += [re.sub("[{}]", "", text[at:sign.start()]), SIGNS[sign.group()]]
        at = sign.end()
    return "".join(parts) + re.sub("[{}]", "", text[at:])


def names(text):
    """Several names: an "and" in braces belongs to one."""
    found, depth = [""], 0
    for piece in re.split("([{}]| and )", text):
        depth += (piece == "{") - (piece == "}")
        if piece == " and " and depth == 0:
            found.append("")
        else:
            found[-1] += piece
    return found


def author(a):
    if "literal" in a:
        return a["literal"]
    return a["family"] + ", " + a["given"]


def expected(c):
    date = c.get("issued", {}).get("date-parts", [[None]])[0]
    return {
        "title": c["title"],
        "author": " and ".join(map(author, c["author"])) if "author" in c else None,
        "year": "%04d" % date[0] if date[0] else None,
        "abstract": c.get("abstract"),
        "keywords": c.get("keyword"),
        "series": c.get("collection-title"),
        "address": c.get("publisher-place"),
        "number": c.get("number", c.get("issue")),
        "doi": c.get("DOI"),
    }


def main():
    text = open(sys.argv[1], encoding="utf-8").read()
    parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    found = {e["ID"]: e for e in parser.parse(text).entries}
    records = json.load(open(sys.argv[2], encoding="utf-8"))
    wrong = []

    if not len(found) == len(records) == len(re.findall("^@", text, re.M)):
        wrong.append("%d entries, %d records" % (len(found), len(records)))
    for c in records:
        e = found.get(c["id"], {})
        if not re.fullmatch("[A-Za-z0-9_:-]+", c["id"]):
            wrong.append("key " + c["id"])
        if not re.match(r"\{.*\}$", e.get("title", ""), re.S):
            wrong.append(c["id"] + ": the title's capitals are not kept")
        for name, value in expected(c).items():
            got = read(e[name]) if name in e else None
            if got != value:
                wrong.append("%s: %s is %r, not %r" % (c["id"], name, got, value))
        if "{" not in c["URL"] and e.get("url") != c["URL"]:
            wrong.append("%s: url is %r" % (c["id"], e.get("url")))
        for a, given in zip(c.get("author", []), names(e.get("author", ""))):
            if ("literal" in a) != (given[:1] == "{" and given[-1:] == "}"):
                wrong.append(c["id"] + ": " + given)
    print("\n".join("# " + w for w in wrong[:20]))
    return 1 if wrong else 0


sys.exit(main())
