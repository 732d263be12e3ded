"""skos.py TTL RDF SCHEME: are the two files the same graph, and is it a sound
concept scheme?  Says what is not, and fails."""
import sys

from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS

wrong = []


def check(holds, *what):
    if not holds:
        wrong.append(" ".join(str(w) for w in what))


def above(g, concept):
    """All that is broader at any height."""
    found, new = set(), {concept}
    while new:
        new = {b for c in new for b in g.objects(c, SKOS.broader)} - found
        found |= new
    return found


def check_names(g, c):
    names = [n.language for n in g.objects(c, SKOS.prefLabel)]
    check(names and len(names) == len(set(names)), "prefLabels of", c, names)
    for a in g.objects(c, SKOS.altLabel):
        check((c, SKOS.prefLabel, a) not in g, "two labels in one", c, a)


def check_place(g, c, scheme):
    check((c, SKOS.inScheme, scheme) in g, "no scheme", c)
    higher = above(g, c)
    check(c not in higher, "a circle", c)
    check(bool(higher) != ((c, SKOS.topConceptOf, scheme) in g), "top", c)
    for b in g.objects(c, SKOS.broader):
        check((b, SKOS.narrower, c) in g, "no narrower", b, c)
    for n in g.objects(c, SKOS.narrower):
        check((n, SKOS.broader, c) in g, "no broader", n, c)
    for r in g.objects(c, SKOS.related):
        check((r, SKOS.related, c) in g, "related one way", c, r)
        check(r != c and r not in higher and c not in above(g, r), "related and above", c, r)


def main():
    turtle = Graph().parse(sys.argv[1], format="turtle")
    xml = Graph().parse(sys.argv[2], format="xml")
    scheme = URIRef(sys.argv[3])
    concepts = set(turtle.subjects(RDF.type, SKOS.Concept))

    check(set(turtle) == set(xml), "the two files differ", len(turtle), len(xml))
    check((scheme, RDF.type, SKOS.ConceptScheme) in turtle, "no scheme")
    check(len(set(turtle.objects(scheme, DCTERMS.title))) == 3, "titles of the scheme")
    check(len(concepts) > 50, "few concepts")
    for c in concepts:
        check_names(turtle, c)
        check_place(turtle, c, scheme)
    print("\n".join("# " + w for w in wrong[:20]))
    return 1 if wrong else 0


sys.exit(main())
