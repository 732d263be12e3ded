#ifndef DATA_LOCK_H
#define DATA_LOCK_H

#include <stdbool.h>

/*
 * The file that processes hold in turn to write to a database.
 *
 * SQLite before 3.51.3 may lose a write when one process begins to write
 * just as another has checkpointed.  So whoever writes, or may checkpoint,
 * holds this file first.  A lock is a descriptor; -1 is none, and then
 * nothing is held.
 */
int lock_open(const char *database);
void lock_close(int lock);

/* Wait so long at most; false if another process holds it still. */
enum { LOCK_LONG = 10000 };
bool lock_take(int lock, int milliseconds);
void lock_leave(int lock);

#endif
