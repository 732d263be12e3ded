#ifndef CLI_RIGHTS_H
#define CLI_RIGHTS_H

#include <stdbool.h>

/*
 * Giving up root's rights.
 *
 * Started by root, Kore locks its workers into the data directory (chroot)
 * and lets them run as an ordinary user.  For that the user must be able to
 * write the databases, but not run/, from which root reads; and the assets
 * must be inside.
 */

/*
 * Let user write the databases and files of data.  The directory itself stays
 * root's, with the sticky bit, so that the user can't replace run/.  False
 * after saying what is wrong.
 */
bool rights_give(const char *data, const char *user);

/*
 * Become user, for good.  Whoever is told when its parent ends still is.
 * False after saying what is wrong.
 */
bool rights_drop(const char *user);

/* Copy the directory tree from to to, readable for everyone; what was in to
 * is removed first.  False after saying what is wrong. */
bool rights_copy(const char *from, const char *to);

#endif
