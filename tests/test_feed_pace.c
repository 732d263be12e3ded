/* How often feeds of others are looked at. */
#include "data/feed_pace.h"
#include "test.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 24 * 3600 };

static void
test_pace(void)
{
	ok(feed_pace(0, -1) == HOUR, "a feed that says nothing: every hour");
	ok(feed_pace(2 * HOUR, -1) == 2 * HOUR, "one that does: as it says");
	ok(feed_pace(0, 2 * HOUR) == 2 * HOUR, "… or its server");
	ok(feed_pace(HOUR, 2 * HOUR) == 2 * HOUR &&
		feed_pace(3 * HOUR, 2 * HOUR) == 3 * HOUR,
	    "… by the longer of the two");
	ok(feed_pace(1, 0) == 15 * MINUTE, "never more than every 15 minutes");
	ok(feed_pace(365 * DAY, -1) == DAY, "never less than once a day");
	ok(feed_pace(0, 0) == HOUR, "what may not be kept at all: every hour");
}

static void
test_back_off(void)
{
	ok(feed_pace_back_off(HOUR, 1, -1) == HOUR &&
		feed_pace_back_off(HOUR, 2, -1) == 2 * HOUR &&
		feed_pace_back_off(HOUR, 4, -1) == 8 * HOUR,
	    "one that can't be read is left alone twice as long each time");
	ok(feed_pace_back_off(HOUR, 10, -1) == DAY &&
		feed_pace_back_off(HOUR, INT64_MAX, -1) == DAY,
	    "… up to a day");
	ok(feed_pace_back_off(HOUR, 1, 5 * HOUR) == 5 * HOUR,
	    "not before its server says");
	ok(feed_pace_back_off(HOUR, 1, 99 * DAY) == DAY,
	    "… if that is not later than in a day");
	ok(feed_pace_back_off(HOUR, 3, 1) == 4 * HOUR,
	    "… nor because it says soon");
	ok(feed_pace_back_off(0, 1, -1) == 15 * MINUTE, "nor at once");
}

static void
test_spread(void)
{
	bool good = true, differs = false;

	for (uint64_t i = 0; i < 100000; i += 7) {
		int64_t least = feed_pace_spread(15 * MINUTE, i);
		int64_t some = feed_pace_spread(HOUR, i);
		int64_t most = feed_pace_spread(DAY, i);

		good = good && least >= 15 * MINUTE && most <= DAY &&
		    most > 21 * HOUR && some >= HOUR && some <= 66 * MINUTE;
		differs = differs || some != feed_pace_spread(HOUR, i + 1);
	}
	ok(good, "a little later or earlier, within the same bounds");
	ok(differs, "… not all the same");
}

int
main(void)
{
	test_pace();
	test_back_off();
	test_spread();
	return done();
}
