/* Dates as feeds have them. */
#include "data/feed_date.h"
#include "test.h"

static void
reads(const char *text, const char *wanted, const char *claim)
{
	char date[FEED_DATE];
	struct buf line = { 0 };

	feed_date(date, text);
	buf_printf(&line, "%s: “%s”", claim, text);
	is(date, wanted, line.data);
	buf_free(&line);
}

static void
rfc822(void)
{
	const char *noon = "2026-11-30T12:00:00Z";

	reads("Mon, 30 Nov 2026 12:00:00 +0000", noon, "RFC 2822");
	reads("Mon, 30 Nov 2026 12:00:00 GMT", noon, "a named zone");
	reads("Mon, 30 Nov 26 12:00:00 GMT", noon, "a year of two digits");
	reads("Tue, 30 Nov 99 12:00:00 GMT", "1999-11-30T12:00:00Z",
	    "… of the century before");
	reads("30 Nov 2026 12:00:00 GMT", noon, "no day of the week");
	reads("30 Nov 2026 12:00 GMT", noon, "no seconds");
	reads("30 Nov 2026", "2026-11-30T00:00:00Z", "no time");
	reads("Mon, 30 Nov 2026 12:00:00", noon, "no zone");
	reads("Fri, 30 Nov 2026 12:00:00 GMT", noon,
	    "the wrong day of the week");
	reads("Monday, 30 November 2026 12:00:00 GMT", noon, "whole words");
	reads("MON, 30 NOV 2026 12:00:00 gmt", noon, "any case");
	reads("  Mon,30 Nov 2026   12:00:00 GMT\n", noon, "odd spaces");
	reads("Tue, 1 Dec 2026 9:05:07 GMT", "2026-12-01T09:05:07Z",
	    "no zeros before");
	reads("Mon, 30 Nov 2026 12:00:00 (noon) GMT (Greenwich)", noon,
	    "comments");
	reads("Mon, 30 Nov 2026 07:00:00 EST", noon, "Eastern time");
	reads("Mon, 30 Nov 2026 05:00:00 MST", noon, "Mountain time");
	reads("Mon, 30 Nov 2026 13:00:00 CET", noon, "Central European time");
	reads("Mon, 30 Nov 2026 14:00:00 CEST", noon, "… of summer");
	reads("Mon, 30 Nov 2026 15:00:00 EAT", noon, "East Africa");
	reads("Mon, 30 Nov 2026 12:00:00 Z", noon, "Z");
	reads("Mon, 30 Nov 2026 12:00:00 A", noon,
	    "a military letter, which says nothing");
	reads("Mon, 30 Nov 2026 12:00:00 UT", noon, "UT");
	reads("Mon, 30 Nov 2026 13:00:00 GMT+1", noon, "GMT+1");
	reads("Mon, 30 Nov 2026 13:00:00 GMT+0100", noon, "GMT+0100");
	reads("Mon, 30 Nov 2026 17:30:00 +05:30", noon,
	    "an offset with a colon");
	reads("Mon, 30 Nov 2026 08:30:00 -0330", noon, "half an hour west");
	reads("Mon, 30 Nov 2026 12:00:00 Europe/Nowhere", noon,
	    "an unknown zone is UTC");
	reads("Mon, 30 Nov 2026 12:00:00 GMT and some more", noon,
	    "what follows is no matter");
	reads("Nov 30, 2026 12:00 PM", noon, "the month first, noon");
	reads("November 30th, 2026, 11:59 p.m.", "2026-11-30T23:59:00Z",
	    "th and p.m.");
	reads("30-Nov-2026 12:00:00", noon, "dashes around the month");
	reads("Mon Nov 30 12:00:00 2026", noon, "asctime");
	reads("Mon Nov 30 07:00:00 EST 2026", noon, "date(1)");
	reads("Mon, 31 Dec 2018 24:00:00 GMT", "2019-01-01T00:00:00Z", "24:00");
	reads("Sat, 31 Dec 2016 23:59:60 GMT", "2017-01-01T00:00:00Z",
	    "a leap second");
}

static void
languages(void)
{
	const char *day = "2026-12-03T10:00:00Z";

	reads("jeu., 3 déc. 2026 10:00:00 +0000", day, "French");
	reads("Jeudi 3 décembre 2026 11:00:00 +0100", day, "French");
	reads("3 décembre 2026 à 10h00", day, "French, as one writes it");
	reads("mar. 1 déc. 2026", "2026-12-01T00:00:00Z",
	    "mar. may be a Tuesday");
	reads("1er mars 2026", "2026-03-01T00:00:00Z", "1er mars");
	reads("5 août 2026", "2026-08-05T00:00:00Z", "août");
	reads("14 juillet 2026", "2026-07-14T00:00:00Z", "juillet");
	reads("14 juin 2026", "2026-06-14T00:00:00Z", "juin");
	reads("8 févr. 2026", "2026-02-08T00:00:00Z", "févr.");
	reads("jue, 03 dic 2026 10:00:00 +0000", day, "Spanish");
	reads("3 de diciembre de 2026", "2026-12-03T00:00:00Z",
	    "Spanish, as one writes it");
	reads("lun, 5 ene 2026 10:00:00 +0000", "2026-01-05T10:00:00Z", "ene");
	reads("30 de septiembre de 2026", "2026-09-30T00:00:00Z", "septiembre");
	reads("qui, 03 dez 2026 10:00:00 +0000", day, "Portuguese");
	reads("1 de março de 2026", "2026-03-01T00:00:00Z", "março");
	reads("7 de fevereiro de 2026", "2026-02-07T00:00:00Z", "fevereiro");
	reads("9 de outubro de 2026", "2026-10-09T00:00:00Z", "outubro");
	reads("Do, 03 Dez 2026 10:00:00 +0000", day, "German");
	reads("3. März 2026", "2026-03-03T00:00:00Z", "März");
	reads("3 maggio 2026", "2026-05-03T00:00:00Z", "Italian");
}

static void
iso(void)
{
	const char *noon = "2026-11-30T12:00:00Z";

	reads("2026-11-30T12:00:00Z", noon, "RFC 3339");
	reads("2026-11-30T13:00:00+01:00", noon, "with an offset");
	reads("2026-11-30T13:00:00+0100", noon, "… without a colon");
	reads("2026-11-30T13:00:00+01", noon, "… of hours");
	reads("2026-11-30t12:00:00z", noon, "small letters");
	reads("2026-11-30T12:00:00.123456Z", noon, "a fraction");
	reads("2026-11-30T12:00:00,5Z", noon, "… after a comma");
	reads("2026-11-30 12:00:00", noon, "a space for the T");
	reads("2026-11-30 12:00:00 UTC", noon, "UTC after it");
	reads("2026-11-30T12:00Z", noon, "W3CDTF, minutes");
	reads("2026-11-30", "2026-11-30T00:00:00Z", "W3CDTF, a day");
	reads("2026-11", "2026-11-01T00:00:00Z", "W3CDTF, a month");
	reads("2026", "2026-01-01T00:00:00Z", "W3CDTF, a year");
	reads("20261130T120000Z", noon, "without signs");
	reads("20261130", "2026-11-30T00:00:00Z", "a day without signs");
	reads("20261130120000", noon, "14 digits");
	reads("2026-W49-1", "2026-11-30T00:00:00Z", "a day of a week");
	reads("2026-W01-1", "2025-12-29T00:00:00Z", "… of the year before");
	reads("2026-334", "2026-11-30T00:00:00Z", "a day of the year");
	reads("2026-1-5T3:04:05Z", "2026-01-05T03:04:05Z", "no zeros");
	reads("2026-11-30T24:00:00Z", "2026-12-01T00:00:00Z", "24:00");
	reads("2026-11-30T12:00:00Z[Europe/Paris]", noon, "more after it");
	reads("2026-12-31T23:30:00-01:00", "2027-01-01T00:30:00Z",
	    "over the end of a year");
	reads("2024-02-29", "2024-02-29T00:00:00Z", "a leap day");
	reads("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "very old");
	reads("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z", "far away");
}

static void
numbers(void)
{
	reads("30/11/2026", "2026-11-30T00:00:00Z", "the day first");
	reads("11/30/2026 12:00", "2026-11-30T12:00:00Z", "the month first");
	reads("05/05/2026", "2026-05-05T00:00:00Z", "both alike");
	reads("03/04/2026", "", "one of two days is none");
	reads("2026/11/30 12:00:00", "2026-11-30T12:00:00Z", "the year first");
	reads("03.04.2026", "2026-04-03T00:00:00Z", "points: the day first");
	reads("30-11-2026", "2026-11-30T00:00:00Z", "dashes");
	reads("1796040000", "2026-11-30T12:00:00Z", "seconds since 1970");
	reads("1796040000000", "2026-11-30T12:00:00Z", "milliseconds");
}

static void
nonsense(void)
{
	static const char *const none[] = { "", " ", "now", "yesterday",
		"12:00", "30 Nov", "Nov", "2026-13-01", "2026-02-30",
		"2025-02-29", "30 Foo 2026", "32 Nov 2026", "0000-00-00",
		"0000-00-00T00:00:00Z", "2026-11-30T25:00:00Z",
		"2026-11-30T12:60:00Z", "31/31/2026", "1", "12345", "-1",
		"99999999999999999999", "lorem ipsum 2026 dolor 30 Nov",
		"1999-2000", "0001-01-01T00:00:00+01:00" };

	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		reads(none[i], "", "no date");
}

int
main(void)
{
	rfc822();
	languages();
	iso();
	numbers();
	nonsense();
	return done();
}
