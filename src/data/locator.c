#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "data/locator.h"

enum { ENGLISH, FRENCH, SPANISH, LANGUAGES };

/* What our sources' places are made of; a capital is kept from the place. */
static const char *const words[][LANGUAGES] = {
	{ "p.", "p.", "pág." },
	{ "pp.", "p.", "págs." },
	{ "page", "page", "página" },
	{ "pages", "pages", "páginas" },
	{ "after p.", "après la p.", "después de la pág." },
	{ "and", "et", "y" },
	{ "passim", "passim", "passim" },
	{ "part", "partie", "parte" },
	{ "chapter", "chapitre", "capítulo" },
	{ "section", "section", "sección" },
	{ "sections", "sections", "secciones" },
	{ "point", "point", "punto" },
	{ "footnote", "note", "nota" },
	{ "footnotes", "notes", "notas" },
	{ "table", "tableau", "cuadro" },
	{ "tables", "tableaux", "cuadros" },
	{ "diagram", "schéma", "esquema" },
	{ "heading", "titre", "título" },
	{ "definition", "définition", "definición" },
	{ "quotation", "citation", "cita" },
	{ "annex", "annexe", "anexo" },
	{ "preface", "préface", "prefacio" },
	{ "background", "contexte", "contexto" },
	{ "executive summary", "résumé", "resumen" },
	{ "introduction", "introduction", "introducción" },
	{ "conclusion", "conclusion", "conclusión" },
	{ "imprint", "mentions légales", "pie de imprenta" },
	{ "cover", "couverture", "cubierta" },
	{ "back cover", "quatrième de couverture", "contracubierta" },
	{ "title page", "page de titre", "portada" },
	{ "addresses", "adresses", "direcciones" },
	{ "screen", "écran", "pantalla" },
	{ "screens", "écrans", "pantallas" },
	{ "slide", "diapositive", "diapositiva" },
	{ "slides", "diapositives", "diapositivas" },
	{ "whole deck", "toutes les diapositives", "todas las diapositivas" },
	{ "whole text", "texte entier", "texto completo" },
	{ "list", "liste", "lista" },
	{ "list of countries", "liste des pays", "lista de países" },
	{ "list of acronyms", "liste des sigles", "lista de siglas" },
	{ "box", "encadré", "recuadro" },
	{ "boxes", "encadrés", "recuadros" },
	{ "box on Africa", "encadré sur l’Afrique", "recuadro sobre África" },
	{ "box on Benin", "encadré sur le Bénin", "recuadro sobre Benín" },
	{ "box on Burkina Faso", "encadré sur le Burkina Faso",
	    "recuadro sobre Burkina Faso" },
	{ "box on Ngongo", "encadré sur Ngongo", "recuadro sobre Ngongo" },
	{ "box on Senegal", "encadré sur le Sénégal",
	    "recuadro sobre Senegal" },
	{ "box on the Democratic Republic of the Congo",
	    "encadré sur la République démocratique du Congo",
	    "recuadro sobre la República Democrática del Congo" },
	{ "box on the Concertation", "encadré sur la Concertation",
	    "recuadro sobre la Concertación" },
	{ "box on hospitals", "encadré sur les hôpitaux",
	    "recuadro sobre los hospitales" },
	{ "box on hospital schemes", "encadré sur les systèmes hospitaliers",
	    "recuadro sobre los sistemas hospitalarios" },
	{ "box on prevention", "encadré sur la prévention",
	    "recuadro sobre la prevención" },
	{ "box on testing", "encadré sur le dépistage",
	    "recuadro sobre las pruebas" },
	{ "box on testing and counselling",
	    "encadré sur le dépistage et le conseil",
	    "recuadro sobre las pruebas y el asesoramiento" },
	{ "micro-insurance and decentralized systems",
	    "micro-assurance et systèmes décentralisés",
	    "microseguro y sistemas descentralizados" },
	{ "strengthening community-based schemes",
	    "renforcement des systèmes communautaires",
	    "fortalecimiento de los sistemas comunitarios" },
	{ "Benin", "Bénin", "Benín" },
	{ "Burkina Faso", "Burkina Faso", "Burkina Faso" },
	{ "Democratic Republic of the Congo",
	    "République démocratique du Congo",
	    "República Democrática del Congo" },
	{ "Senegal", "Sénégal", "Senegal" },
};

/* As a text may write them, and as each language does. */
static const struct {
	const char *open, *close;
} quotes[] = {
	{ "«", "»" },
	{ "“", "”" },
};
static const char *const opening[] = { "“", "«\u00a0", "«" },
			 *const closing[] = { "”", "\u00a0»", "»" },
			 *const semicolon[] = { ";", "\u00a0;", ";" };

static bool
begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* A letter that is not ASCII counts, the space that does not break is none. */
static bool
in_word(const char *s)
{
	return isalnum((unsigned char)*s) ||
	    ((unsigned char)*s >= 0x80 && !begins(s, "\u00a0"));
}

/* The longest entry the text begins with, NULL if none; its length. */
static const char *const *
find(const char *text, size_t *len)
{
	const char *const *found = NULL;

	*len = 0;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		for (int l = 0; l < LANGUAGES; l++) {
			size_t n = strlen(words[i][l]);

			if (n > *len &&
			    strncasecmp(text, words[i][l], n) == 0 &&
			    (text[n - 1] == '.' || !in_word(text + n))) {
				found = words[i];
				*len = n;
			}
		}
	return found;
}

static void
put_word(struct buf *out, const char *word, bool capital)
{
	unsigned char first = (unsigned char)word[0],
		      second = (unsigned char)word[1];

	if (!capital)
		buf_puts(out, word);
	else if (first == 0xc3 && second >= 0xa0) { /* é is two bytes */
		buf_putc(out, (char)first);
		buf_putc(out, (char)(second - 0x20));
		buf_puts(out, word + 2);
	} else {
		buf_putc(out, (char)toupper(first));
		buf_puts(out, word + 1);
	}
}

/* What is quoted stays as it is, its marks and their spaces do not. */
static const char *
put_quoted(struct buf *out, const char *s, int to)
{
	for (size_t i = 0; i < sizeof(quotes) / sizeof(quotes[0]); i++) {
		const char *end = strstr(s, quotes[i].close);

		if (!begins(s, quotes[i].open) || end == NULL)
			continue;
		s += strlen(quotes[i].open);
		s += begins(s, "\u00a0") ? strlen("\u00a0") : 0;
		buf_puts(out, opening[to]);
		buf_put(out, s, (size_t)(end - s));
		if (out->len > 2 && out->data[out->len - 1] == '\xa0')
			out->data[out->len -= strlen("\u00a0")] = '\0';
		buf_puts(out, closing[to]);
		return end + strlen(quotes[i].close);
	}
	return NULL;
}

/* A word of no list: one letter, or an acronym, is the same everywhere. */
static size_t
name_length(const char *s)
{
	size_t n = 0;

	while (in_word(s + n))
		n++;
	if (n < 2 || isdigit((unsigned char)s[0]))
		return n;
	return isupper((unsigned char)s[0]) && isupper((unsigned char)s[1]) ? n
									    : 0;
}

/* A number stays on the line of the p. before it. */
static bool
ties(const struct buf *out, const char *s)
{
	return *s == ' ' && isdigit((unsigned char)s[1]) && out->len > 0 &&
	    out->data[out->len - 1] == '.';
}

static const char *
put_sign(struct buf *out, const char *s, int to)
{
	if (*s == ';' || begins(s, "\u00a0;")) {
		buf_puts(out, semicolon[to]);
		return strchr(s, ';') + 1;
	}
	if (*s == '-' && out->len > 0 && isdigit((unsigned char)s[-1]))
		buf_puts(out, "–");
	else if (ties(out, s))
		buf_puts(out, "\u00a0");
	else
		buf_putc(out, *s);
	return s + 1;
}

bool
locator_text(struct buf *out, const char *place, const char *lang)
{
	int to = strcmp(lang, "fr") == 0 ? FRENCH
	    : strcmp(lang, "es") == 0    ? SPANISH
					 : ENGLISH;

	for (const char *s = place, *next; *s != '\0'; s = next) {
		const char *const *word;
		size_t n;

		if ((next = put_quoted(out, s, to)) != NULL)
			continue;
		if ((word = find(s, &n)) != NULL)
			put_word(out, word[to], isupper((unsigned char)*s));
		else if (!in_word(s)) {
			next = put_sign(out, s, to);
			continue;
		} else if ((n = name_length(s)) == 0)
			return false;
		else
			buf_put(out, s, n);
		next = s + n;
	}
	return true;
}
