#include "data/feed_pace.h"

static int64_t
longer(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t
bounded(int64_t seconds)
{
	if (seconds > FEED_PACE_MOST)
		return FEED_PACE_MOST;
	return longer(seconds, FEED_PACE_LEAST);
}

int64_t
feed_pace(int64_t own, int64_t max_age)
{
	int64_t wish = longer(own, max_age);

	return wish > 0 ? bounded(wish) : FEED_PACE_USUAL;
}

int64_t
feed_pace_back_off(int64_t pace, int64_t failures, int64_t retry_after)
{
	int64_t wait = bounded(pace);

	for (int64_t i = 1; i < failures && wait < FEED_PACE_MOST; i++)
		wait *= 2;
	return bounded(longer(wait, retry_after));
}

int64_t
feed_pace_spread(int64_t wait, uint64_t chance)
{
	int64_t some = (int64_t)(chance % (uint64_t)(wait / 10 + 1));

	return bounded(wait + some) == wait + some ? wait + some : wait - some;
}
