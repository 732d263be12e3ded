#ifndef DATA_HERE_H
#define DATA_HERE_H

/*
 * The name of an SQLite VFS that leaves a path like "./mutua.db" as it is.
 *
 * SQLite's own makes it whole, from the root on.  A process that root has
 * started in a directory, and that has then become somebody who may not walk
 * there, can still open what lies in it, but only by such a path.
 */
const char *here_vfs(void);

#endif
