#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "data/html_tree.h"
#include "data/sanitize_picture.h"

/* A size of which nothing can be seen, "1" or "1px". */
static bool
is_tiny(const char *size)
{
	char *end;
	double n;

	size += strspn(size, " ");
	if (*size < '0' || *size > '9')
		return false;
	n = strtod(size, &end);
	return n <= 2 && *end != '%' && strncmp(end, "em", 2) != 0 &&
	    strncmp(end, "rem", 3) != 0 && strncmp(end, "v", 1) != 0;
}

/* The value of a property in style="". */
static const char *
property(const char *style, const char *name)
{
	size_t n = strlen(name);

	for (const char *s = style; (s = strcasestr(s, name)) != NULL; s += n) {
		const char *value = s + n + strspn(s + n, " ");

		if (*value == ':' && (s == style || strchr("; ", s[-1])))
			return value + 1 + strspn(value + 1, " ");
	}
	return "";
}

bool
sanitize_is_hidden(const xmlNode *n)
{
	const char *style = html_attribute(n, "style");

	for (const xmlAttr *a = n->properties; a != NULL; a = a->next)
		if (strcasecmp((const char *)a->name, "hidden") == 0)
			return true;
	return strncasecmp(property(style, "display"), "none", 4) == 0 ||
	    strncasecmp(property(style, "visibility"), "hidden", 6) == 0 ||
	    is_tiny(html_attribute(n, "width")) ||
	    is_tiny(html_attribute(n, "height")) ||
	    is_tiny(property(style, "width")) ||
	    is_tiny(property(style, "height"));
}

/* Those that are known to count readers, or whose name says so. */
bool
sanitize_counts_readers(const char *url)
{
	static const char *const signs[] = { "feeds.feedburner.com/~",
		"feedproxy.google.com/~", "feeds.wordpress.com/",
		"stats.wordpress.com/", "stats.wp.com/", "pixel.wp.com/",
		"pixel.quantserve.com/", "/tracker/", "google-analytics.com/",
		"doubleclick.net/", "feedsportal.com/", "/piwik.php",
		"/matomo.php", "/pixel.gif", "/pixel.png", "/pixel?", "/pixel/",
		"/track/open", "/open.gif", "/beacon", "/1x1.", "/spacer.gif",
		"/blank.gif", "/clear.gif", "/count.gif", "/counter.gif",
		"/utm.gif", "/__utm.gif" };

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (strcasestr(url, signs[i]) != NULL)
			return true;
	return false;
}
