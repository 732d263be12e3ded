#ifndef CLI_SANDBOX_RULES_H
#define CLI_SANDBOX_RULES_H

#include <stdbool.h>

/*
 * For sandbox.c alone: lock this process up, for good.
 *
 * program is the path of what it is yet to run, by its address: no other may
 * be run.  NULL: it runs nothing, and opens nothing.  False if that can't be
 * had; the process must end then.
 */
bool sandbox_lock(const char *program);

#endif
